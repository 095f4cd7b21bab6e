#include "options.h"
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <inttypes.h>

enum { VALUE_MAX = 64 };

struct value { const struct option *option; char *text; int64_t number; bool in_common, in_own; };
struct options {
    const char *program;
    struct value values[VALUE_MAX];
    int count;
    struct error *err;                  /* while the file is read */
};
struct source { FILE *file; int number, too_long; };

static struct value *find (struct options *options, const char *name, size_t length)
{
    for (int i = 0; i < options->count; i++)
        if (strlen (options->values[i].option->name) == length && strncmp (options->values[i].option->name, name, length) == 0)
            return &options->values[i];
    return NULL;
}

static int parse_flag (const char *text)
{
    static const char *const words[] = { "false", "true", "no", "yes", "0", "1", "off", "on" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp (text, words[i]) == 0)
            return i & 1;
    return -1;
}

static bool is_number (enum option_kind kind)
{
    return kind != OPTION_TEXT && kind != OPTION_PATH && kind != OPTION_FLAG;
}

static int parse_number (const struct option *option, const char *text, int64_t *ret, struct error *err)
{
    char *end;

    errno = 0;
    *ret = strtoll (text, &end, 10);
    if (errno || end == text || *end)
        return fail (err, ERROR_MALFORMED, NULL, "%s: not a whole number", option->name);
    if (*ret < option->least || *ret > option->most)
        return fail (err, ERROR_MALFORMED, NULL, "%s: must be between %" PRId64 " and %" PRId64, option->name, option->least, option->most);
    return 0;
}

static int set_value (struct value *value, const char *text, struct error *err)
{
    const struct option *option = value->option;

    if (option->kind == OPTION_FLAG) {
        value->number = parse_flag (text);
        if (value->number < 0)
            return fail (err, ERROR_MALFORMED, NULL, "%s: say yes or no", option->name);
    } else if (is_number (option->kind) && parse_number (option, text, &value->number, err) < 0) {
        return -1;
    }
    free (value->text);
    value->text = strdup (text);
    return value->text ? 0 : fail (err, ERROR_BUG, NULL, "out of memory");
}

/* ---- sources, weakest first --------------------------------------------------------------------------------------------------------- */

static int add_table (struct options *options, const struct option *table, struct error *err)
{
    for (; table && table->name; table++) {
        struct value *value = &options->values[options->count];

        if (options->count == VALUE_MAX)
            return fail (err, ERROR_BUG, NULL, "more than %d options", VALUE_MAX);
        value->option = table;
        options->count++;
        if (table->standard && set_value (value, table->standard, err) < 0)
            return -1;
    }
    return 0;
}

/* inih hands the second line of a value, and a name said twice, over as the same name once more. */
static int take_value (struct value *value, bool common, const char *text, struct error *err)
{
    bool *seen = common ? &value->in_common : &value->in_own;

    if (*seen)
        return fail (err, ERROR_MALFORMED, NULL, "%s: given twice, or on two lines", value->option->name);
    *seen = true;
    return common && value->in_own ? 0 : set_value (value, text, err);
}

/* Section [common] is for every program: a key this one does not have is somebody else's, and the program's own section wins. */
static int take_line (void *arg, const char *section, const char *name, const char *text)
{
    struct options *options = arg;
    bool common = strcmp (section, "common") == 0;
    struct value *value;

    if (options->err->key || (!common && strcmp (section, options->program) != 0))
        return 1;
    value = find (options, name, strlen (name));
    if (!value && common)
        return 1;
    if (!value)
        return fail (options->err, ERROR_MALFORMED, NULL, "[%s] has no option \"%s\"", section, name) == 0;
    return take_value (value, common, text, options->err) == 0;
}

/* inih cuts what is longer than its buffer and takes the rest for a line of its own. */
static char *next_line (char *line, int room, void *arg)
{
    struct source *source = arg;
    char *got = fgets (line, room, source->file);

    source->number += got != NULL;
    if (got && !strchr (got, '\n') && !feof (source->file)) {
        source->too_long = source->number;
        return NULL;
    }
    return got;
}

static int read_file (struct options *options, const char *path, struct error *err)
{
    struct source source = { .file = fopen (path, "re") };
    int line;

    if (!source.file)
        return fail (err, ERROR_MALFORMED, NULL, "%s: cannot be read", path);
    *err = (struct error) { 0 };
    options->err = err;
    line = ini_parse_stream (next_line, &source, take_line, options);
    options->err = NULL;
    fclose (source.file);
    if (source.too_long)
        return fail (err, ERROR_MALFORMED, NULL, "%s:%d: the line is too long", path, source.too_long);
    if (line != 0 && err->key == 0)
        return fail (err, ERROR_MALFORMED, NULL, "%s:%d: not \"name = value\"", path, line);
    return err->key ? -1 : 0;
}

static const char *from_environment (const char *name)
{
    char variable[80] = "RENKEI_";
    size_t used = strlen (variable);

    for (; *name && used < sizeof variable - 1; name++)
        variable[used++] = *name == '-' ? '_' : (char) toupper ((unsigned char) *name);
    variable[used] = '\0';
    return getenv (variable);
}

static int read_environment (struct options *options, struct error *err)
{
    for (int i = 0; i < options->count; i++) {
        const char *text = from_environment (options->values[i].option->name);

        if (text && set_value (&options->values[i], text, err) < 0)
            return -1;
    }
    return 0;
}

static int read_flag (struct options *options, const char *flag, struct error *err)
{
    size_t length = strcspn (flag + 2, "=");
    struct value *value = strncmp (flag, "--", 2) == 0 ? find (options, flag + 2, length) : NULL;

    if (!value)
        return fail (err, ERROR_MALFORMED, NULL, "%s: no such option; see --help", flag);
    if (flag[2 + length] != '=' && value->option->kind != OPTION_FLAG)
        return fail (err, ERROR_MALFORMED, NULL, "%s: say --%s=VALUE", flag, value->option->name);
    return set_value (value, flag[2 + length] == '=' ? flag + length + 3 : "yes", err);
}

static int read_flags (struct options *options, int argc, char **argv, struct error *err)
{
    for (int i = 1; i < argc; i++)
        if (read_flag (options, argv[i], err) < 0)
            return -1;
    return 0;
}

/* ---- help --------------------------------------------------------------------------------------------------------------------------- */

static const char *unit_of (const struct option *option)
{
    static const char *const units[] = {
        [OPTION_TEXT] = "TEXT", [OPTION_NUMBER] = "NUMBER", [OPTION_MILLISECONDS] = "MS", [OPTION_SECONDS] = "SECONDS",
        [OPTION_BYTES] = "BYTES", [OPTION_FLAG] = "yes|no", [OPTION_PATH] = "PATH",
    };

    return units[option->kind];
}

static void print_help (const struct options *options)
{
    printf ("%s [--name=value]…   Also from --config (section [%s] or [common]) and RENKEI_NAME.\n\n", options->program, options->program);
    for (int i = 0; i < options->count; i++) {
        const struct option *option = options->values[i].option;

        printf ("  --%s=%s\n      %s", option->name, unit_of (option), option->about);
        if (option->standard)
            printf ("  Standard: %s.", *option->standard ? option->standard : "empty");
        else
            printf ("  Must be given.");
        if (is_number (option->kind))
            printf ("  From %" PRId64 " to %" PRId64 ".", option->least, option->most);
        putchar ('\n');
    }
}

/* ---- all ---------------------------------------------------------------------------------------------------------------------------- */

/* The file's place may come from a flag or the environment, so those are looked at first, and again after the file. */
static int read_all (struct options *options, int argc, char **argv, struct error *err)
{
    struct value *config = find (options, "config", strlen ("config"));

    if (read_environment (options, err) < 0 || read_flags (options, argc, argv, err) < 0)
        return -1;
    if (config && config->text && *config->text
        && (read_file (options, config->text, err) < 0
            || read_environment (options, err) < 0 || read_flags (options, argc, argv, err) < 0))
        return -1;
    for (int i = 0; i < options->count; i++)
        if (!options->values[i].text)
            return fail (err, ERROR_MALFORMED, NULL, "--%s is missing; see --help", options->values[i].option->name);
    return 0;
}

struct options *options_read (const char *program, const struct option *const *tables, int argc, char **argv, struct error *err)
{
    struct options *options = calloc (1, sizeof *options);
    int status = 0;

    if (!options)
        abort ();
    options->program = program;
    for (; *tables && status == 0; tables++)
        status = add_table (options, *tables, err);
    for (int i = 1; i < argc; i++)
        if (strcmp (argv[i], "--help") == 0) {
            print_help (options);
            exit (0);
        }
    if (status < 0 || read_all (options, argc, argv, err) < 0)
        options_done (&options);
    return options;
}

void options_done (struct options **options)
{
    if (!*options)
        return;
    for (int i = 0; i < (*options)->count; i++)
        free ((*options)->values[i].text);
    free (*options);
    *options = NULL;
}

static const struct value *known (const struct options *options, const char *name)
{
    for (int i = 0; i < options->count; i++)
        if (strcmp (options->values[i].option->name, name) == 0)
            return &options->values[i];
    fprintf (stderr, "no option \"%s\" is declared\n", name);
    abort ();
}

const char *option_text (const struct options *options, const char *name)
{
    return known (options, name)->text;
}

int64_t option_number (const struct options *options, const char *name)
{
    return known (options, name)->number;
}
