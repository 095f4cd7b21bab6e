/* N-71: secret addresses of calendars: who makes them, what a calendar program reads, how a change arrives, and that revoking ends it. */
#include "region.h"

static const char *body_of (const struct file_answer *answer)
{
    static struct arena arena;

    return arena_copy (&arena, (const char *) answer->body.data, answer->body.size);
}

static void as_anyone (struct region *region) { harness_as (region->harness, NULL); }

static const char *read_calendar (struct region *region, const char *token)
{
    struct file_answer answer = { 0 };

    as_anyone (region);
    if (call (region, "calendar_feed", &(struct calendar_feed) { .token = token }, &answer) < 0)
        return error_name_of (&region->err);
    return body_of (&answer);
}

static int count_of (const char *text, const char *word)
{
    int count = 0;

    for (; (text = strstr (text, word)) != NULL; text += strlen (word))
        count++;
    return count;
}

static struct calendar_made make (struct region *region, enum calendar_scope scope, const char *rotation, const char *office)
{
    const struct calendar_make message = { .scope = scope, .rotation_id = rotation, .office_id = office, .label = "電話" };
    struct calendar_made made = { 0 };

    if (call (region, "calendar_make", &message, &made) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    return made;
}

static void test_own_duty (struct region *region, const char **ret_token)
{
    struct calendar_made made;
    const char *text;
    struct file_answer answer;

    as_deputy (region);
    made = make (region, CALENDAR_SCOPE_PERSON, NULL, NULL);
    ok (made.token && strlen (made.token) == 64 && strstr (made.path, made.token) && strstr (made.path, ".ics"),
        "N-71: a doctor makes a secret address for the own duty");
    is_number (number (region, "select count(*) from ical_address where encode (token_hash, 'hex') like '%' and label = '電話'"), 1,
               "…of which the hash is kept");
    is_number (harness_number (region->harness, "select count(*) from ical_address a where a::text like '%%%s%%'", made.token), 0,
               "…and not the secret");
    text = read_calendar (region, made.token);
    ok (strncmp (text, "BEGIN:VCALENDAR\r\n", 17) == 0, "a program that knows it reads a calendar, without logging in");
    ok (count_of (text, "BEGIN:VEVENT") >= 200 + 30, "N-71: at least 180 days ahead");
    ok (strstr (text, "SUMMARY:当番：内科当番") && !strstr (text, "CANCELLED"), "…every shift in it");
    as_anyone (region);
    call (region, "calendar_feed", &(struct calendar_feed) { .token = made.token }, &answer);
    is (answer.media_type, "text/calendar; charset=utf-8", "…as a calendar");
    is (read_calendar (region, made.token), text, "read again, nothing has changed");
    *ret_token = made.token;
}

static void test_change (struct region *region, const char *token)
{
    const int64_t day = 86400LL * SECOND_US, from = harness_now (region->harness) + 3 * day;
    const struct absence_add away = { .absence_id = ID ("81"), .person_id = DEPUTY, .from = from - from % day - 9 * 3600LL * SECOND_US,
                                      .to = from - from % day + day - 9 * 3600LL * SECOND_US };
    const char *text;

    as_deputy (region);
    must (region, "absence_add", &away);
    text = read_calendar (region, token);
    is_number (count_of (text, "STATUS:CANCELLED"), 1, "N-71: a day off makes the shift CANCELLED in the doctor's calendar");
    is_number (count_of (text, "SEQUENCE:1"), 1, "…under the same id, with a higher SEQUENCE");
    as_deputy (region);
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = ID ("81") });
    text = read_calendar (region, token);
    ok (count_of (text, "STATUS:CANCELLED") == 0 && count_of (text, "SEQUENCE:2") == 1,
        "…and it comes back when the day off is taken back");
}

static void test_others (struct region *region)
{
    struct calendar_made rotation, office;
    const char *text;

    as_stranger (region);
    rotation = make (region, CALENDAR_SCOPE_ROTATION, ROTATION, NULL);
    text = read_calendar (region, rotation.token);
    ok (strstr (text, "X-WR-CALNAME:当番表 内科当番") && strstr (text, "若葉 四郎"), "a rotation's calendar names who has duty");
    as_deputy (region);
    office = make (region, CALENDAR_SCOPE_OFFICE, NULL, NULL);
    text = read_calendar (region, office.token);
    ok (strstr (text, "若葉医院の当番") && strstr (text, "SUMMARY:内科当番：若葉 四郎"), "an office's names its own doctors");
    as_doctor (region);
    text = read_calendar (region, make (region, CALENDAR_SCOPE_OFFICE, NULL, NULL).token);
    ok (count_of (text, "BEGIN:VEVENT") == 0 && strstr (text, "BEGIN:VTIMEZONE"), "one without duty is an empty calendar");
    as_doctor (region);
    is (refused (region, "calendar_make", &(struct calendar_make) { .scope = CALENDAR_SCOPE_OFFICE, .office_id = CLINIC_2 }),
        "not_for_role",
        "another office's is not made");
    is (refused (region, "calendar_make", &(struct calendar_make) { .scope = CALENDAR_SCOPE_ROTATION }), "field_missing",
        "a rotation must be named");
    is (refused (region, "calendar_make", &(struct calendar_make) { .scope = CALENDAR_SCOPE_ROTATION, .rotation_id = ID ("99") }),
        "not_for_you",
        "…and be there");
    as_manager (region);
    is (refused (region, "calendar_make", &(struct calendar_make) { .scope = CALENDAR_SCOPE_PERSON }), "not_for_role",
        "whoever has no duty makes none");
}

static void test_list_and_revoke (struct region *region, const char *token)
{
    struct calendar_list_answer list;
    const char *id;

    as_deputy (region);
    call (region, "calendar_list", &(struct calendar_list) { 0 }, &list);
    is_number ((int64_t) list.calendars.count, 2, "whoever made them sees them");
    ok (list.calendars.count == 2 && list.calendars.items[1].has_read_at && strcmp (list.calendars.items[1].name, "若葉 四郎") == 0,
        "…with when they were last read");
    id = list.calendars.items[1].calendar_id;
    as_doctor (region);
    is (refused (region, "calendar_revoke", &(struct calendar_revoke) { .calendar_id = id }), "not_for_you", "nobody else revokes it");
    as_deputy (region);
    is (refused (region, "calendar_revoke", &(struct calendar_revoke) { .calendar_id = id }), "accepted", "N-71: revoked by its maker");
    is (read_calendar (region, token), "not_for_you", "N-71: …it is read by nobody, at once");
    as_deputy (region);
    is (refused (region, "calendar_revoke", &(struct calendar_revoke) { .calendar_id = id }), "not_for_you",
        "a second time there is nothing to revoke");
    call (region, "calendar_list", &(struct calendar_list) { 0 }, &list);
    is_number ((int64_t) list.calendars.count, 1, "…and it is no longer listed");
    is (read_calendar (region, "0000"), "not_for_you", "an address that was never made says the same");
}

static void test_who_leaves (struct region *region)
{
    struct calendar_made made;

    as_deputy (region);
    made = make (region, CALENDAR_SCOPE_PERSON, NULL, NULL);
    harness_sql (region->harness, "update membership set roles = 0 where person_id = '" DEPUTY "'");
    is (read_calendar (region, made.token), "not_for_you", "whoever has left reads no calendar any more");
}

static void test_too_many (struct region *region)
{
    as_doctor (region);
    for (int i = 0; i < 19; i++)
        make (region, CALENDAR_SCOPE_PERSON, NULL, NULL);
    is (refused (region, "calendar_make", &(struct calendar_make) { .scope = CALENDAR_SCOPE_PERSON }), "too_many_requests",
        "twenty are enough");
}

int main (void)
{
    struct region *region = region_open ();
    const char *token;

    harness_empty (region->harness, "ical_address, ical_event");
    test_own_duty (region, &token);
    test_change (region, token);
    test_others (region);
    test_list_and_revoke (region, token);
    test_too_many (region);
    test_who_leaves (region);
    harness_close (&region->harness);
    return done ();
}
