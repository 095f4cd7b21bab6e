/* Messages and adapters in all their moods: failover, next channel, receipts, calls made again, lanes, order, and a sender that dies. */
#include "fake_adapter.h"
#include "receipt_rules.h"

#define ASKED "alert_id = '" ALERT ("01") "' and asks"

static void begin (struct region *region)
{
    harness_empty (region->harness, "delivery, delivery_attempt, contact_trouble, alert, feed, feed_head");
    memset (fakes, 0, sizeof fakes);
    fake_adapters = (struct adapters) { 0 };
}

static bool receipt (struct region *region, const char *provider_id, enum receipt_kind kind, int64_t sequence)
{
    const struct receipt message = { .adapter = "voice", .provider_id = provider_id, .kind = (int) kind, .has_sequence = sequence > 0,
                                     .sequence = sequence };
    bool known = false;
    ARENA (arena);

    if (db_begin (fake_db, &region->err) < 0 || delivery_receipt (fake_db, &arena, &message, &known, &region->err) < 0
        || db_commit (fake_db, &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    return known;
}

static const char *call_is (struct region *region)
{
    return text (region, "select state || ' ' || attempts from delivery where " ASKED " and kind = 4");
}

/* ---- failover ---------------------------------------------------------------------------------------------------------------------------- */

static void test_failover (struct region *region)
{
    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_TEMPORARY);
    add_fake ("voice-2", FAKE_BIT (VOICE), SENT_ACCEPTED);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    send_rounds (region, 1);
    ok (fakes[0].asked == 1 && fakes[1].asked == 0, "the first adapter is asked first");
    send_rounds (region, 1);
    is_number (fakes[1].taken, 1, "N-51 after a temporary failure the channel's second adapter is asked at once");
    is (fakes[1].last_id, fakes[0].last_id, "N-50 ...with the same idempotency key");
    is (call_is (region), "7 2", "X-05 ...what it took is sent, arrival not known");
    is_number (number (region, "select count(*) from delivery_attempt where adapter = 'voice' and outcome = 2"), 1,
               "X-05 every attempt is a row with its outcome");
    is (text (region, "select adapter from delivery where " ASKED " and kind = 4"), "voice-2", "...and the message says who took it");
    is_number (send_rounds (region, 2), 0, "N-50 nothing is sent twice");
}

static void test_next_channel (struct region *region)
{
    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_TEMPORARY);
    add_fake ("voice-2", FAKE_BIT (VOICE), SENT_TEMPORARY);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    harness_sql (region->harness, "update delivery set next_at = next_at + interval '60 seconds' where " ASKED " and kind = 2");
    send_rounds (region, 1);
    is_number (number (region, "select attempts from delivery where " ASKED " and kind = 2"), 0, "a channel that follows later waits");
    send_rounds (region, 2);
    is_number (number (region, "select state from delivery where " ASKED " and kind = 2"), DELIVERY_STATE_DELIVERED,
               "N-51 when both adapters fail, the person's next channel goes at once");
    is (call_is (region), "1 2", "...while the first is tried again");
    forward (region, 6);
    send_rounds (region, 2);
    is (call_is (region), "1 4", "...after its pause, by both");
}

static void test_permanent (struct region *region)
{
    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_PERMANENT);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    harness_sql (region->harness, "update delivery set next_at = next_at + interval '60 seconds' where " ASKED " and kind = 2");
    send_rounds (region, 1);
    is (call_is (region), "4 1", "N-52 a permanent failure is not tried again");
    is_number (number (region, "select count(*) from contact_trouble where contact_point_id = '" ID ("62") "' and reason = '番号がありません'"),
               1, "N-52 ...the contact is marked");
    send_rounds (region, 1);
    is_number (number (region, "select state from delivery where " ASKED " and kind = 2"), DELIVERY_STATE_DELIVERED,
               "N-52 ...and the next channel goes at once");
}

/* Who is only informed by an address that does not exist is informed by another channel. */
static void test_information_goes_on (struct region *region)
{
    begin (region);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_PERMANENT);
    add_fake ("sms", FAKE_BIT (SMS), SENT_DELIVERED);
    add_contact (region, ID ("64"), MANAGER, CONTACT_KIND_SMS, "090-0000-0002");
    report (region, ALERT ("01"));
    send_rounds (region, 2);
    is_number (number (region, "select count(*) from delivery where person_id = '" MANAGER "' and kind = 5 and state = 3"), 1,
               "N-52 information that cannot be brought by one channel goes by the next");
    is (fakes[1].address, "090-0000-0002", "...to the same person");
    add_contact (region, ID ("64"), MANAGER, CONTACT_KIND_SMS, "");
}

/* ---- a sender that dies between handing over and writing it down ------------------------------------------------------------------------- */

static void test_possible_duplicate (struct region *region)
{
    char first[40];

    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_DELIVERED);
    report (region, ALERT ("01"));
    harness_sql (region->harness, "delete from delivery where kind <> 4");
    send_rounds (region, 1);
    snprintf (first, sizeof first, "%s", fakes[0].last_id);
    ok (!fakes[0].last_possible_duplicate, "N-50 without a fault nothing is marked");
    harness_sql (region->harness,
                 "update delivery set state = 2, claimed_until = guard.real_now () - interval '1 second', done_at = null; delete from delivery_attempt");
    send_rounds (region, 1);
    is_number (fakes[0].asked, 2, "N-50 what a dead sender held is sent again: none is lost");
    is (fakes[0].last_id, first, "N-50 ...with the same idempotency key");
    ok (fakes[0].last_possible_duplicate && strstr (fakes[0].text, "すでに届いている可能性"), "N-50 ...marked possible_duplicate, in words too");
    is_number (number (region, "select count(*) from delivery where possible_duplicate"), 1, "N-50 ...in the book as well");
    is_number (send_rounds (region, 2), 0, "N-50 ...at most once more");
}

/* ---- receipts ---------------------------------------------------------------------------------------------------------------------------- */

static void test_receipts (struct region *region)
{
    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_ACCEPTED);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    send_rounds (region, 1);
    ok (!receipt (region, "voice-99", RECEIPT_READ, 0), "a receipt of a message nobody knows is not known");
    ok (receipt (region, "voice-1", RECEIPT_READ, 9) && strcmp (call_is (region), "8 1") == 0, "X-05 read");
    ok (receipt (region, "voice-1", RECEIPT_DELIVERED, 8) && strcmp (call_is (region), "8 1") == 0, "N-55 delivered, late: stays read");
    ok (receipt (region, "voice-1", RECEIPT_FAILED, 10) && strcmp (call_is (region), "8 1") == 0, "N-55 failed, after all: stays read");
    ok (receipt (region, "voice-1", RECEIPT_READ, 9) && strcmp (call_is (region), "8 1") == 0, "N-55 the same again: stays read");
    is_number (number (region, "select count(*) from delivery where read_at is not null and delivered_at is not null and sent_at is not null"
                               " and " ASKED " and kind = 4"), 1, "X-05 ...with the time of each");
}

static void test_called_again (struct region *region)
{
    static const char *const calls[] = { "voice-1", "voice-2", "voice-3", "voice-4" };

    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_ACCEPTED);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    send_rounds (region, 1);
    for (int i = 0; i < 3; i++) {
        receipt (region, calls[i], RECEIPT_NO_ANSWER, 0);
        is_number (send_rounds (region, 1), 0, "N-53 a call nobody takes is not made again at once");
        forward (region, 61);
        send_rounds (region, 1);
        is_number (fakes[0].asked, i + 2, "N-53 ...but after a minute");
    }
    receipt (region, calls[0], RECEIPT_NO_ANSWER, 0);
    is (call_is (region), "7 4", "N-55 ...a receipt of the first call counts nothing any more");
    receipt (region, calls[3], RECEIPT_NO_ANSWER, 0);
    is (call_is (region), "4 4", "N-53 ...three times, then it has failed");
    is_number (number (region, "select count(*) from alert_line where text like '電話：応答がないため%'"), 3, "N-63 ...and the course tells each");
}

static void test_not_called_again (struct region *region)
{
    const struct alert_answer answer = { .alert_id = ALERT ("01"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };

    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_ACCEPTED);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    send_rounds (region, 1);
    as_doctor (region);
    must (region, "alert_answer", &answer);
    receipt (region, "voice-1", RECEIPT_NO_ANSWER, 0);
    forward (region, 61);
    is_number (send_rounds (region, 1) + fakes[0].asked, 1, "N-53 ...nor at all when somebody has accepted");
}

/* ---- lanes and contracts ------------------------------------------------------------------------------------------------------------------- */

static void test_lanes (struct region *region)
{
    int64_t start;

    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE) | FAKE_BIT (EMAIL), SENT_DELIVERED);
    fake_adapters.items[0].pace.per_second = 10;
    harness_sql (region->harness,
                 "insert into delivery (municipality, delivery_id, asks, kind, address, subject, text, state, next_at, created_at, lane)"
                 " select '" TOWN "', gen_random_uuid (), false, 2, 'x@example.invalid', 's', 't', 1, guard.now () - interval '1 hour',"
                 "        guard.now (), 4 from generate_series (1, 20000)");
    harness_sql (region->harness, "analyze delivery");
    send_lanes (region, LANE_CODES, LANE_NEWS, 3);
    report (region, ALERT ("01"));
    start = clock_monotonic_us ();
    send_lanes (region, LANE_E0, LANE_ASKS, 1);
    ok (clock_monotonic_us () - start < SECOND_US, "N-11 an emergency's messages are handed over within a second");
    is_number (number (region, "select count(*) from delivery where " ASKED " and state = 3"), 2,
               "N-11 N-56 what asks in an emergency passes 20,000 notices and their contract");
    ok (number (region, "select count(*) from delivery where lane = 4 and state = 3") < 20, "...which are sent as the contract allows");
}

static void test_two_patients (struct region *region)
{
    begin (region);
    add_fake ("voice", FAKE_BIT (VOICE), SENT_DELIVERED);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    report (region, ALERT ("01"));
    forward (region, 5);
    report (region, ALERT ("02"));
    send_rounds (region, 2);
    is_number (fakes[0].taken, (int) number (region, "select count(*) from alert"),
               "N-56 two emergencies for one doctor within a minute are both delivered");
}

/* ---- order, and a receiver that was away ---------------------------------------------------------------------------------------------------- */

static void test_away_for_a_day (struct region *region)
{
    begin (region);
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_TEMPORARY);
    for (int i = 0; i < 5; i++)
        harness_sql (region->harness,
                     "insert into delivery (municipality, delivery_id, asks, kind, contact_point_id, person_id, subject, text, state, next_at,"
                     " created_at, lane, subject_id) values ('" TOWN "', '00000000-0000-7000-8000-0000000000a%d', false, 2, '" ID ("63") "', '"
                     MANAGER "', 's', '%d', 1, guard.now (), guard.now () + interval '%d seconds', 3, '" PATIENT "')", i, i, i);
    for (int hour = 0; hour < 24; hour++) {
        forward (region, 3600);
        send_rounds (region, 2);
    }
    is_number (number (region, "select count(*) from delivery where state = 1"), 5, "X-02 for a day nothing can be brought: all of it waits");
    is_number (number (region, "select count(*) from delivery where attempts > 0"), 1, "X-02 ...the younger behind the oldest");
    fakes[0] = (struct fake) { .mood = SENT_DELIVERED };
    forward (region, 901);
    send_rounds (region, 8);
    is_number (number (region, "select count(*) from delivery where state = 3"), 5, "X-02 when it can, all of it is brought");
    is (fakes[0].all, "s 0\ns 1\ns 2\ns 3\ns 4\n", "X-02 ...in order");
}

/* ---- nothing of the person leaves ---------------------------------------------------------------------------------------------------------- */

static void test_words (struct region *region)
{
    is_number (number (region, "select count(*) from delivery where text like '%" PLANTED_NAME "%' or text like '%" PLANTED_DIAGNOSIS "%'"
                               " or subject like '%" PLANTED_NAME "%' or text like '%1940%'"), 0,
               "N-58 no message of this test holds the person's name, birth or diagnosis");
}

int main (void)
{
    struct region *region = region_open ();

    open_fakes (region);
    test_failover (region);
    test_words (region);
    test_next_channel (region);
    test_permanent (region);
    test_information_goes_on (region);
    test_possible_duplicate (region);
    test_receipts (region);
    test_called_again (region);
    test_not_called_again (region);
    test_lanes (region);
    test_two_patients (region);
    test_words (region);
    test_away_for_a_day (region);
    db_close (&fake_db);
    harness_close (&region->harness);
    return done ();
}
