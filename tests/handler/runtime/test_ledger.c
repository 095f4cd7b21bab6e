/* The disclosure ledger and its seals: whatever somebody with every right does to rows or seals, verify_ledger () says where (S-25), and a
 * month that retention dropped is no alarm.
 */
#include "probe.h"
#include "runtime.h"

static char note_id[37];

static void read_notes (struct harness *harness, int count)
{
    struct events_of query = { .subject = note_id };
    struct event_page page;
    struct error err;

    for (int i = 0; i < count; i++)
        if (harness_call (harness, "events_of", &query, &page, &err) < 0)
            note ("%s", err.detail);
}

/* Three seals of 3, 1 and 2 rows. */
static void begin_anew (struct harness *harness)
{
    static const int rows[] = { 3, 1, 2 };

    harness_empty (harness, "ledger, ledger_seal");
    for (size_t i = 0; i < 3; i++) {
        read_notes (harness, rows[i]);
        harness_number (harness, "select seal_ledger ()");
    }
}

/* As a superuser who has put the triggers out of force. */
static void tamper (struct harness *harness, const char *sql)
{
    harness_sql (harness, "set session_replication_role = replica");
    harness_sql (harness, "%s", sql);
    harness_sql (harness, "set session_replication_role = origin");
}

#define NTH(n) "(select seq from ledger order by seq offset " #n " limit 1)"
#define SECOND_SEAL_LATE "update ledger_seal set recorded_at = recorded_at + interval '3 days' where number >= 2"

static const struct { const char *sql; int64_t seal; const char *name;
} deeds[] = {
    { "update ledger set person = null where seq = " NTH (0), 1, "a person taken out of a row" },
    { "update ledger set items = items || ' ' where seq = " NTH (3), 2, "one space more in a row" },
    { "update ledger set at = at + interval '1 microsecond' where seq = " NTH (4), 3, "a microsecond in a row" },
    { "update ledger set subjects = '{}' where seq = " NTH (1), 1, "a subject taken out of a row" },
    { "update ledger set recorded_at = recorded_at - interval '1 second' where seq = " NTH (5), 3, "another time of writing" },
    { "delete from ledger where seq = " NTH (2), 1, "a row deleted" },
    { "delete from ledger where seq = " NTH (3), 2, "the only row of a seal deleted" },
    { "delete from ledger where seq <= " NTH (2), 1, "all rows of the first seal deleted" },
    { "delete from ledger", 1, "all rows deleted" },
    { "truncate ledger", 1, "the ledger emptied" },
    { "insert into ledger (incarnation, xid, at, principal, message, subjects, items, ground)"
      " select incarnation, xid, at, principal, message, subjects, items, ground from ledger where seq = " NTH (0),
      1, "a row slipped in" },
    { "update ledger set xid = (select max (xid::text::bigint) + 5 from ledger)::text::xid8 where seq = " NTH (0), 1,
      "a row moved to the end" },
    { "update ledger_seal set hash = sha256 (hash) where number = 2", 2, "the hash of a seal changed" },
    { "update ledger_seal set rows = rows + 1 where number = 3", 3, "the count of a seal changed" },
    { "delete from ledger_seal where number = 2", 2, "a seal deleted" },
    { "delete from ledger_seal where number = 1", 1, "the first seal deleted" },
    { "delete from ledger_seal where number < 3", 1, "two seals deleted" },
    { "update ledger_seal set seq = seq - 1 where number = 3", 3, "the end of a seal moved" },
    { "update ledger set recorded_at = recorded_at - interval '40 days'", 1, "every row made older than a day before its seal" },
    { SECOND_SEAL_LATE "; update ledger set items = 'x' where seq = " NTH (3), 2, "a row changed under a seal that was late" },
};

static void every_deed_is_seen (struct harness *harness)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        begin_anew (harness);
        tamper (harness, deeds[i].sql);
        is_number (harness_number (harness, "select verify_ledger ()"), deeds[i].seal, deeds[i].name);
    }
}

static void an_honest_ledger_holds (struct harness *harness)
{
    static const char *const settings[] = {
        "set datestyle = 'SQL, DMY'",     "set datestyle = 'German'",    "set timezone = 'Asia/Tokyo'",
        "set intervalstyle = 'iso_8601'", "set bytea_output = 'escape'", "set extra_float_digits = -5"
    };

    begin_anew (harness);
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "nothing changed: the chain holds");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        harness_sql (harness, "%s", settings[i]);
        ok (harness_text (harness, "select verify_ledger ()") == NULL, settings[i]);
        read_notes (harness, 1);
        harness_number (harness, "select seal_ledger ()");
        harness_sql (harness, "reset all");
        harness_sql (harness, "set search_path = probe, guard");
        ok (harness_text (harness, "select verify_ledger ()") == NULL, "...and what is sealed so holds too");
    }
    is_number (harness_number (harness, "select max (number) from ledger_seal"), 9, "one seal each");
    harness_sql (harness, "begin; alter table ledger add column later text");
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "a column that comes later breaks no seal");
    harness_sql (harness, "rollback");
    read_notes (harness, 1);
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "rows that are not sealed yet are no alarm");
    harness_sql (harness, "update guard.incarnation set system_identifier = 11");
    db_reopen (harness_batch (harness)->db, &(struct error) { 0 });
    read_notes (harness, 1);
    is_number (harness_number (harness, "select seal_ledger ()"), 2, "after a restore the next seal takes rows of both incarnations");
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "...and holds");
}

/* A row of a transaction that is still open is sealed later, never skipped. */
static void an_open_transaction_holds_the_horizon (struct harness *harness)
{
    harness_empty (harness, "ledger, ledger_seal");
    read_notes (harness, 1);
    harness_sql (harness, "create table probe.holder (a int)");
    run_shell ("(echo 'begin; insert into probe.holder values (1); select pg_sleep (0.8); commit;' | psql -q \"$RENKEI_TEST_SUPERUSER\" "
               ">/dev/null) & sleep 0.3");
    read_notes (harness, 2);
    is_number (harness_number (harness, "select seal_ledger ()"), 1, "what was written after an open transaction began waits");
    run_shell ("sleep 0.8");
    is_number (harness_number (harness, "select seal_ledger ()"), 2, "...and is sealed when it has ended");
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "the chain holds");
}

static void what_retention_dropped_is_no_alarm (struct harness *harness)
{
    begin_anew (harness);
    tamper (harness, "delete from ledger_seal where number > 1; delete from ledger where seq > " NTH (2));
    tamper (harness, "update ledger_seal set recorded_at = '2020-01-15'");
    harness_sql (harness, "delete from ledger_seal where false; update retention set keep = '2 years' where table_name = 'ledger'");
    tamper (harness, "delete from ledger");
    ok (harness_text (harness, "select verify_ledger ()") == NULL, "rows of a month that is past its time may be gone");
    tamper (harness, "update ledger_seal set recorded_at = clock_timestamp () - interval '23 months'");
    is_number (harness_number (harness, "select verify_ledger ()"), 1, "...those of a month that is not may not");
    harness_sql (harness, "update retention set keep = null where table_name = 'ledger'");
    tamper (harness, "update ledger_seal set recorded_at = '2020-01-15'");
    is_number (harness_number (harness, "select verify_ledger ()"), 1, "where rows are kept for ever none may be gone");
}

static bool fails (const char *role, const char *sql)
{
    char command[600];

    snprintf (command, sizeof command, "psql -q -X -v ON_ERROR_STOP=1 \"$RENKEI_TEST_DATABASE user=%s\" -c \"%s\" >/dev/null 2>&1", role,
              sql);
    return system (command) != 0;
}

static void nobody_may (struct harness *harness)
{
    static const char *const roles[] = { "renkei_probe", "renkei_probe_engine" };
    static const char *const deeds_of_roles[] = {
        "select * from ledger",
        "update ledger set items = ''",
        "delete from ledger",
        "truncate ledger",
        "select * from ledger_rest",
        "insert into ledger_seal values (9, 1, '1', 1, 1, '')",
        "update ledger_seal set rows = 0",
        "delete from ledger_seal",
        "alter table ledger disable trigger all",
        "drop table ledger",
        "set session_replication_role = replica",
        "alter function verify_ledger () rename to x",
        "select ledger_hash ('', 0, '0', 0, 1, '1', 1)",
        "select retain () from retention; update retention set keep = '2 days'",
    };
    char partition[80];

    snprintf (partition, sizeof partition, "insert into ledger_%s default values",
              harness_text (harness, "select to_char (guard.real_now (), 'YYYY_MM')"));
    for (size_t r = 0; r < 2; r++) {
        for (size_t i = 0; i < sizeof deeds_of_roles / sizeof *deeds_of_roles; i++)
            if (!ok (fails (roles[r], deeds_of_roles[i]), deeds_of_roles[i]))
                note ("%s may", roles[r]);
        ok (fails (roles[r], partition), "a partition is nobody's to write to directly");
    }
    ok (fails ("renkei_probe", "select seal_ledger ()"), "who answers people does not seal");
    ok (!fails ("renkei_probe_engine", "select verify_ledger (), seal_ledger ()"), "the engine seals and verifies");
    ok (fails ("renkei_gateway", "select verify_ledger ()"), "the gateway has no business here");
}

int main (void)
{
    struct harness *harness = probe_open ();
    struct error err;

    probe_id (note_id, 1);
    probe_note (harness, 1, "seen", &err);
    every_deed_is_seen (harness);
    an_honest_ledger_holds (harness);
    an_open_transaction_holds_the_horizon (harness);
    what_retention_dropped_is_no_alarm (harness);
    nobody_may (harness);
    harness_close (&harness);
    return done ();
}
