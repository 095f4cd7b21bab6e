/* main.c - renkei: finds the command among the words, reads the settings, runs it. */
#include "operator.h"

static const struct option rows[] = {
    { "config", OPTION_PATH, "", 0, 0, "Settings file (renkei.conf): sections [operator] and [common]." },
    { "base", OPTION_TEXT, "http://127.0.0.1:8080", 0, 0, "Address of the region's pages." },
    { "login", OPTION_TEXT, "", 0, 0, "Login name of the person who does it; asked for when empty." },
    { "password", OPTION_TEXT, "", 0, 0, "Password; better from RENKEI_PASSWORD; asked for when empty." },
    { "totp-secret", OPTION_TEXT, "", 0, 0, "Secret of one-time codes (base32); when empty the code is asked for." },
    { "run-dir", OPTION_PATH, "/run/renkei", 0, 0, "Folder of the services' sockets." },
    { "keys-dir", OPTION_PATH, "/etc/renkei/keys", 0, 0, "Folder of the mesh's keys." },
    { "redis", OPTION_PATH, "", 0, 0, "Socket of Redis." },
    { "database", OPTION_TEXT, "", 0, 0, "Connection as owner or superuser (libpq), for doctor and restore." },
    { "backup-database", OPTION_TEXT, "", 0, 0, "Connection as renkei_backup, for backup; standard: database." },
    { "secret-key-file", OPTION_PATH, "", 0, 0, "Key that seals one-time codes: kept with the backup." },
    { "profile", OPTION_TEXT, "kaigo-jigyosho", 0, 0, "import: form of the file." },
    { "date", OPTION_TEXT, "", 0, 0, "import, boundaries: date the file describes (YYYY-MM-DD)." },
    { "credit", OPTION_TEXT, "", 0, 0, "boundaries: whose data they are, as they want to be named." },
    { "encoding", OPTION_TEXT, "", 0, 0, "import: utf-8 or cp932; found out when empty." },
    { "force", OPTION_FLAG, "no", 0, 0, "import: take a file whose shape is suspicious.  restore: although services are connected." },
    { "run", OPTION_FLAG, "no", 0, 0, "import: write after the check." },
    { "test-mode", OPTION_FLAG, "no", 0, 0, "The region is a test region (no effect here)." },
    { 0 },
};

static const struct { const char *name; int (*run) (struct operator *); const char *about; } commands[] = {
    { "import", command_import, "import FILE [--profile=] [--date=] [--run]   check a file of facilities, and write it with --run" },
    { "user", command_user, "user add LOGIN NAME KANA OFFICE ROLE,… | user end PERSON OFFICE" },
    { "partner", command_partner, "partner list | cut NAME-OR-ID REASON | admit NAME-OR-ID REASON   a fire organisation" },
    { "areas", command_areas, "areas load FILE   which municipality lies in which 二次医療圏" },
    { "boundaries", command_boundaries, "boundaries load FILE --date=YYYY-MM-DD --credit=TEXT   where municipalities lie (GeoJSON), for the map" },
    { "outbound", command_outbound, "outbound release   after a restore: messages may leave again" },
    { "status", command_status, "status   every service and what it says of itself" },
    { "events", command_events, "events list | retry SERVICE EVENT REASON | skip SERVICE EVENT REASON" },
    { "rebuild", command_rebuild, "rebuild SERVICE EVENT   fill a projection again from its owner" },
    { "doctor", command_doctor, "doctor   looks for what is wrong and says what to do" },
    { "keys", command_keys, "keys init | add PRINCIPAL… | revoke PRINCIPAL | rotate [PRINCIPAL] | list" },
    { "backup", command_backup, "backup FILE   everything of the region into one file" },
    { "restore", command_restore, "restore FILE   that file into an empty or stopped region; messages are held until released" },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int usage (FILE *out)
{
    fputs ("renkei COMMAND [--name=value]…\n\n", out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf (out, "  %s\n", commands[i].about);
    fputs ("\nrenkei COMMAND --help tells every setting.\n", out);
    return out == stdout ? 0 : 2;
}

int say_usage (const char *text)
{
    fprintf (stderr, "使い方: renkei %s\n", text);
    return 2;
}

int say_error (const struct error *err)
{
    const char *words = err->key && err->key < (unsigned) error_table_count ? error_table[err->key].ja : NULL;

    fprintf (stderr, "renkei: %s%s%s\n", words ? words : "", words && *err->detail ? "  " : "", err->detail);
    return 1;
}

/* Words first, settings apart: `keys` passes what begins with -- on to renkei-keys. */
static int run (int which, int argc, char **argv)
{
    static const struct option *const tables[] = { rows, NULL };
    struct operator self = { .program = argv[0], .words = calloc ((size_t) argc + 1, sizeof (char *)) };
    char **flags = calloc ((size_t) argc + 1, sizeof *flags);
    struct options *options;
    struct error err = { 0 };
    int flag_count = 0, status;

    if (!self.words || !flags)
        abort ();
    flags[flag_count++] = argv[0];
    for (int i = 2; i < argc; i++)
        if (strncmp (argv[i], "--", 2) == 0 && strncmp (argv[i], "--grace", 7) != 0)
            flags[flag_count++] = argv[i];
        else
            self.words[self.word_count++] = argv[i];
    options = options_read ("operator", tables, flag_count, flags, &err);
    self.options = options;
    status = options ? commands[which].run (&self) : (say_error (&err), 2);
    options_done (&options);
    arena_done (&self.arena);
    free (self.words);
    free (flags);
    return status;
}

int main (int argc, char **argv)
{
    if (argc < 2)
        return usage (stderr);
    if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "help") == 0)
        return usage (stdout);
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp (commands[i].name, argv[1]) == 0)
            return run (i, argc, argv);
    return usage (stderr);
}
