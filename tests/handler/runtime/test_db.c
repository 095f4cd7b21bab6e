/* One connection: values there and back, the pipeline after a failure, expectations, COPY, and every way in which a connection is lost. */
#include "probe.h"
#include "clock.h"
#include "db_internal.h"
#include "runtime.h"

enum {
    ECHO_TEXT,
    ECHO_LIST,
    ECHO_BYTES,
    ECHO_NUMBER,
    ADD_THING,
    CHANGE_THING,
    CHANGE_ONE,
    COUNT_THINGS,
    PID,
    SLEEP,
    SHORT,
    IDLE,
    NOTHING,
    ONLY_LOOKS,
    LOCKS,
    LOCKS_LESS,
    BY_WITH,
    TAKES_OUT,
    NAMES_LIKE,
    BROKEN_UNIQUE,
    BROKEN_CHECK,
    DEADLOCK_CODE,
    MANY_ROWS
};
static const struct db_statement statements[] = {
    [ECHO_TEXT] = { "t_text", "select $1::text as value, $1::text is null as missing" },
    [ECHO_LIST] = { "t_list", "select $1::text[] as list, cardinality ($1::text[]) as size, $2::bigint[]::text[] as numbers" },
    [ECHO_BYTES] = { "t_bytes", "select $1::bytea as value, length ($1::bytea) as size" },
    [ECHO_NUMBER] = { "t_number", "select $1::bigint as value, $2::bigint as other, $3::boolean as yes" },
    [ADD_THING] = { "t_add", "insert into thing (id, text) values ($1::bigint, $2) returning id" },
    [CHANGE_THING] = { "t_change", "update thing set text = $2 where id = $1::bigint" },
    [CHANGE_ONE] = { "t_change_one", "with changed as (update thing set text = $2 where id = $1::bigint returning 1)"
                                     " select guard.touched (count (*), 1) from changed" },
    [COUNT_THINGS] = { "t_count", "select count(*) as n from thing" },
    [PID] = { "t_pid", "select pg_backend_pid () as pid" },
    [SLEEP] = { "t_sleep", "select pg_sleep ($1::float8)" },
    [SHORT] = { "t_short", "set local statement_timeout = 50" },
    [IDLE] = { "t_idle", "set local idle_in_transaction_session_timeout = 100" },
    [NOTHING] = { "t_nothing", "update thing set text = text where false" },
    [ONLY_LOOKS] = { "t_looks", "select id from thing where text <> 'x' order by id" },
    [LOCKS] = { "t_locks", "select id from thing for update" },
    [LOCKS_LESS] = { "t_locks_less", "select id from thing for no key update" },
    [BY_WITH] = { "t_with", "with gone as (delete from thing where id = -1 returning id) select count(*) as n from gone" },
    [TAKES_OUT] = { "t_out", "DELETE FROM thing where id < 0" },
    [NAMES_LIKE] = { "t_names", "select 1 as inserted, 2 as updates, 3 as deleted_at from thing limit 0" },
    [BROKEN_UNIQUE] = { "t_unique", "insert into thing (id, text) select id, 'secret value' from thing limit 1" },
    [BROKEN_CHECK] = { "t_check", "insert into thing (id, text) values (99, 'forbidden')" },
    [DEADLOCK_CODE] = { "t_raise", "select raise_as ($1)" },
    [MANY_ROWS] = { "t_many", "select n, repeat ('x', 1000) as text from generate_series (1, $1::int) n" },
};
enum { COUNT = sizeof statements / sizeof *statements };

static struct db *db;
static struct error err;
static struct arena arena;

static int run (int statement, const struct db_args *args, db_rows **rows)
{
    err = (struct error) { 0 };
    return db_run (db, &statements[statement], args ? args : &(struct db_args) { 0 }, rows, &err);
}

static int queue_thing (int64_t id, const char *text)
{
    struct db_args args = { 0 };

    db_number (&args, id);
    db_text (&args, text);
    return db_queue (db, &statements[ADD_THING], &args, &err);
}

static int64_t things (void)
{
    DB_ROWS (rows);

    return run (COUNT_THINGS, NULL, &rows) == 0 ? db_get_number (rows, 0, "n") : -1;
}

/* ---- values ------------------------------------------------------------------------------------------------------------------------ */

static const char *const odd_texts[] = { "",
                                         " ",
                                         "NULL",
                                         "null",
                                         "{}",
                                         "a,b",
                                         "\"",
                                         "\\",
                                         "\\\\\"",
                                         "{\"a\"}",
                                         "'; drop table thing; --",
                                         "$1",
                                         "髙橋 花子",
                                         "𠮷",
                                         "line\nline\r\ttab",
                                         "\\N",
                                         "\\x41",
                                         "%s%n",
                                         "\x01\x7f" };
enum { ODD_COUNT = sizeof odd_texts / sizeof *odd_texts };

static void texts_and_lists (void)
{
    struct db_args args = { 0 };
    struct text_list list;
    int wrong = 0;
    DB_ROWS (rows);

    for (int i = 0; i < ODD_COUNT; i++) {
        args = (struct db_args) { 0 };
        db_text (&args, odd_texts[i]);
        wrong += run (ECHO_TEXT, &args, &rows) < 0 || strcmp (db_get_text (rows, 0, "value"), odd_texts[i]) != 0;
    }
    is_number (wrong, 0, "every odd text comes back as it went");
    args = (struct db_args) { 0 };
    db_text (&args, NULL);
    run (ECHO_TEXT, &args, &rows);
    ok (db_get_flag (rows, 0, "missing") && !db_get_text (rows, 0, "value") && db_is_null (rows, 0, "value"), "no text is NULL, and back");
    args = (struct db_args) { 0 };
    db_text_list (&args, &arena, (struct text_list) { odd_texts, ODD_COUNT });
    db_number_list (&args, &arena, (struct i64_list) { (const int64_t[]) { INT64_MIN, -1, 0, INT64_MAX }, 4 });
    is_number (run (ECHO_LIST, &args, &rows), 0, "all of them go as one list");
    list = db_copy_text_list (rows, 0, "list", &arena);
    for (size_t i = 0; i < list.count && i < ODD_COUNT; i++)
        wrong += strcmp (list.items[i], odd_texts[i]) != 0;
    ok (list.count == ODD_COUNT && wrong == 0, "...and come back one by one");
    list = db_copy_text_list (rows, 0, "numbers", &arena);
    ok (list.count == 4 && strcmp (list.items[0], "-9223372036854775808") == 0 && strcmp (list.items[3], "9223372036854775807") == 0,
        "the least and the largest number in a list too");
    args = (struct db_args) { 0 };
    db_text_list (&args, &arena, (struct text_list) { NULL, 0 });
    db_number_list (&args, &arena, (struct i64_list) { NULL, 0 });
    run (ECHO_LIST, &args, &rows);
    list = db_copy_text_list (rows, 0, "list", &arena);
    ok (list.count == 0 && list.items && db_get_number (rows, 0, "size") == 0, "an empty list is empty, not NULL");
}

static void bytes_and_numbers (void)
{
    unsigned char all[256];
    struct db_args args = { 0 };
    struct bytes back;
    DB_ROWS (rows);

    for (int i = 0; i < 256; i++)
        all[i] = (unsigned char) i;
    db_bytes (&args, (struct bytes) { all, sizeof all });
    run (ECHO_BYTES, &args, &rows);
    back = db_copy_bytes (rows, 0, "value", &arena);
    ok (back.size == 256 && memcmp (back.data, all, 256) == 0, "all 256 bytes come back");
    args = (struct db_args) { 0 };
    db_bytes (&args, (struct bytes) { all, 0 });
    run (ECHO_BYTES, &args, &rows);
    back = db_copy_bytes (rows, 0, "value", &arena);
    ok (back.data && back.size == 0 && !db_is_null (rows, 0, "value"), "no bytes are bytes");
    args = (struct db_args) { 0 };
    db_bytes (&args, (struct bytes) { NULL, 0 });
    run (ECHO_BYTES, &args, &rows);
    ok (db_is_null (rows, 0, "value") && !db_copy_bytes (rows, 0, "value", &arena).data, "absent bytes are NULL, and back");
    args = (struct db_args) { 0 };
    db_number (&args, INT64_MIN);
    db_optional (&args, false, 7);
    db_flag (&args, true);
    run (ECHO_NUMBER, &args, &rows);
    ok (db_get_number (rows, 0, "value") == INT64_MIN && db_is_null (rows, 0, "other") && db_get_flag (rows, 0, "yes"),
        "the least number, no number, and yes");
    is_number (db_get_number (rows, 0, "other"), 0, "NULL counts as 0");
}

/* ---- what counts as a write -------------------------------------------------------------------------------------------------------- */

static void writes_are_told_from_reads (void)
{
    static const struct { int statement; bool writes; const char *name;
    } rows_[] = {
        { ONLY_LOOKS, false, "select writes nothing" },
        { LOCKS, false, "nor does for update" },
        { LOCKS_LESS, false, "nor for no key update" },
        { NAMES_LIKE, false, "nor columns called inserted or updates" },
        { NOTHING, true, "update writes, though no row is met" },
        { BY_WITH, true, "so does a delete inside of with" },
        { TAKES_OUT, true, "and one in capitals" },
    };
    DB_ROWS (rows);

    for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
        db_mark (db);
        run (rows_[i].statement, NULL, &rows);
        ok (db_wrote (db) == rows_[i].writes, rows_[i].name);
    }
}

/* ---- the pipeline ------------------------------------------------------------------------------------------------------------------ */

static void a_queued_failure_is_told_once_and_late (void)
{
    DB_ROWS (rows);

    db_begin (db, &err);
    db_tag (db, 1);
    ok (queue_thing (1, "one") == 0, "a write is sent");
    db_tag (db, 2);
    ok (queue_thing (1, "again") == 0, "a second that must fail is sent too: nobody waits");
    db_tag (db, 3);
    ok (queue_thing (3, "three") == 0, "...and a third behind it");
    is_number (db_commit (db, &err), -1, "the commit fails");
    is_number (err.key, ERROR_ALREADY_THERE, "...with the failure of the second");
    is_number (db_failed_tag (db), 2, "...whose place is known");
    ok (queue_thing (4, "four") < 0 && err.key == ERROR_ALREADY_THERE, "nothing more is sent, with the same reason");
    is_number (run (COUNT_THINGS, NULL, &rows), -1, "...nor read");
    is_number (db_flush (db, &err), -1, "...nor waited for");
    db_rollback (db);
    is_number (things (), 0, "after the rollback there is nothing");
    db_rollback (db);
    is_number (things (), 0, "a second rollback is nobody's harm");
}

static int change (int64_t id, int rows, enum error_key otherwise)
{
    struct db_args args = { 0 };

    db_number (&args, id);
    db_text (&args, "changed");
    return db_queue_expect (db, &statements[CHANGE_THING], &args, rows, otherwise, &err);
}

static void expectations (void)
{
    int64_t number = -7;
    struct db_args args = { 0 };

    db_begin (db, &err);
    queue_thing (1, "one");
    change (1, 1, ERROR_MOVED_ON);
    is_number (db_commit (db, &err), 0, "an update that meets its row is fine");
    db_begin (db, &err);
    queue_thing (2, "two");
    change (7, 1, ERROR_MOVED_ON);
    is_number (db_flush (db, &err), -1, "one that meets none fails");
    is_number (err.key, ERROR_MOVED_ON, "...with the key it was given");
    is_number (db_commit (db, &err), -1, "...and cannot be committed over");
    db_rollback (db);
    is_number (things (), 1, "...so that what went before it is gone");
    db_begin (db, &err);
    queue_thing (2, "two");
    change (7, 1, ERROR_MOVED_ON);
    queue_thing (3, "three");
    is_number (db_commit (db, &err), -1, "I2: a commit right behind a write that touched nothing fails");
    is_number (err.key, ERROR_MOVED_ON, "...with the key it was given");
    db_rollback (db);
    is_number (things (), 1, "I2: ...and neither what went before it nor what came after it stays");
    db_begin (db, &err);
    change (7, 0, ERROR_ALREADY_THERE);
    is_number (db_commit (db, &err), 0, "none may be what is expected");
    db_begin (db, &err);
    db_number (&args, 1);
    db_text (&args, "x");
    db_queue_number (db, &statements[CHANGE_THING], &args, "id", &number, &err);
    args = (struct db_args) { 0 };
    db_number (&args, 5);
    db_text (&args, "five");
    db_queue_number (db, &statements[ADD_THING], &args, "id", &number, &err);
    is_number (number, -7, "a number of the first row is not there yet");
    is_number (db_commit (db, &err), 0, "...until it is waited for");
    is_number (number, 5, "...then it is");
}

static int sure (int statement, int64_t id)
{
    struct db_args args = { 0 };

    db_number (&args, id);
    db_text (&args, "sure");
    return db_queue_sure (db, &statements[statement], &args, ERROR_MOVED_ON, &err);
}

static void what_fails_by_itself_needs_no_wait (void)
{
    static const struct { int statement; int64_t id; const char *name; } refused[] = {
        { CHANGE_ONE, 7, "I2: a write that meets no row takes the COMMIT in its own pipeline down with it" },
        { ADD_THING, 5, "I2: ...and so does one whose key is there already" },
    };
    int64_t before = things ();
    DB_ROWS (rows);

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        db_begin (db, &err);
        queue_thing (20, "twenty");
        sure (refused[i].statement, refused[i].id);
        queue_thing (21, "twenty-one");
        is_number (db_commit (db, &err), -1, refused[i].name);
        is_number (err.key, ERROR_MOVED_ON, "...with the key it was given");
        db_rollback (db);
        is_number (things (), before, "I2: ...and neither what went before it nor what came after it stays");
    }
    db_begin (db, &err);
    sure (ADD_THING, -22);
    sure (CHANGE_ONE, -22);
    is_number (db_commit (db, &err), 0, "one that meets its row is committed");
    is_number (things (), before + 1, "...and stays");
    run (TAKES_OUT, NULL, &rows);
}

static void errors_have_keys_and_no_values (void)
{
    static const struct { const char *sqlstate; enum error_key key; } codes[] = {
        { "40001", ERROR_TRY_LATER }, { "40P01", ERROR_TRY_LATER }, { "55P03", ERROR_TRY_LATER }, { "53100", ERROR_TRY_LATER },
        { "53300", ERROR_TRY_LATER }, { "57014", ERROR_TRY_LATER }, { "58030", ERROR_TRY_LATER }, { "08006", ERROR_TRY_LATER },
        { "23502", ERROR_MALFORMED }, { "23505", ERROR_ALREADY_THERE }, { "22001", ERROR_MALFORMED }, { "42501", ERROR_NOT_FOR_YOU },
        { "42P01", ERROR_BUG }, { "P0001", ERROR_BUG }, { "XX000", ERROR_BUG },
    };
    DB_ROWS (rows);

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct db_args args = { 0 };

        db_text (&args, codes[i].sqlstate);
        ok (run (DEADLOCK_CODE, &args, &rows) < 0 && err.key == codes[i].key && strcmp (err.sqlstate, codes[i].sqlstate) == 0,
            codes[i].sqlstate);
    }
    run (BROKEN_UNIQUE, NULL, &rows);
    ok (err.key == ERROR_ALREADY_THERE && !strstr (err.detail, "secret"), "a broken key names no value");
    run (BROKEN_CHECK, NULL, &rows);
    ok (err.key == ERROR_MALFORMED && !strstr (err.detail, "forbidden"), "nor does a broken check");
    ok (strstr (err.detail, "t_check") && strstr (err.detail, "23514"), "...but statement and SQLSTATE");
    is_number (things (), 2, "outside of a transaction the next statement goes on");
}

static void many_rows (void)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_number (&args, 20000);
    is_number (run (MANY_ROWS, &args, &rows), 0, "twenty thousand rows of a kilobyte come");
    is_number (db_count (rows), 20000, "...all");
    is_number (db_get_number (rows, 19999, "n"), 20000, "...to the last");
    db_begin (db, &err);
    for (int64_t i = 1000; i < 6000; i++)
        if (queue_thing (i, "many") < 0)
            break;
    is_number (db_commit (db, &err), 0, "five thousand writes go in one pipeline, without a deadlock of buffers");
    is_number (things (), 5002, "...and stand there");
}

/* ---- COPY -------------------------------------------------------------------------------------------------------------------------- */

static int copy_things (const char *const (*lines)[2], int count)
{
    if (db_begin (db, &err) < 0 || db_copy_begin (db, "copy thing (id, text) from stdin", &err) < 0)
        return -1;
    for (int i = 0; i < count; i++)
        if (db_copy_line (db, lines[i], 2, &err) < 0)
            return -1;
    return db_copy_end (db, &err);
}

static void copying (struct harness *harness)
{
    const char *lines[ODD_COUNT + 1][2];
    char numbers[ODD_COUNT + 1][16];
    const char *const bad[][2] = { { "201", "fine" }, { "no number", "x" }, { "203", "never" } };
    const char *const twice[][2] = { { "1", "taken" } };
    int wrong = 0;

    harness_sql (harness, "truncate thing");
    for (int i = 0; i <= ODD_COUNT; i++) {
        snprintf (numbers[i], sizeof numbers[i], "%d", i + 1);
        lines[i][0] = numbers[i];
        lines[i][1] = i < ODD_COUNT ? odd_texts[i] : NULL;
    }
    is_number (copy_things (lines, ODD_COUNT + 1), 0, "lines are copied");
    ok (db_wrote (db), "...which counts as a write");
    is_number (queue_thing (100, "behind"), 0, "...the pipeline goes on behind them, in the same transaction");
    is_number (db_commit (db, &err), 0, "...and all is committed");
    for (int i = 0; i < ODD_COUNT; i++)
        wrong += strcmp (harness_text (harness, "select text from thing where id = %d", i + 1), odd_texts[i]) != 0;
    is_number (wrong, 0, "tabs, backslashes, line ends and \\N come through as they are");
    ok (harness_text (harness, "select text from thing where id = %d", ODD_COUNT + 1) == NULL, "no value is NULL");
    is_number (copy_things (bad, 3), -1, "a line that does not fit fails the copy");
    is_number (err.key, ERROR_MALFORMED, "...as malformed");
    ok (!strstr (err.detail, "no number"), "...without the value");
    is_number (db_commit (db, &err), -1, "it cannot be committed");
    db_rollback (db);
    is_number (copy_things (twice, 1), -1, "a key that is taken fails it too");
    db_rollback (db);
    is_number (db_begin (db, &err), 0, "a new transaction");
    is_number (db_copy_begin (db, "copy nothing (id) from stdin", &err), -1, "a table that is not there is told at once");
    ok (queue_thing (300, "x") < 0, "...and nothing goes on");
    db_rollback (db);
    is_number (things (), ODD_COUNT + 2, "what failed left nothing");
    db_begin (db, &err);
    queue_thing (1, "fails behind the back of the copy");
    is_number (db_copy_begin (db, "copy thing (id, text) from stdin", &err), -1, "a copy does not begin behind a queued failure");
    db_rollback (db);
    is_number (things (), ODD_COUNT + 2, "...and the connection is in order again");
}

/* ---- losing the connection --------------------------------------------------------------------------------------------------------- */

static int64_t pid (void)
{
    DB_ROWS (rows);

    return run (PID, NULL, &rows) == 0 ? db_get_number (rows, 0, "pid") : -1;
}

static void kill_backend (struct harness *harness, int64_t backend)
{
    harness_sql (harness, "select pg_terminate_backend (%lld, 5000)", (long long) backend);
}

static void lost_while_idle (struct harness *harness)
{
    int64_t before = pid ();

    kill_backend (harness, before);
    is_number (things (), -1, "a statement after the connection was cut fails");
    ok (err.key == ERROR_TRY_LATER && (err.connection_lost || !db_is_open (db)), "...as a lost connection");
    is_number (db_begin (db, &err), 0, "the next transaction opens a new one");
    db_rollback (db);
    ok (pid () != before && things () >= 0, "...with every statement prepared");
    kill_backend (harness, pid ());
    is_number (db_begin (db, &err), 0, "begin itself is only sent");
    is_number (db_commit (db, &err), -1, "...so that the commit finds out");
    ok (err.connection_lost && err.key == ERROR_TRY_LATER, "...and says so: the server had left before it came to the commit");
    db_rollback (db);
    ok (!db_is_open (db) && db_reopen (db, &err) == 0, "it can be opened again");
}

static void lost_inside_a_transaction (struct harness *harness)
{
    int64_t before = things ();
    DB_ROWS (rows);

    db_begin (db, &err);
    queue_thing (400, "never");
    run (PID, NULL, &rows);
    kill_backend (harness, db_get_number (rows, 0, "pid"));
    db_clear (&rows);
    ok (queue_thing (401, "never") < 0 || db_flush (db, &err) < 0, "a write after the cut fails");
    is_number (err.key, ERROR_TRY_LATER, "...before the commit nothing can have happened: try later");
    db_rollback (db);
    is_number (db_reopen (db, &err), 0, "a new connection");
    is_number (things (), before, "...finds nothing of it");
    db_begin (db, &err);
    queue_thing (402, "perhaps");
    run (PID, NULL, &rows);
    kill_backend (harness, db_get_number (rows, 0, "pid"));
    is_number (db_commit (db, &err), -1, "a cut before the commit's answer");
    ok (err.connection_lost && (err.key == ERROR_OUTCOME_UNKNOWN || strcmp (err.sqlstate, "57P01") == 0),
        "...is an unknown outcome, unless the server said that it left before");
    db_rollback (db);
    db_reopen (db, &err);
}

static void lost_in_a_copy (struct harness *harness)
{
    const char *const line[2] = { "500", "never" };
    int sent = 0, status = 0;

    db_begin (db, &err);
    db_copy_begin (db, "copy thing (id, text) from stdin", &err);
    harness_sql (harness, "select pg_terminate_backend (pid, 5000) from pg_stat_activity where query like 'copy thing%%'");
    while (sent < 200000 && (status = db_copy_line (db, line, 2, &err)) == 0)
        sent++;
    if (status == 0)
        status = db_copy_end (db, &err);
    is_number (status, -1, "a copy whose connection is cut fails");
    is_number (err.key, ERROR_TRY_LATER, "...as try later");
    db_rollback (db);
    is_number (db_reopen (db, &err), 0, "a new connection is in order");
    is_number (harness_number (harness, "select count(*) from thing where id = 500"), 0, "...and nothing was copied");
}

static void the_server_ends_what_takes_long (void)
{
    struct db_args args = { 0 };
    int64_t begun = clock_monotonic_us ();
    DB_ROWS (rows);

    db_begin (db, &err);
    run (SHORT, NULL, &rows);
    db_number (&args, 30);
    is_number (run (SLEEP, &args, &rows), -1, "a statement over its time is ended");
    ok (strcmp (err.sqlstate, "57014") == 0 && err.key == ERROR_TRY_LATER && !err.connection_lost, "...as try later, the connection stays");
    ok (clock_monotonic_us () - begun < 5 * SECOND_US, "...at once");
    db_rollback (db);
    ok (things () >= 0, "...and goes on");
    db_begin (db, &err);
    run (IDLE, NULL, &rows);
    usleep (400000);
    is_number (db_commit (db, &err), -1, "a transaction that idles too long is ended by the server");
    ok (err.connection_lost && (err.key == ERROR_OUTCOME_UNKNOWN || strcmp (err.sqlstate, "25P03") == 0),
        "...and is not told as committed");
    db_rollback (db);
    is_number (db_reopen (db, &err), 0, "a new connection");
}

/* ---- opening ----------------------------------------------------------------------------------------------------------------------- */

static void what_does_not_fit_is_not_opened (struct harness *harness)
{
    static const struct db_statement wrong[] = { { "w_fine", "select 1" },
                                                 { "w_wrong", "select nothing from nowhere" },
                                                 { "w_behind", "select 2" } };
    const char *conninfo = arena_print (&arena, "%s user=renkei_probe", getenv ("RENKEI_TEST_DATABASE"));
    struct db *other = db_open (conninfo, &err);

    ok (other && db_prepare (other, wrong, 3, &err) < 0 && strstr (err.detail, "w_wrong"),
        "a statement that does not fit the schema is named at start");
    is_number (db_prepare (other, statements, COUNT, &err), 0, "...the connection is in order afterwards");
    is_number (db_prepare (other, statements, COUNT, &err), 0, "...a list may be given twice");
    is_number (db_reopen (other, &err), 0, "...and only what was prepared is prepared again");
    db_close (&other);
    ok (!other, "a closed connection is forgotten");
    db_close (&other);
    harness_sql (harness, "alter role renkei_probe set timezone = 'Asia/Tokyo'");
    ok (!db_open (conninfo, &err) && strstr (err.detail, "Asia/Tokyo"), "a session that is not in UTC is refused, with its zone");
    harness_sql (harness, "alter role renkei_probe reset timezone");
    ok (!db_open ("host=/nonexistent dbname=x", &err) && err.key == ERROR_TRY_LATER && !strchr (err.detail, '\n'),
        "no server: one line says why");
    ok (!db_open (arena_print (&arena, "%s user=nobody_of_that_name", getenv ("RENKEI_TEST_DATABASE")), &err), "no role, no connection");
}

int main (void)
{
    struct harness *harness = probe_open ();

    harness_sql (harness,
                 "create table thing (id bigint primary key, text text check (text <> 'forbidden')); grant all on thing to renkei_probe");
    harness_sql (
        harness,
        "create function raise_as (state text) returns int language plpgsql as $$ begin raise exception 'x' using errcode = state; end $$");
    harness_sql (harness, "grant execute on function raise_as (text) to public");
    db = harness_batch (harness)->db;
    if (db_prepare (db, statements, COUNT, &err) < 0)
        printf ("Bail out! %s\n", err.detail);
    texts_and_lists ();
    bytes_and_numbers ();
    writes_are_told_from_reads ();
    a_queued_failure_is_told_once_and_late ();
    expectations ();
    what_fails_by_itself_needs_no_wait ();
    errors_have_keys_and_no_values ();
    many_rows ();
    copying (harness);
    lost_while_idle (harness);
    lost_inside_a_transaction (harness);
    lost_in_a_copy (harness);
    the_server_ends_what_takes_long ();
    what_does_not_fit_is_not_opened (harness);
    arena_done (&arena);
    harness_close (&harness);
    return done ();
}
