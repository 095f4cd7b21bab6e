/* renkei_migrate.c - brings the database to the state of the files in schema/, forward only.
 *
 *     renkei-migrate --database=CONNINFO [--source=services] [--service=NAME]… [--bootstrap] [--test-mode] [--secrets=DIR]
 *
 * Files: SOURCE/runtime/schema/guard/ (once), SOURCE/runtime/schema/service/ (into every service's schema), SOURCE/NAME/schema/.  Each is
 * one transaction, run as role renkei_migrate with search_path NAME, guard; ":service" in a file stands for NAME.  An applied file whose
 * bytes have changed since stops everything; so does a file that would end its transaction (and with it be half applied) or leave its role.
 * One run at a time (advisory lock); lock_timeout 5 s.
 *
 * --bootstrap: also makes the database named in CONNINFO (connecting to "postgres" first) and the roles; needs a superuser.
 * --test-mode: the decision clock of a new database may be set (guard.set_clock).
 * --secrets:   every login role gets the password in DIR/ROLE.password, made (0600) when missing.
 *
 * Without this order an owner under FORCE ROW LEVEL SECURITY would silently change 0 rows in a data migration; renkei_migrate has
 * BYPASSRLS.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 400, SERVICE_MAX = 16, LOCK_NUMBER = 52101 };

struct run {
    PGconn *db;
    const char *conninfo, *source, *secrets;
    const char *services[SERVICE_MAX];
    int service_count;
    bool bootstrap, test_mode;
};

static void die (const char *fmt, ...) __attribute__ ((format (printf, 1, 2), noreturn));
static void die (const char *fmt, ...)
{
    va_list args;

    va_start (args, fmt);
    fputs ("renkei-migrate: ", stderr);
    vfprintf (stderr, fmt, args);
    fputc ('\n', stderr);
    va_end (args);
    exit (1);
}

static char *print_list (const char *fmt, va_list args) __attribute__ ((format (printf, 1, 0)));
static char *print_list (const char *fmt, va_list args)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream (&text, &size);

    if (!out || vfprintf (out, fmt, args) < 0 || fclose (out) != 0)
        die ("out of memory");
    return text;
}

static char *print (const char *fmt, ...) __attribute__ ((format (printf, 1, 2)));
static char *print (const char *fmt, ...)
{
    va_list args;
    char *text;

    va_start (args, fmt);
    text = print_list (fmt, args);
    va_end (args);
    return text;
}

static PGresult *ask (struct run *run, const char *what, const char *sql)
{
    PGresult *result = PQexec (run->db, sql);
    ExecStatusType status = PQresultStatus (result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        die ("%s: %s", what, PQresultErrorMessage (result));
    return result;
}

static void say (struct run *run, const char *what, const char *fmt, ...) __attribute__ ((format (printf, 3, 4)));
static void say (struct run *run, const char *what, const char *fmt, ...)
{
    va_list args;
    char *sql;

    va_start (args, fmt);
    sql = print_list (fmt, args);
    va_end (args);
    PQclear (ask (run, what, sql));
    free (sql);
}

static bool is_there (struct run *run, const char *table, const char *column, const char *value)
{
    char *sql = print ("select from %s where %s = '%s'", table, column, value);
    PGresult *result = ask (run, table, sql);
    bool found = PQntuples (result) > 0;

    PQclear (result);
    free (sql);
    return found;
}

static void quiet (void *arg, const char *message)
{
    (void) arg;
    (void) message;
}

static void connect_to (struct run *run, const char *database)
{
    const char *const names[] = { "dbname", database ? "dbname" : NULL, NULL };    /* the later one wins */
    const char *const values[] = { run->conninfo, database, NULL };

    PQfinish (run->db);
    run->db = PQconnectdbParams (names, values, 1);
    if (PQstatus (run->db) != CONNECTION_OK)
        die ("%s", PQerrorMessage (run->db));
    PQsetNoticeProcessor (run->db, quiet, NULL);
}

/* ---- roles and database ------------------------------------------------------------------------------------------------------------- */

/* Whole or not at all: an interrupted run must not leave an empty password behind. */
static void write_secret (const char *path)
{
    unsigned char random[24];
    char *begun = print ("%s.new", path);
    int file;

    unlink (begun);
    file = open (begun, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        die ("%s: %s", begun, strerror (errno));
    if (getrandom (random, sizeof random, 0) != sizeof random)
        die ("no random bytes");
    for (size_t i = 0; i < sizeof random; i++)
        dprintf (file, "%02x", random[i]);
    dprintf (file, "\n");
    if (fsync (file) < 0 || close (file) < 0 || rename (begun, path) < 0)
        die ("%s: %s", path, strerror (errno));
    free (begun);
}

static void set_password (struct run *run, const char *role)
{
    char *path = print ("%s/%s.password", run->secrets, role);
    char password[128] = "";
    char *scram, *literal;
    FILE *file;

    if (access (path, F_OK) < 0)
        write_secret (path);
    file = fopen (path, "re");
    if (!file || !fgets (password, sizeof password, file))
        die ("%s: cannot be read", path);
    fclose (file);
    password[strcspn (password, "\r\n")] = '\0';
    if (!*password)
        die ("%s: an empty password", path);
    scram = PQencryptPasswordConn (run->db, password, role, "scram-sha-256");
    if (!scram)
        die ("%s: %s", role, PQerrorMessage (run->db));
    literal = PQescapeLiteral (run->db, scram, strlen (scram));
    say (run, role, "alter role %s password %s", role, literal);
    PQfreemem (literal);
    PQfreemem (scram);
    free (path);
}

static void make_role (struct run *run, const char *role, const char *attributes)
{
    if (!is_there (run, "pg_roles", "rolname", role))
        say (run, role, "create role %s", role);
    say (run, role, "alter role %s %s", role, attributes);
    if (run->secrets && strncmp (attributes, "login", 5) == 0)
        set_password (run, role);
}

/* "_ems" only where a service answers the fire service on a role of its own. */
static void make_service_roles (struct run *run, const char *service)
{
    static const char *const suffixes[] = { "", "_engine", "_ems" };

    for (size_t i = 0; i < (strcmp (service, "sharing") == 0 ? 3 : 2); i++) {
        char *role = print ("renkei_%s%s", service, suffixes[i]);

        make_role (run, role, "login nosuperuser nobypassrls nocreatedb nocreaterole");
        say (run, role, "grant renkei_services to %s", role);
        if (i == 1)
            say (run, role, "grant pg_read_all_stats to %s", role);     /* status names the oldest writer */
        say (run, role, "alter role %s in database %s set search_path = %s, guard", role, PQdb (run->db), service);
        say (run, role, "grant connect on database %s to %s", PQdb (run->db), role);
        free (role);
    }
}

/* The name in the connection string, without connecting to it: it may not be there yet. */
static char *database_name (const struct run *run)
{
    char *why = NULL, *name = NULL;
    PQconninfoOption *parts = PQconninfoParse (run->conninfo, &why);

    if (!parts)
        die ("--database: %s", why);
    for (PQconninfoOption *part = parts; part->keyword; part++)
        if (strcmp (part->keyword, "dbname") == 0 && part->val)
            name = print ("%s", part->val);
    PQconninfoFree (parts);
    if (!name || strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen (name))
        die ("--database needs dbname=, of lower-case letters, digits and _");
    return name;
}

/* Roles belong to the whole cluster, so the first lock is one of the database "postgres". */
static void lock (struct run *run)
{
    say (run, "lock", "select pg_advisory_lock (%d)", LOCK_NUMBER);
}

static void bootstrap (struct run *run)
{
    char *name = database_name (run);

    connect_to (run, "postgres");
    lock (run);
    make_role (run, "renkei_migrate", "nologin nosuperuser bypassrls");
    make_role (run, "renkei_services", "nologin nosuperuser nobypassrls");
    if (!is_there (run, "pg_database", "datname", name))
        say (run, name, "create database %s owner renkei_migrate template template0 encoding 'UTF8' locale 'C.UTF-8'", name);
    connect_to (run, NULL);
    lock (run);
    say (run, name, "alter database %s owner to renkei_migrate", name);
    say (run, name, "alter database %s set timezone = 'UTC'", name);
    say (run, name, "revoke all on database %s from public", name);
    say (run, name, "revoke all on schema public from public");
    for (int i = 0; i < run->service_count; i++)
        make_service_roles (run, run->services[i]);
    make_role (run, "renkei_gateway", "login nosuperuser nobypassrls nocreatedb nocreaterole");
    make_role (run, "renkei_backup", "login nosuperuser bypassrls nocreatedb nocreaterole");
    say (run, name, "grant connect on database %s to renkei_gateway, renkei_backup", name);
    say (run, name, "grant pg_read_all_data to renkei_backup");
    say (run, name, "grant renkei_services to renkei_gateway");
    free (name);
}

/* ---- files -------------------------------------------------------------------------------------------------------------------------- */

static char *read_file (const char *path)
{
    FILE *file = fopen (path, "re");
    char *text = NULL;
    size_t room = 0;
    ssize_t size;
    bool whole;

    if (!file)
        die ("%s: %s", path, strerror (errno));
    size = getdelim (&text, &room, '\0', file);
    whole = feof (file) || getc (file) == EOF;
    fclose (file);
    if (size <= 0)
        die ("%s: empty or unreadable", path);
    if (!whole || strlen (text) != (size_t) size)
        die ("%s: holds a NUL", path);
    return text;
}

/* ":service" → name; "::service…" stays a cast. */
static char *with_name (const char *text, const char *name)
{
    static const char mark[] = ":service";
    char *copy = NULL;
    size_t size = 0;
    FILE *out = open_memstream (&copy, &size);

    for (const char *at = text; *at;) {
        bool cast = at > text && at[-1] == ':';

        if (!cast && strncmp (at, mark, sizeof mark - 1) == 0) {
            fputs (name, out);
            at += sizeof mark - 1;
        } else {
            fputc (*at++, out);
        }
    }
    if (fclose (out) != 0)
        die ("out of memory");
    return copy;
}

static void digest_of (const char *text, char ret[65])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;

    if (!EVP_Digest (text, strlen (text), digest, &size, EVP_sha256 (), NULL) || size != 32)
        die ("no SHA-256");
    for (unsigned i = 0; i < size; i++)
        snprintf (ret + 2 * i, 3, "%02x", digest[i]);
}

/* Is it applied already?  Another digest than the one written down ends the run. */
static bool is_applied (struct run *run, const char *scope, const char *file, const char *digest)
{
    const char *values[] = { scope, file };
    PGresult *result = PQexecParams (run->db, "select digest from guard.migration where scope = $1 and file = $2",
                                     2, NULL, values, NULL, NULL, 0);
    bool applied;

    if (PQresultStatus (result) != PGRES_TUPLES_OK)
        die ("guard.migration: %s", PQresultErrorMessage (result));
    applied = PQntuples (result) > 0;
    if (applied && strcmp (PQgetvalue (result, 0, 0), digest) != 0)
        die ("%s of %s has changed since it was applied; write a new file instead", file, scope);
    PQclear (result);
    return applied;
}

/* With the file's name and line, which PostgreSQL only knows as a character position; of an error deeper down it knows none. */
static void die_in_file (const PGresult *result, const char *path, const char *sql)
{
    const char *position = PQresultErrorField (result, PG_DIAG_INTERNAL_POSITION),
               *query = PQresultErrorField (result, PG_DIAG_INTERNAL_QUERY);
    const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY),
               *detail = PQresultErrorField (result, PG_DIAG_MESSAGE_DETAIL);
    long at = position ? strtol (position, NULL, 10) : 0;
    int line = 1;

    if (!message)
        die ("%s: %s", path, PQresultErrorMessage (result));
    if (!at || !query || strcmp (query, sql) != 0)
        die ("%s: %s%s%s", path, message, detail ? ": " : "", detail ? detail : "");
    for (const char *c = sql; *c && at > 1; c++) {
        line += *c == '\n';
        at -= ((unsigned char) *c & 0xc0) != 0x80;
    }
    die ("%s:%d: %s", path, line, message);
}

/* By "execute", which refuses commit, rollback and begin: a file that ends its transaction could be half applied. */
static void run_file (struct run *run, const char *path, const char *sql)
{
    static const char go[] = "do $$ begin execute current_setting ('renkei.migration'); end $$";
    PGresult *result = PQexecParams (run->db, "select set_config ('renkei.migration', $1, true)", 1, NULL, &sql, NULL, NULL, 0);

    if (PQresultStatus (result) != PGRES_TUPLES_OK)
        die ("%s: %s", path, PQresultErrorMessage (result));
    PQclear (result);
    result = PQexec (run->db, go);
    if (PQresultStatus (result) != PGRES_COMMAND_OK)
        die_in_file (result, path, sql);
    PQclear (result);
    result = ask (run, path, "select current_user = 'renkei_migrate'");
    if (*PQgetvalue (result, 0, 0) != 't')
        die ("%s: leaves the role renkei_migrate", path);
    PQclear (result);
}

static void apply (struct run *run, const char *scope, const char *path, const char *file)
{
    char digest[65];
    char *text = read_file (path);
    char *sql = with_name (text, scope);

    digest_of (text, digest);
    if (!is_applied (run, scope, file, digest)) {
        say (run, file, "begin; set local role renkei_migrate; set local search_path = %s, guard; set local lock_timeout = '5s'", scope);
        run_file (run, path, sql);
        say (run, file, "insert into guard.migration (scope, file, digest) values ('%s', '%s', '%s'); commit", scope, file, digest);
        printf ("%s: %s\n", scope, file);
    }
    free (sql);
    free (text);
}

static int is_sql (const struct dirent *entry)
{
    size_t size = strlen (entry->d_name);

    return size > 4 && strcmp (entry->d_name + size - 4, ".sql") == 0;
}

/* prefix tells the files every service has from its own. */
static void apply_folder (struct run *run, const char *scope, const char *folder, const char *prefix, bool may_be_missing)
{
    struct dirent **entries = NULL;
    int count = scandir (folder, &entries, is_sql, alphasort);

    if (count < 0 && !may_be_missing)
        die ("%s: %s", folder, strerror (errno));
    for (int i = 0; i < count; i++) {
        char *path = print ("%s/%s", folder, entries[i]->d_name);
        char *file = print ("%s%s", prefix, entries[i]->d_name);

        apply (run, scope, path, file);
        free (path);
        free (file);
        free (entries[i]);
    }
    free (entries);
}

/* ---- all ---------------------------------------------------------------------------------------------------------------------------- */

static void make_schema (struct run *run, const char *name)
{
    say (run, name, "create schema if not exists %s authorization renkei_migrate", name);
    say (run, name, "revoke all on schema %s from public", name);
}

static void migrate_guard (struct run *run)
{
    char *folder = print ("%s/runtime/schema/guard", run->source);
    bool fresh = !is_there (run, "pg_namespace", "nspname", "guard");

    make_schema (run, "guard");
    say (run, "guard.migration",
         "set role renkei_migrate;"
         " create table if not exists guard.migration (scope text, file text, digest text not null, applied_at timestamptz not null "
         "default now (),"
         " primary key (scope, file)); reset role");
    apply_folder (run, "guard", folder, "", false);
    if (fresh && run->test_mode)
        say (run, "guard.mode", "update guard.mode set mode = 'test'");
    free (folder);
}

static void migrate_service (struct run *run, const char *service)
{
    char *common = print ("%s/runtime/schema/service", run->source);
    char *own = print ("%s/%s/schema", run->source, service);

    make_schema (run, service);
    apply_folder (run, service, common, "runtime/", false);
    apply_folder (run, service, own, "", true);
    say (run, service, "set role renkei_migrate; select %s.retain (); reset role", service);
    free (common);
    free (own);
}

static void migrate (struct run *run)
{
    connect_to (run, NULL);
    say (run, "settings", "set client_min_messages = warning");
    lock (run);
    migrate_guard (run);
    for (int i = 0; i < run->service_count; i++)
        migrate_service (run, run->services[i]);
}

static void add_service (struct run *run, const char *name)
{
    if (run->service_count == SERVICE_MAX || strspn (name, "abcdefghijklmnopqrstuvwxyz_") != strlen (name) || *name == '\0')
        die ("--service=%s: too many, or not a name of lower-case letters", name);
    run->services[run->service_count++] = name;
}

static void usage (void) __attribute__ ((noreturn));
static void usage (void)
{
    puts ("renkei-migrate --database=CONNINFO [options]\n"
          "  --database=CONNINFO  libpq connection string with dbname=, as a role that may become renkei_migrate\n"
          "  --source=DIR         folder of the services' schema folders (services)\n"
          "  --service=NAME       may be repeated (registry, sharing, notify, dispatch)\n"
          "  --bootstrap          make the database and the roles too; as superuser\n"
          "  --test-mode          a new database lets its decision clock be set\n"
          "  --secrets=DIR        give the login roles the passwords in DIR/ROLE.password, made when missing");
    exit (0);
}

static void read_arguments (struct run *run, int argc, char **argv)
{
    static const struct option names[] = {
        { "database", required_argument, NULL, 'd' }, { "source", required_argument, NULL, 's' },
        { "service", required_argument, NULL, 'n' },  { "bootstrap", no_argument, NULL, 'b' },
        { "test-mode", no_argument, NULL, 't' },      { "secrets", required_argument, NULL, 'p' },
        { "help", no_argument, NULL, 'h' },           { NULL, 0, NULL, 0 },
    };
    int option;

    while ((option = getopt_long (argc, argv, "", names, NULL)) != -1)
        switch (option) {
        case 'd': run->conninfo = optarg; break;
        case 's': run->source = optarg; break;
        case 'n': add_service (run, optarg); break;
        case 'b': run->bootstrap = true; break;
        case 't': run->test_mode = true; break;
        case 'p': run->secrets = optarg; break;
        case 'h': usage ();
        default: exit (2);
        }
    if (optind < argc)
        die ("%s: not understood; see --help", argv[optind]);
    if (!run->conninfo)
        die ("--database is missing; see --help");
}

int main (int argc, char **argv)
{
    static const char *const standard[] = { "registry", "sharing", "notify", "dispatch" };
    struct run run = { .source = "services" };

    read_arguments (&run, argc, argv);
    for (size_t i = 0, given = (size_t) run.service_count; given == 0 && i < sizeof standard / sizeof *standard; i++)
        add_service (&run, standard[i]);
    if (run.bootstrap)
        bootstrap (&run);
    migrate (&run);
    PQfinish (run.db);
    return 0;
}
