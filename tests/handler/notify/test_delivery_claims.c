/* Messages to the outside as rows: who claims what in which order, results that come late, contacts that have gone meanwhile, giving up,
 * holding and releasing for every municipality.  Nothing is sent here: claims and results are called as the sender calls them. */
#include "region.h"
#include "sender.h"

static struct db *db;
static struct error err;

static void open_engine (void)
{
    static char conninfo[400];
    size_t count = 0;

    snprintf (conninfo, sizeof conninfo, "%s user=renkei_notify_engine", getenv ("RENKEI_TEST_DATABASE"));
    while (sender_statements[count].name)
        count++;
    db = db_open (conninfo, &err);
    if (!db || db_prepare (db, sender_statements, count, &err) < 0) {
        printf ("Bail out! %s\n", err.detail);
        exit (1);
    }
}

static struct claims claim (struct arena *arena, int64_t most)
{
    const struct wish wish = { LANE_E0, LANE_NEWS, most, { 0, most, most, most, most, most, most, most } };
    struct claims claims = { 0 };

    if (db_begin (db, &err) < 0 || delivery_claim (db, arena, &wish, &claims, &err) < 0 || db_commit (db, &err) < 0)
        note ("claim: %s %s", error_name_of (&err), err.detail);
    return claims;
}

static void result (const struct claimed *claimed, enum sent sent, int64_t retry, const char *error)
{
    const struct result result = { .sent = sent, .retry_seconds = retry, .words = error, .adapter = "mail" };

    if (db_begin (db, &err) < 0 || delivery_result (db, claimed, &result, &err) < 0 || db_commit (db, &err) < 0)
        note ("result: %s %s", error_name_of (&err), err.detail);
}

/* "state attempts" of one message. */
static const char *now_is (struct region *region, const char *delivery_id)
{
    return harness_text (region->harness, "select state || ' ' || attempts from delivery where delivery_id = '%s'", delivery_id);
}

static void empty (struct region *region)
{
    harness_empty (region->harness, "delivery, delivery_attempt, contact_trouble, alert");
}

static void plant (struct region *region, const char *id, const char *town, bool asks, int kind, int seconds)
{
    harness_sql (region->harness,
                 "insert into delivery (municipality, delivery_id, asks, kind, address, subject, text, state, next_at, created_at, lane)"
                 " values ('%s', '%s', %s, %d, 'x@example.invalid', 's', 't', 1, guard.now () + interval '%d seconds', guard.now (), %d)",
                 town, id, asks ? "true" : "false", kind, seconds, asks ? LANE_ASKS : LANE_INFORMS);
}

/* ---- claiming ------------------------------------------------------------------------------------------------------------------------ */

static void test_order (struct region *region)
{
    struct claims claims;
    ARENA (arena);

    empty (region);
    plant (region, ID ("a1"), TOWN, false, 2, -500);
    plant (region, ID ("a2"), TOWN, true, 2, -5);
    plant (region, ID ("a3"), TOWN, true, 4, -50);
    plant (region, ID ("a4"), ELSEWHERE, false, 3, -1);
    plant (region, ID ("a5"), TOWN, true, 2, 100);
    claims = claim (&arena, 1);
    ok (claims.count == 1 && strcmp (claims.items[0].delivery_id, ID ("a3")) == 0,
        "N-11 what asks goes before what informs, the oldest first");
    claims = claim (&arena, 10);
    ok (claims.count == 3 && strcmp (claims.items[0].delivery_id, ID ("a2")) == 0 && strcmp (claims.items[1].delivery_id, ID ("a1")) == 0,
        "N-11 ...then the rest, of every municipality");
    is_number ((int64_t) claim (&arena, 10).count, 0, "what is claimed is not claimed again, what is not due not at all");
    is (now_is (region, ID ("a5")), "1 0", "...and stays as it was");
    is_number (claims.items[0].attempts, 1, "a claim knows which attempt it is");
}

static void test_results (struct region *region)
{
    static const struct { enum sent sent; const char *wanted; bool is_done, has_words; const char *says; } rows[] = {
        { SENT_DELIVERED, "3 1", true, false, "delivered" }, { SENT_TEMPORARY, "1 1", false, true, "to be tried again" },
        { SENT_PERMANENT, "4 1", true, true, "given up" }, { SENT_CANCELLED, "5 1", true, false, "cancelled" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct claims claims;
        char name[120];
        ARENA (arena);

        empty (region);
        plant (region, ID ("b1"), TOWN, false, 2, -1);
        claims = claim (&arena, 1);
        result (&claims.items[0], rows[i].sent, 60, rows[i].has_words ? "つながりません" : NULL);
        snprintf (name, sizeof name, "a message that was sent is %s", rows[i].says);
        is (now_is (region, ID ("b1")), rows[i].wanted, name);
        is_number (number (region, "select (done_at is not null)::int from delivery"), rows[i].is_done,
                   "...with the time when it ended, if it did");
        is_number (number (region, "select (claimed_until is null)::int from delivery"), 1, "...and nobody's any more");
        is_number (number (region, "select (last_error is not null)::int from delivery"), rows[i].has_words,
                   "...with words when there are any");
        result (&claims.items[0], SENT_DELIVERED, 0, NULL);
        is (now_is (region, ID ("b1")), rows[i].wanted, "the same result a second time changes nothing");
    }
}

/* N-50: a sender that was thought dead comes back with its result; the next has the message already. */
static void test_late_result (struct region *region)
{
    struct claims first, second;
    ARENA (arena);

    empty (region);
    plant (region, ID ("c1"), TOWN, true, 2, -1);
    first = claim (&arena, 1);
    harness_sql (region->harness, "update delivery set claimed_until = guard.real_now () - interval '1 second'");
    second = claim (&arena, 1);
    ok (second.count == 1 && second.items[0].attempts == 2, "N-50 after its half minute a claim is free for the next sender");
    result (&first.items[0], SENT_PERMANENT, 0, "遅れた結果");
    is (now_is (region, ID ("c1")), "2 2", "N-55 what the first one says then does not count");
    result (&second.items[0], SENT_DELIVERED, 0, NULL);
    is (now_is (region, ID ("c1")), "3 2", "...what the second one says does");
    result (&first.items[0], SENT_TEMPORARY, 0, "まだ遅い");
    is (now_is (region, ID ("c1")), "3 2", "N-55 ...and a delivered message never goes back");
}

/* The decision clock runs ahead (a test, a drill): claims go by the real one. */
static void test_clock (struct region *region)
{
    ARENA (arena);

    empty (region);
    plant (region, ID ("c2"), TOWN, true, 2, -1);
    claim (&arena, 1);
    forward (region, 86400);
    is_number ((int64_t) claim (&arena, 1).count, 0, "a day of the decision clock frees no claim that is being sent at this moment");
}

/* ---- contacts that go ---------------------------------------------------------------------------------------------------------------- */

static void test_gone (struct region *region)
{
    struct claims claims;
    int without = 0;
    ARENA (arena);

    empty (region);
    report (region, ALERT ("01"));
    HEAR (region, "registry", contact_point_changed, ID ("61"), NULL, .contact_point_id = ID ("61"), .person_id = DOCTOR,
          .kind = CONTACT_KIND_EMAIL, .address = "");
    claims = claim (&arena, 20);
    for (size_t i = 0; i < claims.count; i++)
        without += claims.items[i].person_id && strcmp (claims.items[i].person_id, DOCTOR) == 0
                   && claims.items[i].kind == CONTACT_KIND_EMAIL && !claims.items[i].address;
    is_number (without, 1, "an address that was taken away meanwhile is not written to: it is read when the message is sent");
    add_contact (region, ID ("61"), DOCTOR, CONTACT_KIND_EMAIL, "doctor@example.invalid");
    is_number (number (region, "select count(*) from delivery where address is not null and kind = 2"), 0,
               "...and stands in no row of messages");
}

static void test_informing_gives_up (struct region *region)
{
    const struct sender_settings nowhere = {
        .smtp_url = "smtp://127.0.0.1:1", .mail_from = "r@example.invalid", .voice_url = "", .webhook_allow = ""
    };
    size_t claimed;

    empty (region);
    plant (region, ID ("d1"), TOWN, false, 2, -1);
    plant (region, ID ("d2"), TOWN, true, 2, -1);
    harness_sql (region->harness, "update delivery set created_at = guard.now () - interval '72 hours', attempts = 7");
    for (int i = 0; i < 2; i++)
        if (sender_round (db, &nowhere, &claimed, &err) < 0)
            note ("%s", err.detail);
    is (now_is (region, ID ("d1")), "9 8", "X-02 what informs is given up after three days, and says so");
    is (now_is (region, ID ("d2")), "5 8", "what asks for an alert that needs no answer any more is called off, not given up");
    report (region, ALERT ("02"));
    harness_sql (region->harness,
                 "update delivery set attempts = 500, kind = 2, address = 'x@example.invalid' where alert_id = '" ALERT ("02") "'");
    harness_sql (region->harness, "delete from delivery where alert_id = '" ALERT ("02") "' and not asks");
    for (int i = 0; i < 3; i++)
        if (sender_round (db, &nowhere, &claimed, &err) < 0)
            note ("%s", err.detail);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("02") "' and state = 1 and attempts = 501"), 2,
               "what asks for an open alert is tried for ever");
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT (
                                   "02") "' and next_at > guard.now () + interval '14 minutes'"
                                         " and next_at < guard.now () + interval '16 minutes'"),
               2, "...every quarter of an hour");
}

/* ---- what is not set up -------------------------------------------------------------------------------------------------------------- */

static void test_not_set_up (struct region *region)
{
    static const struct { int kind; const char *words; } rows[] = {
        { CONTACT_KIND_EMAIL, "この連絡手段は設定されていません" }, { CONTACT_KIND_VOICE, "この連絡手段は設定されていません" },
        { CONTACT_KIND_SMS, "この連絡手段は設定されていません" }, { CONTACT_KIND_WEBHOOK, "送信先が許可されていません" } };
    const struct sender_settings none = { .smtp_url = "", .mail_from = "", .voice_url = "", .webhook_allow = "" };
    size_t claimed;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ARENA (arena);

        empty (region);
        plant (region, ID ("e1"), TOWN, false, rows[i].kind, -1);
        if (sender_round (db, &none, &claimed, &err) < 0)
            note ("%s", err.detail);
        is (text (region, "select state || ' ' || last_error from delivery"), arena_print (&arena, "4 %s", rows[i].words),
            "a way that is not set up is given up in words");
    }
}

/* ---- holding and releasing ----------------------------------------------------------------------------------------------------------- */

static void as_operator_of (struct region *region, const char *town)
{
    act_as (region, ROTA_CLERK, ROTA_OFFICE, town, ROLE_BIT (ROLE_OPERATOR));
}

static bool may_leave (void)
{
    bool may = false;

    if (db_begin (db, &err) < 0 || delivery_may_leave (db, &may, &err) < 0 || db_commit (db, &err) < 0)
        note ("%s", err.detail);
    return may;
}

static void test_release (struct region *region)
{
    struct outbound_release discard = { .has_discard_older_than = true };

    empty (region);
    plant (region, ID ("f1"), TOWN, true, 2, -1);
    plant (region, ID ("f2"), ELSEWHERE, true, 2, -1);
    harness_sql (region->harness, "select outbound_hold ()");
    ok (!may_leave (), "held: nothing leaves");
    plant (region, ID ("f3"), ELSEWHERE, true, 2, -1);
    harness_sql (region->harness, "update delivery set created_at = guard.now () + interval '1 hour' where delivery_id = '" ID ("f3") "'");
    discard.discard_older_than = harness_now (region->harness) + 60LL * SECOND_US;
    as_operator_of (region, TOWN);
    is (refused (region, "outbound_release", &discard), "accepted", "an operator of one municipality releases the region");
    ok (may_leave (), "...then messages leave");
    is (now_is (region, ID ("f1")), "5 0", "old ones of his municipality are discarded");
    is (now_is (region, ID ("f2")), "5 0", "...and those of every other: nobody is called for an emergency of before the restore");
    is (now_is (region, ID ("f3")), "1 0", "...what came later is sent");
    is (text (region, "select released_by::text from outbound"), ROTA_CLERK, "...and it is known who released them");
    is (refused (region, "outbound_release", &discard), "accepted", "releasing again changes nothing");
    is (now_is (region, ID ("f3")), "1 0", "...nor discards what is newer");
}

static void test_release_roles (struct region *region)
{
    static const enum role may[] = { ROLE_OPERATOR, ROLE_ADMINISTRATOR };
    int wrong = 0;

    for (int role = 1; role <= 24; role++) {
        const char *said;

        act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (role));
        said = refused (region, "outbound_release", &(struct outbound_release) { 0 });
        wrong += (strcmp (said, "accepted") == 0) != (role == (int) may[0] || role == (int) may[1]);
    }
    is_number (wrong, 0, "operators and administrators release, nobody else does");
}

static void test_hold_survives (struct region *region)
{
    harness_sql (region->harness, "select outbound_let_go (null)");
    ok (may_leave (), "in the released cluster messages leave");
    harness_sql (region->harness, "update outbound set system_identifier = 42");
    ok (!may_leave () && !may_leave (), "in another one they do not, and it stays so");
    harness_sql (region->harness, "update outbound set system_identifier = (select system_identifier from pg_control_system ())");
    ok (!may_leave (), "...even when the cluster is the old one again: a person releases, nothing else");
    harness_sql (region->harness, "select outbound_let_go (null)");
}

/* ---- the list ------------------------------------------------------------------------------------------------------------------------ */

static void test_list (struct region *region)
{
    struct delivery_list_answer list;

    empty (region);
    plant (region, ID ("71"), TOWN, true, 2, -1);
    plant (region, ID ("72"), ELSEWHERE, true, 2, -1);
    as_administrator (region);
    is_number (call (region, "delivery_list", &(struct delivery_list) { 0 }, &list), 0, "an administrator lists messages");
    ok (list.deliveries.count == 1 && strcmp (list.deliveries.items[0].delivery_id, ID ("71")) == 0, "...of the own municipality only");
    is_number (harness_sees (region->harness, "select count(*) from delivery"), 1, "S-20 ...at database level too");
    is_number (
        harness_sees (
            region->harness,
            "select count(*) from information_schema.column_privileges where grantee = 'renkei_notify'"
            " and table_schema = 'notify' and (table_name, column_name) in (('subscription', 'secret'), ('contact_point', 'address'))"
            " and privilege_type = 'SELECT'"),
        0, "the service's own role reads no secret of a partner and no address of a person");
}

int main (void)
{
    struct region *region = region_open ();

    open_engine ();
    test_order (region);
    test_results (region);
    test_late_result (region);
    test_clock (region);
    test_gone (region);
    test_informing_gives_up (region);
    test_not_set_up (region);
    test_release (region);
    test_release_roles (region);
    test_hold_survives (region);
    test_list (region);
    db_close (&db);
    harness_close (&region->harness);
    return done ();
}
