/* Settings: file, environment and flags, the later winning; bounds; unknown names; what inih makes of odd files. */
#include <sys/wait.h>
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

/* ---- the file as inih sees it ------------------------------------------------------------------------------------------------------- */

static void read_as (const char *file, const char *option, const char *wanted, const char *name)
{
    struct error err;
    struct options *options;

    write_file (file);
    options = with (&err, NULL, NULL);
    is (options ? option_text (options, option) : err.detail, wanted, name);
    options_done (&options);
}

static void test_forms_of_the_file (void)
{
    read_as ("[program]\nport = 81\nname = x\n[common]\nport = 82\n", "port", "81",
             "the program's own section wins, also when [common] stands behind it");
    read_as ("[common]\nport = 82\n[program]\nport = 81\nname = x\n", "port", "81", "...and when it stands before");
    read_as ("\xef\xbb\xbf[program]\r\nname = x y\r\n", "name", "x y", "a byte order mark and Windows' line ends do no harm");
    read_as ("[program]\nname: x\n", "name", "x", "a colon is as good as an equals sign");
    read_as ("[program]\n# name = a\n; name = b\n\n   \nname = c ; d\n", "name", "c", "comments and empty lines say nothing");
    read_as ("[program]\nname = host=/run dbname=renkei;x\n", "name", "host=/run dbname=renkei;x",
             "what holds equals signs and semicolons stays whole");
    read_as ("[program]\nname = 連携の地域\n", "name", "連携の地域", "Japanese values come through");
    read_as ("[program]\nname =\n", "name", "", "an empty value is a value");
    read_as ("[program]\nname = x", "name", "x", "a last line without an end is read");
    refused ("[program]\nname = x\nname = y\n", NULL, "name: given twice", "a name that is said twice is refused");
    refused ("[program]\nname = x\n[other]\n[program]\nname = y\n", NULL, "name: given twice", "...also when its section is opened twice");
    refused ("[common]\nport = 81\nport = 82\n[program]\nname = x\n", NULL, "port: given twice", "...also in [common]");
    refused ("[program]\nname = host=/run\n  dbname=renkei\n", NULL, "name: given twice, or on two lines",
             "a value on two lines is refused, not cut to the second");
    refused ("[program\nname = x\n", NULL, ":1: not \"name = value\"", "a section that is not closed is told by its line");
    refused ("[program]\nname = x\n\nnonsense\n", NULL, ":4: not \"name = value\"", "...so is a line that is none");
    refused ("[program]\nprot = 1\nnonsense\n", NULL, "no option \"prot\"", "of two slips the first is told");
    refused ("", NULL, "--name is missing", "an empty file says nothing");
}

static void end_line (char *file, size_t at)
{
    file[at] = '\n';
    file[at + 1] = '\0';
}

/* inih's buffer holds 200 bytes: it would cut the value and take the rest for another line. */
static void test_long_lines (void)
{
    char file[600] = "[common]\nname = ";
    size_t head = strlen (file), line = strlen ("name = ");
    struct error err;
    struct options *options;

    memset (file + head, 'a', 198 - line);
    end_line (file, head + 198 - line);
    write_file (file);
    options = with (&err, NULL, NULL);
    is_number (options ? (int64_t)strlen (option_text (options, "name")) : -1, (int64_t)(198 - line), "a line of 198 bytes is read whole");
    options_done (&options);
    memset (file + head, 'a', 199 - line);
    end_line (file, head + 199 - line);
    refused (file, NULL, ":2: the line is too long", "one of 199 bytes is refused, by its number");
    memset (file + head, 'a', 300);
    memcpy (file + head + 250, "=b", 2);
    end_line (file, head + 300);
    refused (file, NULL, ":2: the line is too long", "...also when its rest would look like another line");
}

static void test_bounds (void)
{
    static const struct { const char *flag; int64_t wanted; } good[] = {
        { "--port=1", 1 }, { "--port=65535", 65535 }, { "--port=0080", 80 }, { "--wait-time=0", 0 }, { "--wait-time=1000", 1000 },
    };
    static const char *const bad[] = { "--port=-1", "--port=1.5", "--port=1e3", "--port=0x50", "--port=99999999999999999999", "--port=1 ",
                                       "--port=１", "--wait-time=1001", "--wait-time=-1", "--wait-time=5ms" };
    static const struct { const char *text; int wanted; } words[] = { { "--loud=true", 1 }, { "--loud=false", 0 }, { "--loud=on", 1 },
                                                                       { "--loud=off", 0 }, { "--loud=1", 1 }, { "--loud=0", 0 },
                                                                       { "--loud=yes", 1 }, { "--loud=no", 0 } };
    struct error err;

    write_file ("[program]\nname = x\n");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct options *options = with (&err, good[i].flag, NULL);

        is_number (options ? option_number (options, strchr (good[i].flag, 'p') ? "port" : "wait-time") : -1, good[i].wanted, good[i].flag);
        options_done (&options);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct options *options = with (&err, bad[i], NULL);

        ok (!options && err.key == ERROR_MALFORMED, bad[i]);
        options_done (&options);
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct options *options = with (&err, words[i].text, NULL);

        is_number (options ? option_number (options, "loud") : -1, words[i].wanted, words[i].text);
        options_done (&options);
    }
    refused ("[program]\nname = x\n", "--name", "say --name=VALUE", "a flag with a value must have it");
    refused ("[program]\nname = x\n", "--nam=y", "no such option", "a shortened flag is not guessed");
    refused ("[program]\nname = x\n", "--=y", "no such option", "a flag without a name is none");
    refused ("[program]\nname = x\n", "-name=y", "no such option", "one dash is not two");
}

static void test_environment (void)
{
    struct error err;
    struct options *options;

    setenv ("RENKEI_PORT", "0", 1);
    refused ("[program]\nname = x\n", NULL, "port: must be between", "the environment keeps the bounds too");
    setenv ("RENKEI_PORT", "", 1);
    refused ("[program]\nname = x\n", NULL, "port: not a whole number", "an empty variable is no standard value");
    unsetenv ("RENKEI_PORT");
    setenv ("RENKEI_CONFIG", path, 1);
    write_file ("[program]\nname = by environment\n");
    options = options_read ("program", tables, 1, (char *[]) { "program", NULL }, &err);
    is (options ? option_text (options, "name") : err.detail, "by environment", "the file may be named by the environment");
    options_done (&options);
    unsetenv ("RENKEI_CONFIG");
}

/* --help is asked for in a child, because it ends the process. */
static void test_help (void)
{
    static char said[4000];
    int ends[2], status = -1;
    ssize_t size;
    pid_t child;

    if (pipe (ends) < 0)
        abort ();
    fflush (stdout);
    child = fork ();
    if (child == 0) {
        struct error err;

        dup2 (ends[1], 1);
        options_read ("program", tables, 3, (char *[]) { "program", "--port=0", "--help", NULL }, &err);
        _exit (9);
    }
    close (ends[1]);
    size = read (ends[0], said, sizeof said - 1);
    close (ends[0]);
    waitpid (child, &status, 0);
    said[size > 0 ? size : 0] = '\0';
    ok (WIFEXITED (status) && WEXITSTATUS (status) == 0, "--help ends well, even beside a wrong flag");
    ok (strstr (said, "--port=NUMBER\n      Port.  Standard: 8080.  From 1 to 65535.\n"),
        "...names unit, standard value and bounds of a number");
    ok (strstr (said, "--name=TEXT\n      Name.  Must be given.\n"), "...what must be given");
    ok (strstr (said, "--config=PATH\n      File.  Standard: empty.\n") && strstr (said, "--loud=yes|no\n"),
        "...empty standards and flags");
    ok (strstr (said, "[program]") && strstr (said, "[common]") && strstr (said, "RENKEI_NAME"), "...and where settings may stand");
}

int main (void)
{
    int file = mkstemp (path);

    close (file);
    test_order ();
    test_refusals ();
    test_forms_of_the_file ();
    test_long_lines ();
    test_bounds ();
    test_environment ();
    test_help ();
    unlink (path);
    return done ();
}
