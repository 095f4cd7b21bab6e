/* How a person wants to be told: channels in order, quiet hours, everything in one message in the morning, and nothing dropped. */
#include "fake_adapter.h"

#define OF(person) "person_id = '" person "'"

static void begin (struct region *region, int hour)
{
    struct tokyo t;

    harness_empty (region->harness, "delivery, delivery_attempt, contact_trouble, alert, feed, feed_head, preference");
    memset (fakes, 0, sizeof fakes);
    fake_adapters = (struct adapters) { 0 };
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    add_fake ("voice", FAKE_BIT (VOICE) | FAKE_BIT (SMS), SENT_DELIVERED);
    t = tokyo_of (harness_now (region->harness));
    forward (region, ((hour * 60 - t.minute + 1440) % 1440) * 60);
}

static void run_follow (struct region *region)
{
    for (int i = 0; i < 5; i++)
        if (harness_job (region->harness, "delivery_follow", &region->err) < 0)
            note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static const char *set (struct region *region, const struct preference_put *put)
{
    as_manager (region);
    return refused (region, "preference_put", put);
}

static void test_setting (struct region *region)
{
    const struct channel_preference twice[] = { { CONTACT_KIND_EMAIL, true, false, 0 }, { CONTACT_KIND_EMAIL, true, false, 0 } };
    const struct channel_preference order[] = { { CONTACT_KIND_SMS, true, true, 30 }, { CONTACT_KIND_EMAIL, false, false, 0 } };
    struct preference_put put = { .has_quiet_from = true, .quiet_from = 1380 };
    struct preference_answer answer;

    begin (region, 12);
    as_manager (region);
    call (region, "preference", &(struct preference) { 0 }, &answer);
    ok (answer.quiet_from == 1200 && answer.quiet_to == 480 && !answer.digest && answer.channels.count == 0, "who has said nothing has the standard");
    is (set (region, &put), "field_missing", "quiet hours have two ends");
    put.has_quiet_to = true;
    put.quiet_to = 1440;
    is (set (region, &put), "field_out_of_range", "...within a day");
    put.quiet_to = 420;
    put.channels = (struct channel_preference_list) { twice, 2 };
    is (set (region, &put), "item_twice", "a channel stands in the order once");
    put.channels = (struct channel_preference_list) { order, 2 };
    is (set (region, &put), "accepted", "a person says how to be told");
    is (set (region, &put), "accepted", "...twice");
    call (region, "preference", &(struct preference) { 0 }, &answer);
    ok (answer.quiet_from == 1380 && answer.quiet_to == 420 && answer.channels.count == 2 && answer.channels.items[0].kind == CONTACT_KIND_SMS
            && answer.channels.items[0].after_seconds == 30 && !answer.channels.items[1].enabled, "...and reads it back, in order");
    is_number (harness_sees (region->harness, "select count(*) from preference"), 1, "a person sees the own one");
    as_nurse (region);
    is_number (harness_sees (region->harness, "select count(*) from preference"), 0, "...nobody else does");
}

/* N-48: at night the care manager is not told; at eight in the morning everything in one message. */
static void test_quiet_hours (struct region *region)
{
    begin (region, 23);
    set (region, &(struct preference_put) { .has_quiet_from = true, .quiet_from = 1200, .has_quiet_to = true, .quiet_to = 480 });
    report (region, ALERT ("01"));
    forward (region, 1200);
    report (region, ALERT ("02"));
    harness_sql (region->harness, "update delivery set text = text || ' 2' where " OF (MANAGER) " and alert_id = '" ALERT ("02") "'");
    send_rounds (region, 2);
    run_follow (region);
    is_number (number (region, "select count(*) from delivery where " OF (MANAGER) " and state = 10"),
               number (region, "select count(*) from delivery where " OF (MANAGER)), "N-48 what comes in quiet hours waits");
    ok (number (region, "select count(*) from delivery where " OF (DOCTOR) " and asks and state = 3") >= 2, "...what asks does not");
    forward (region, 9 * 3600);
    run_follow (region);
    send_rounds (region, 2);
    is_number (number (region, "select count(*) from delivery where " OF (MANAGER) " and state in (1, 2, 10)"), 0, "N-48 at eight none is left");
}

static void plant (struct region *region, int count)
{
    for (int i = 0; i < count; i++)
        harness_sql (region->harness,
                     "insert into delivery (municipality, delivery_id, asks, kind, person_id, contact_point_id, subject, text, state, next_at,"
                     " created_at, lane) values ('" TOWN "', gen_random_uuid (), false, 2, '" MANAGER "', '" ID ("63") "',"
                     " '【急変のお知らせ】中央市 #A1B2C%d', 't', 10, guard.now (), guard.now () + interval '%d seconds', 3)", i, i);
}

static void test_bundle (struct region *region)
{
    begin (region, 8);
    plant (region, 3);
    forward (region, 5);
    run_follow (region);
    is_number (number (region, "select count(*) from delivery where state = 11 and bundle_id is not null"), 3, "N-57 what waited is told in one message");
    send_rounds (region, 1);
    is_number (fakes[0].taken, 1, "...one");
    ok (strstr (fakes[0].text, "#A1B2C0") && strstr (fakes[0].text, "#A1B2C1") && strstr (fakes[0].text, "#A1B2C2"),
        "N-57 ...that names every reference it contains");
    begin (region, 8);
    plant (region, 1);
    run_follow (region);
    is (text (region, "select string_agg (state || text, ',') from delivery"), "1t", "one alone goes as it is");
    begin (region, 8);
    plant (region, 120);
    forward (region, 200);
    run_follow (region);
    is_number (number (region, "select count(*) from delivery where state = 11"), 120, "N-57 very many go in several messages, none dropped");
    is_number (number (region, "select count(*) from delivery where state = 1"), 3, "...of fifty at most");
}

static void test_e0 (struct region *region)
{
    begin (region, 23);
    set (region, &(struct preference_put) { .has_quiet_from = true, .quiet_from = 1200, .has_quiet_to = true, .quiet_to = 480, .digest = true });
    is (text (region, "select state || ' ' || (next_at > guard.now ()) from delivery_time ('" MANAGER "', 2::smallint, false, 3::smallint, true, guard.now ())"),
        "1 true", "N-57 what informs about an E0 waits for the morning too, but is never bundled");
    is (text (region, "select state || ' ' || (next_at <= guard.now ()) from delivery_time ('" MANAGER "', 4::smallint, true, 0::smallint, true, guard.now ())"),
        "1 true", "N-57 what asks about an E0 goes at once, whatever the person wants");
}

static void test_order (struct region *region)
{
    const struct channel_preference order[] = { { CONTACT_KIND_VOICE, true, true, 0 }, { CONTACT_KIND_EMAIL, true, true, 90 } };
    const struct preference_put put = { .channels = { order, 2 }, .night_calls = true };

    begin (region, 12);
    as_doctor (region);
    must (region, "preference_put", &put);
    report (region, ALERT ("03"));
    is_number (number (region, "select extract (epoch from next_at - created_at)::bigint from delivery where " OF (DOCTOR) " and asks and kind = 2"),
               90, "a channel follows the first as the person wants");
    is_number (number (region, "select count(*) from delivery where " OF (DOCTOR) " and asks and kind = 4 and next_at = created_at"), 1, "...the first at once");
    is (text (region, "select string_agg ((next_at <= guard.now ())::text, ',') from"
                      " delivery_time ('" DOCTOR "', 2::smallint, true, 0::smallint, true, guard.now ())"), "true",
        "...for an E0 all of them at once");
    is_number (number (region, "select count(*) from delivery_time ('" DOCTOR "', 5::smallint, false, 3::smallint, false, guard.now ())"), 0,
               "text messages about information go to nobody who has not chosen them");
}

static void test_muted (struct region *region)
{
    const struct channel_preference off[] = { { CONTACT_KIND_EMAIL, false, false, 0 } };
    const struct preference_put put = { .channels = { off, 1 } };

    begin (region, 12);
    as_doctor (region);
    must (region, "preference_put", &put);
    set (region, &put);
    report (region, ALERT ("04"));
    is_number (number (region, "select count(*) from delivery where " OF (MANAGER)), 0, "who has switched a channel off is not informed by it");
    ok (number (region, "select count(*) from feed where " OF (MANAGER)) > 0, "...but in the application, always");
    is_number (number (region, "select count(*) from delivery where " OF (DOCTOR) " and asks and kind = 2"), 1,
               "...and an emergency that asks goes by every channel all the same");
    is_number (number (region, "select muted from notice_figures (guard.now () - interval '7 days', guard.now () + interval '1 day') where "
                               OF (MANAGER)), 1, "X-03 muted channels are counted");
    ok (number (region, "select notices from notice_figures (guard.now () - interval '7 days', guard.now () + interval '1 day') where "
                        OF (MANAGER)) > 0, "X-03 ...with the notices of the week");
}

/* ---- contacts ------------------------------------------------------------------------------------------------------------------------------ */

static void test_code (struct region *region)
{
    begin (region, 12);
    HEAR (region, "registry", contact_point_changed, ID ("65"), NULL, .contact_point_id = ID ("65"), .person_id = NURSE,
          .kind = CONTACT_KIND_SMS, .address = "090-7777-0001", .has_verified = true);
    HEAR (region, "registry", contact_code_wanted, ID ("65"), TOWN, .contact_point_id = ID ("65"), .person_id = NURSE,
          .kind = CONTACT_KIND_SMS, .code = "481516", .until = harness_now (region->harness) + 900LL * SECOND_US);
    is_number (number (region, "select reachable::int from contact_point where contact_point_id = '" ID ("65") "'"), 0,
               "N-59 a contact that waits for its code reaches nobody");
    send_rounds (region, 1);
    ok (strstr (fakes[1].text, "481516") && strcmp (fakes[1].address, "090-7777-0001") == 0, "N-59 its code is sent to it");
    HEAR (region, "registry", contact_code_wanted, ID ("65"), TOWN, .contact_point_id = ID ("65"), .person_id = NURSE,
          .kind = CONTACT_KIND_SMS, .code = "999999", .until = harness_now (region->harness) + 900LL * SECOND_US);
    forward (region, 901);
    send_rounds (region, 1);
    ok (fakes[1].taken == 1 && number (region, "select count(*) from delivery where state = 5") == 1, "N-59 a code that is too old is not sent");
    HEAR (region, "registry", contact_point_changed, ID ("65"), NULL, .contact_point_id = ID ("65"), .person_id = NURSE,
          .kind = CONTACT_KIND_SMS, .address = "090-7777-0001", .has_verified = true, .verified = true);
    is_number (number (region, "select reachable::int from contact_point where contact_point_id = '" ID ("65") "'"), 1, "N-59 once verified it does");
    HEAR (region, "registry", contact_point_changed, ID ("65"), NULL, .contact_point_id = ID ("65"), .person_id = NURSE,
          .kind = CONTACT_KIND_SMS, .address = "");
}

static void test_trouble (struct region *region)
{
    begin (region, 12);
    fakes[1].mood = SENT_PERMANENT;
    report (region, ALERT ("05"));
    send_rounds (region, 1);
    run_follow (region);
    is_number (number (region, "select count(*) from feed where kind = 20 and " OF (DOCTOR)), 1, "N-52 the owner of a contact that failed is told");
    is_number (number (region, "select count(*) from feed where kind = 20 and " OF (ROTA_CLERK)), 1, "N-52 ...and the rota office");
    is_number (number (region, "select count(*) from delivery where lane = 2 and kind = 2 and " OF (DOCTOR)), 1, "N-52 ...the owner by another channel too");
    run_follow (region);
    is_number (number (region, "select count(*) from feed where kind = 20"), 2, "...once");
    add_contact (region, ID ("62"), DOCTOR, CONTACT_KIND_VOICE, "090-0000-0003");
    is_number (number (region, "select count(*) from contact_trouble"), 0, "a contact that is entered anew is no longer marked");
}

int main (void)
{
    struct region *region = region_open ();

    open_fakes (region);
    test_setting (region);
    test_quiet_hours (region);
    test_bundle (region);
    test_e0 (region);
    test_order (region);
    test_muted (region);
    test_code (region);
    test_trouble (region);
    db_close (&fake_db);
    harness_close (&region->harness);
    return done ();
}
