/* The first operator comes from a file that nobody else can read, once, and whole or not at all. */
#include "people.h"
#include <sys/stat.h>

#define GOOD "{\"login\":\"Operator\",\"password\":\"" PASSWORD "\",\"totp_secret\":\"" SECRET_32 "\",\"name\":\"運用 太郎\"}"

static void empty_all (void)
{
    harness_empty (harness, "municipality, person, office, login_ticket, login_throttle, login_log, subject, event_log");
}

/* Starts with a file of these bytes; 0, or -1 with err. */
static int start_with (const char *bytes, size_t size, int mode)
{
    char path[] = "/tmp/renkei-operator-XXXXXX";
    int file = mkstemp (path), status;

    if (file < 0 || write (file, bytes, size) < 0 || fchmod (file, (mode_t) mode) < 0)
        abort ();
    close (file);
    err = (struct error) { 0 };
    status = first_operator_make (&self, path, &err);
    unlink (path);
    return status;
}

static int64_t rows (void)
{
    return harness_number (harness, "select (select count(*) from person) + (select count(*) from office) + (select count(*) from membership)"
                                    " + (select count(*) from account)");
}

static void refusals (void)
{
    static char large[4097];
    static const struct { const char *text; int mode; const char *detail, *name; } table[] = {
        { GOOD, 0640, "readable by its owner only", "a file its group can read" },
        { GOOD, 0604, "readable by its owner only", "…or everybody" },
        { "", 0600, "hold JSON", "an empty file" },
        { "not JSON", 0600, "login or name is missing", "a file that is no JSON" },
        { "[]", 0600, "login or name is missing", "a list" },
        { "{\"login\":1,\"name\":\"x\"}", 0600, "login or name is missing", "a login that is no text" },
        { "{\"login\":\"operator\",\"password\":\"" PASSWORD "\",\"totp_secret\":\"" SECRET_32 "\"}", 0600, "login or name is missing", "nobody's name" },
        { "{\"login\":\"運用\",\"password\":\"" PASSWORD "\",\"totp_secret\":\"" SECRET_32 "\",\"name\":\"x\"}", 0600, "printable ASCII", "a login another keyboard cannot type" },
        { "{\"login\":\"operator\",\"password\":\"short\",\"totp_secret\":\"" SECRET_32 "\",\"name\":\"x\"}", 0600, "too weak", "a weak password" },
        { "{\"login\":\"operator\",\"password\":\"operator-2026\",\"totp_secret\":\"" SECRET_32 "\",\"name\":\"x\"}", 0600, "too weak", "the login as password" },
        { "{\"login\":\"operator\",\"totp_secret\":\"" SECRET_32 "\",\"name\":\"x\"}", 0600, "too weak", "no password" },
        { "{\"login\":\"operator\",\"password\":\"" PASSWORD "\",\"name\":\"x\"}", 0600, "not base32", "no second factor (S-01)" },
        { "{\"login\":\"operator\",\"password\":\"" PASSWORD "\",\"totp_secret\":\"GEZDGNBV\",\"name\":\"x\"}", 0600, "not base32", "a secret of 40 bits" },
        { large, 0600, "hold JSON", "a file of more than 4 KiB" },
    };

    memset (large, ' ', sizeof large - 1);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int status = start_with (table[i].text, strlen (table[i].text), table[i].mode);

        ok (status < 0 && strstr (err.detail, table[i].detail), table[i].name);
        if (status == 0 || !strstr (err.detail, table[i].detail))
            note ("status %d: %s", status, err.detail);
        is_number (rows (), 0, "…makes nobody");
        ok (!strstr (err.detail, "short") && !strstr (err.detail, SECRET_32), "…and is told without what it holds");
    }
    is_number (first_operator_make (&self, "/nonexistent", &err), -1, "a file that is not there stops the service while there is nobody");
    is_number (first_operator_make (&self, "", &err), 0, "…no file is no operator");
    is_number (first_operator_make (&self, NULL, &err), 0, "…said either way");
    is_number (rows (), 0, "nobody was made");
}

static void once (void)
{
    const char *person;

    is_number (start_with (GOOD, strlen (GOOD), 0600), 0, "a good file makes the operator");
    is (harness_text (harness, "select login from account"), "operator", "…with the login in small letters");
    is (harness_text (harness, "select roles::text from membership where municipality = '000000'"), "{administrator,operator}", "…who runs the region");
    is (harness_text (harness, "select name from person"), "運用 太郎", "…under that name");
    person = harness_text (harness, "select person_id from person");
    is (actor_column (log_in ("operator").session_token, "municipality"), "000000", "S-01: …and logs in with both factors");
    is_number (start_with ("{\"login\":\"second\"}", 18, 0644), 0, "another file is not even read when there is an account");
    is_number (harness_number (harness, "select count(*) from account"), 1, "…and makes nobody");
    is (harness_text (harness, "select person_id from person"), person, "…nor changes anybody");
}

/* It came half-way once: the office is there already. */
static void again_after_a_fall (void)
{
    harness_sql (harness, "delete from totp_use; delete from session; delete from account; delete from membership; delete from person");
    is_number (start_with (GOOD, strlen (GOOD), 0600), 0, "with its office there already the operator is made all the same");
    is_number (harness_number (harness, "select count(*) from office where municipality = '000000'"), 1, "…the office is there once");
    is_number (harness_number (harness, "select count(*) from event_log"), 0, "nothing is announced of the operator");
}

int main (void)
{
    open_region ();
    empty_all ();
    refusals ();
    once ();
    again_after_a_fall ();
    close_region ();
    return done ();
}
