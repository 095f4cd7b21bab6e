/* Settings: file, environment and flags, the later winning; bounds; unknown names. */
#include <unistd.h>
#include "options.h"
#include "tap.h"

static const struct option table[] = {
    { "config", OPTION_PATH, "", 0, 0, "File." },
    { "port", OPTION_NUMBER, "8080", 1, 65535, "Port." },
    { "wait-time", OPTION_MILLISECONDS, "50", 0, 1000, "Wait." },
    { "loud", OPTION_FLAG, "no", 0, 1, "Loud." },
    { "name", OPTION_TEXT, NULL, 0, 0, "Name." },
    { NULL, OPTION_TEXT, NULL, 0, 0, NULL },
};
static const struct option *const tables[] = { table, NULL };

static char path[] = "/tmp/renkei-options-XXXXXX";

static void write_file (const char *text)
{
    FILE *file = fopen (path, "w");

    fputs (text, file);
    fclose (file);
}

static struct options *with (struct error *err, const char *one, const char *two)
{
    char config[80];
    char *argv[] = { "program", config, (char *) (uintptr_t) one, (char *) (uintptr_t) two, NULL };

    *err = (struct error) { 0 };
    snprintf (config, sizeof config, "--config=%s", path);
    return options_read ("program", tables, one ? two ? 4 : 3 : 2, argv, err);
}

static void refused (const char *file, const char *flag, const char *part, const char *name)
{
    struct error err;
    struct options *options;

    write_file (file);
    options = with (&err, flag, NULL);
    ok (!options && strstr (err.detail, part), name);
    if (options)
        options_done (&options);
    else
        note ("%s", err.detail);
}

static void test_order (void)
{
    struct error err;
    struct options *options;

    write_file ("[common]\nport = 81\nsomebody-else = 1\n[other]\nport = 99\nnonsense = 1\n[program]\nname = from file\n");
    options = with (&err, NULL, NULL);
    is_number (option_number (options, "port"), 81, "the file's common section counts");
    is (option_text (options, "name"), "from file", "and the program's own");
    is_number (option_number (options, "wait-time"), 50, "what nobody says has its standard");
    options_done (&options);
    setenv ("RENKEI_PORT", "82", 1);
    setenv ("RENKEI_WAIT_TIME", "7", 1);
    options = with (&err, NULL, NULL);
    is_number (option_number (options, "port"), 82, "the environment beats the file");
    is_number (option_number (options, "wait-time"), 7, "with '_' for '-'");
    options_done (&options);
    options = with (&err, "--port=83", "--loud");
    is_number (option_number (options, "port"), 83, "a flag beats the environment");
    is_number (option_number (options, "loud"), 1, "a flag without a value is yes");
    options_done (&options);
    unsetenv ("RENKEI_PORT");
    unsetenv ("RENKEI_WAIT_TIME");
}

static void test_refusals (void)
{
    refused ("[program]\nname = x\n", "--port=0", "between 1 and 65535", "a number below its bounds is refused");
    refused ("[program]\nname = x\n", "--port=65536", "between", "a number above its bounds is refused");
    refused ("[program]\nname = x\n", "--port=80x", "whole number", "something behind the number is refused");
    refused ("[program]\nname = x\n", "--port=", "whole number", "an empty number is refused");
    refused ("[program]\nname = x\n", "--loud=maybe", "yes or no", "a flag is yes or no");
    refused ("[program]\nname = x\n", "--prot=80", "no such option", "an unknown flag stops the program");
    refused ("[program]\nname = x\n", "port", "no such option", "so does a word without dashes");
    refused ("[program]\nname = x\nprot = 80\n", NULL, "no option \"prot\"", "an unknown key of the file stops the program");
    refused ("[program]\nname = x\nport = 70000\n", NULL, "between", "the file's values keep the bounds too");
    refused ("[program]\n", NULL, "--name is missing", "what must be given must be given");
    refused ("name without section\n", NULL, "not \"name = value\"", "a line that is none is refused");
    refused ("[program]\nname = x\n", "--config=/nonexistent/file", "cannot be read", "a file that is not there is refused");
}

int main (void)
{
    int file = mkstemp (path);

    close (file);
    test_order ();
    test_refusals ();
    unlink (path);
    return done ();
}
