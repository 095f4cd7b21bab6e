/* The migration runner on its own small folders: what an interrupted, changed, broken or contended run leaves behind, and what it says. */
#include <pthread.h>
#include <sys/stat.h>
#include "probe.h"

static struct arena arena;
static const char *source;
static char said[4000];

static void write_file (const char *name, const char *text)
{
    char *path = arena_print (&arena, "%s/%s", source, name);
    FILE *file = fopen (path, "w");

    if (!file) {
        printf ("Bail out! %s\n", path);
        exit (255);
    }
    fputs (text, file);
    fclose (file);
}

static void remove_file (const char *name)
{
    unlink (arena_print (&arena, "%s/%s", source, name));
}

/* The exit status; what was said is in `said`. */
static int migrate_service (const char *service)
{
    size_t size;
    FILE *out;
    int status;

    out = popen (arena_print (&arena, "$MIGRATE --database=\"$RENKEI_TEST_SUPERUSER\" --source=%s --bootstrap --service=%s 2>&1", source,
                              service), "r");
    size = fread (said, 1, sizeof said - 1, out);
    said[size] = '\0';
    status = pclose (out);
    return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

static int migrate (void)
{
    return migrate_service ("little");
}

/* guard and the common files are the real ones; `little` is ours. */
static void make_source (void)
{
    source = arena_print (&arena, "%s/source", getenv ("RENKEI_TEST_DIR"));
    run_shell (arena_print (&arena, "rm -rf %s && mkdir -p %s/little/schema && ln -s $(pwd)/services/runtime %s/runtime", source, source,
                            source));
}

static int64_t applied (struct harness *harness)
{
    return harness_number (harness, "select count(*) from guard.migration where scope = 'little' and file not like 'runtime/%%'");
}

static bool there (struct harness *harness, const char *table)
{
    return harness_text (harness, "select to_regclass ('little.%s')", table) != NULL;
}

static void the_first_and_the_second_time (struct harness *harness)
{
    write_file ("little/schema/0001_a.sql", "create table a (n int);\ninsert into a values (1);\ngrant select on a to renkei_:service;\n");
    write_file ("little/schema/0002_b.sql", "create table b (n int);\nselect n::text from b;\n");
    is_number (migrate (), 0, "a new service gets its schema");
    ok (strstr (said, "little: runtime/0001_runtime.sql\n") && strstr (said, "little: 0001_a.sql\nlittle: 0002_b.sql\n"),
        "...common files first, then its own, in order");
    is (harness_text (harness, "select tableowner from pg_tables where schemaname = 'little' and tablename = 'a'"), "renkei_migrate",
        "...owned by the migration role");
    is_number (harness_number (harness, "select has_table_privilege ('renkei_little', 'little.a', 'select')::int"), 1,
               "...:service stands for its name");
    is_number (migrate (), 0, "the second time");
    is (said, "", "...there is nothing to do");
    is_number (harness_number (harness, "select count(*) from little.a"), 1, "...and nothing is done twice");
}

static void a_file_fails_as_a_whole (struct harness *harness)
{
    write_file ("little/schema/0003_c.sql", "create table c (n int);\ninsert into a values (2);\n-- 看護\nselect 1;\ninsert into nowhere "
                                            "values (1);\ncreate table d (n int);\n");
    write_file ("little/schema/0004_e.sql", "create table e (n int);\n");
    is_number (migrate (), 1, "a file with a slip stops the run");
    if (!ok (strstr (said, "0003_c.sql:5: ") && strstr (said, "nowhere"), "...naming file, line and reason"))
        note ("%s", said);
    ok (!there (harness, "c") && harness_number (harness, "select count(*) from little.a") == 1, "...nothing of it is left");
    ok (!there (harness, "e"), "...and no later file is applied");
    is_number (applied (harness), 2, "...or written down");
    is_number (migrate (), 1, "the second time it fails again");
    write_file ("little/schema/0003_c.sql", "create table c (n int);\ninsert into a values (2);\n");
    is_number (migrate (), 0, "put right, it is applied");
    ok (strstr (said, "0003_c.sql\nlittle: 0004_e.sql\n") && harness_number (harness, "select count(*) from little.a") == 2,
        "...once, and so are the later ones");
}

static void a_changed_file_stops_everything (struct harness *harness)
{
    write_file ("little/schema/0002_b.sql", "create table b (n int);\nselect n::text from b; \n");
    write_file ("little/schema/0005_f.sql", "create table f (n int);\n");
    is_number (migrate (), 1, "a space more in an applied file stops the run");
    ok (strstr (said, "0002_b.sql of little has changed"), "...by its name");
    ok (!there (harness, "f"), "...before anything newer is applied");
    write_file ("little/schema/0002_b.sql", "create table b (n int);\nselect n::text from b;\n");
    is_number (migrate (), 0, "with the old bytes it goes on");
    ok (there (harness, "f"), "...and applies what is new");
}

static void a_file_may_not_end_its_transaction (struct harness *harness)
{
    static const char *const ends[] = { "create table g (n int);\ncommit;\ncreate table h (n int);\n",
                                        "create table g (n int);\ncommit; begin;\ncreate table h (n int);\n",
                                        "create table g (n int);\nrollback; begin;\ncreate table h (n int);\n" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        write_file ("little/schema/0006_g.sql", ends[i]);
        is_number (migrate (), 1, "a file that ends its transaction is refused");
        if (!ok (strstr (said, "0006_g.sql") && strstr (said, "transaction"), "...as such"))
            note ("%s", said);
        ok (!there (harness, "g") && !there (harness, "h"), "...and has done nothing");
        is_number (applied (harness), 5, "...nor is it written down");
    }
    write_file ("little/schema/0006_g.sql", "-- commits nothing; no rollback; begin and end are words of plpgsql\n"
                "create function g () returns text language plpgsql as $$ begin return 'commit;'; end $$;\n");
    is_number (migrate (), 0, "the words in comments, texts and functions end nothing");
    remove_file ("little/schema/0006_g.sql");
    harness_sql (harness, "drop function little.g; delete from guard.migration where file = '0006_g.sql'");
}

static void odd_files (struct harness *harness)
{
    FILE *file;

    write_file ("little/schema/0007_nul.sql", "create table nul (n int);\n");
    file = fopen (arena_print (&arena, "%s/little/schema/0007_nul.sql", source), "a");
    fwrite ("\0create table behind (n int);\n", 1, 29, file);
    fclose (file);
    is_number (migrate (), 1, "a file with a NUL is refused, not cut there");
    ok (!there (harness, "nul"), "...and nothing of it is applied");
    write_file ("little/schema/0007_nul.sql", "");
    is_number (migrate (), 1, "an empty file is refused");
    remove_file ("little/schema/0007_nul.sql");
    write_file ("little/schema/0007_notes.txt", "create table notes (n int);\n");
    write_file ("little/schema/0007.sql~", "create table notes (n int);\n");
    is_number (migrate (), 0, "what does not end in .sql is nobody's");
    is (said, "", "...and is passed over");
    write_file ("little/schema/0008_role.sql", "reset role;\ncreate table x (n int);\n");
    is_number (migrate (), 1, "a file that leaves its role is refused");
    ok (!there (harness, "x"), "...and leaves nothing");
    remove_file ("little/schema/0008_role.sql");
    is_number (migrate_service ("nothing"), 0, "a service without files of its own has the common ones");
    ok (harness_text (harness, "select to_regclass ('nothing.subject')") != NULL, "...in its schema");
}

/* ---- two at once ------------------------------------------------------------------------------------------------------------------- */

static void *run_command (void *arg)
{
    return (void *) (intptr_t) system (arg);
}

static void two_at_once (struct harness *harness)
{
    char *command = arena_print (
        &arena, "$MIGRATE --database=\"$RENKEI_TEST_SUPERUSER\" --source=%s --bootstrap --service=little >%s/said 2>&1", source, source);
    pthread_t threads[4];
    intptr_t failed = 0;

    write_file ("little/schema/0009_slow.sql", "create table slow (n int);\ninsert into slow select 1 from pg_sleep (0.3);\n");
    for (size_t i = 0; i < 4; i++)
        pthread_create (&threads[i], NULL, run_command, command);
    for (size_t i = 0; i < 4; i++) {
        void *one;

        pthread_join (threads[i], &one);
        failed += (intptr_t) one != 0;
    }
    is_number (failed, 0, "of four runs at once none fails");
    is_number (harness_number (harness, "select count(*) from little.slow"), 1, "...and the file is applied once");
}

/* Somebody reads the table that a file wants to change. */
static void a_lock_is_not_waited_for_long (struct harness *harness)
{
    write_file ("little/schema/0010_lock.sql", "alter table a add column m int;\n");
    run_shell ("(echo 'begin; select * from little.a; select pg_sleep (8); rollback;' | psql -q \"$RENKEI_TEST_SUPERUSER\" >/dev/null 2>&1) & "
               "sleep 0.5");
    is_number (migrate (), 1, "a table that stays locked stops the run after five seconds");
    ok (strstr (said, "lock timeout"), "...with the reason");
    is_number (harness_number (harness, "select count(*) from guard.migration where file = '0010_lock.sql'"), 0,
               "...and nothing is written down");
    run_shell (
        "psql -q \"$RENKEI_TEST_SUPERUSER\" -c \"select pg_terminate_backend (pid) from pg_stat_activity where query like '%pg_sleep (8)%'"
        " and pid <> pg_backend_pid ()\" >/dev/null");
    is_number (migrate (), 0, "when it is free the run goes through");
}

/* ---- roles and passwords ----------------------------------------------------------------------------------------------------------- */

static const char *password_file (const char *role)
{
    return arena_print (&arena, "%s/secrets/%s.password", source, role);
}

static bool mode_is (const char *path, mode_t mode)
{
    struct stat about;

    return stat (path, &about) == 0 && (about.st_mode & 0777) == mode;
}

static void passwords (struct harness *harness)
{
    char *run = arena_print (&arena,
                             "$MIGRATE --database=\"$RENKEI_TEST_SUPERUSER\" --source=%s --bootstrap --service=little --secrets=%s/secrets"
                             " 2>/dev/null",
                             source, source);
    const char *own = password_file ("renkei_little"), *scram;

    run_shell (arena_print (&arena, "mkdir -m 0700 %s/secrets", source));
    is_number (system (run), 0, "passwords are made");
    ok (mode_is (password_file ("renkei_little_engine"), 0600) && mode_is (own, 0600),
        "each login role has one in a file of its own, 0600");
    ok (access (password_file ("renkei_migrate"), F_OK) < 0, "a role that never logs in has none");
    scram = harness_text (harness, "select rolpassword from pg_authid where rolname = 'renkei_little'");
    ok (scram && strncmp (scram, "SCRAM-SHA-256$", 14) == 0, "...kept as SCRAM");
    run_shell (arena_print (&arena, "cp %s %s/kept", own, source));
    ok (system (run) == 0 && system (arena_print (&arena, "cmp -s %s %s/kept", own, source)) == 0, "the second time they stay");
    run_shell (arena_print (&arena, ": >%s", own));
    ok (system (run) != 0, "an empty password file is refused, never set");
    run_shell (arena_print (&arena, "echo >%s", own));
    ok (system (run) != 0, "...nor is an empty line");
    run_shell (arena_print (&arena, "rm %s; echo half >%s.new", own, own));
    ok (system (run) == 0 && mode_is (own, 0600) && access (arena_print (&arena, "%s.new", own), F_OK) < 0,
        "what an interrupted run left is made anew");
}

static void rights_of_roles (struct harness *harness)
{
    is_number (
        harness_number (harness,
                        "select count(*) from pg_roles where rolname like 'renkei%%' and rolname not in ('renkei_migrate', 'renkei_backup')"
                        " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"),
        0, "no role of a service has more than it needs");
    is_number (
        harness_number (harness, "select count(*) from pg_roles where rolname = 'renkei_migrate' and not rolcanlogin and not rolsuper"), 1,
        "nobody logs in as the owner");
    harness_sql (harness, "alter role renkei_little superuser");
    migrate ();
    is_number (harness_number (harness, "select rolsuper::int from pg_roles where rolname = 'renkei_little'"), 0,
               "a right somebody gave is taken back by the next run");
}

int main (void)
{
    struct harness *harness = probe_open ();

    make_source ();
    the_first_and_the_second_time (harness);
    a_file_fails_as_a_whole (harness);
    a_changed_file_stops_everything (harness);
    a_file_may_not_end_its_transaction (harness);
    odd_files (harness);
    two_at_once (harness);
    a_lock_is_not_waited_for_long (harness);
    passwords (harness);
    rights_of_roles (harness);
    harness_close (&harness);
    run_shell (arena_print (&arena, "rm -r %s", source));
    arena_done (&arena);
    return done ();
}
