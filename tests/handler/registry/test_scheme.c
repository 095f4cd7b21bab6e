/* Offices in the scheme of attending and deputy doctors (U-04): what is stored with its days, told, kept as history, and for whom. */
#include "people.h"

#define PART(n) "0190a3b4-0000-7000-8000-00000000d00" n
static const int weekdays[] = { DAY_CLASS_WEEKDAY, DAY_CLASS_SATURDAY }, tags[] = { CONDITION_TAG_FEVER, CONDITION_TAG_CIRCULATION };
static const int64_t days[] = { 1, 3 };
static const struct scheme_band nights = { .day_classes = { weekdays, 2 }, .weekdays = { days, 2 }, .from_minute = 1080,
    .to_minute = 1950, .tags = { tags, 2 } };
static const struct scheme_band mornings = { .day_classes = { weekdays, 1 }, .from_minute = 540, .to_minute = 720 };

static void as_doctor (void) { act (PERSON (4), OFFICE (2), "011002", ROLE_DOCTOR); }

static struct scheme_part_put put_of (const char *part, const char *from, const char *until, const struct scheme_band *band)
{
    return (struct scheme_part_put) { .office_id = OFFICE (2), .part_id = part, .from = from, .until = until, .bands = { band, 1 } };
}

static const char *put (struct scheme_part_put put)
{
    err = (struct error) { 0 };
    return harness_call (harness, "scheme_part_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct scheme_answer view (const char *office)
{
    struct scheme_answer answer = { 0 };

    if (harness_call (harness, "scheme", &(struct scheme) { .office_id = office }, &answer, &err) < 0)
        note ("%s %s", error_name_of (&err), err.detail);
    return answer;
}

static int64_t told (void) { return harness_events (harness, &scheme_part_changed_message); }

static void joining (void)
{
    struct scheme_part_put first = put_of (PART ("1"), "2026-04-01", "2026-09-30", &nights);
    struct scheme_part_changed event;
    struct scheme_answer answer;
    int64_t before = told ();

    first.note = "がん末期、心不全";
    is (put (first), "taken", "U-04 a clinic joins with days, hours, conditions and a period");
    ok (harness_last_event (harness, &scheme_part_changed_message, &event) >= 0 && strcmp (event.office_id, OFFICE (2)) == 0
        && strcmp (event.from, "2026-04-01") == 0 && strcmp (event.until, "2026-09-30") == 0 && event.bands.count == 1
        && event.bands.items[0].tags.count == 2 && event.bands.items[0].to_minute == 1950, "U-04 ...and it is told with all of them");
    answer = view (OFFICE (2));
    ok (answer.may_edit && answer.parts.count == 1 && strcmp (answer.office, "みほん診療所") == 0, "U-04 the office's page shows it");
    ok (answer.parts.items[0].bands.items[0].day_classes.count == 2 && answer.parts.items[0].bands.items[0].weekdays.count == 2
        && answer.parts.items[0].bands.items[0].weekdays.items[1] == 3 && answer.parts.items[0].bands.items[0].from_minute == 1080
        && strcmp (answer.parts.items[0].note, "がん末期、心不全") == 0, "...as it was entered");
    is (put (first), "taken", "U-04 the same a second time");
    is_number (told (), before + 1, "...is not told again");
    is_number (harness_number (harness, "select count(*) from scheme_part"), 1, "...nor written");
}

static void wrong (void)
{
    int64_t before = told (), rows = harness_number (harness, "select count(*) from scheme_part");
    struct scheme_part_put empty = put_of (PART ("2"), "2026-10-01", NULL, &nights);

    is (put (put_of (PART ("2"), "2026-10-01", "2026-09-30", &nights)), "period_reversed", "U-04 the end before the beginning is refused");
    is (err.fields[0].pointer, "/until", "...at the end");
    is (put (put_of (PART ("2"), "2026-09-30", NULL, &nights)), "scheme_overlap", "U-04 two periods of one office never overlap");
    is (err.fields[0].pointer, "/from", "...the field is named");
    empty.bands.count = 0;
    is (put (empty), "field_missing", "U-04 no hours at all is refused");
    is (err.fields[0].pointer, "/bands", "...the field is named");
    is_number (told (), before, "nothing of it is told");
    is_number (harness_number (harness, "select count(*) from scheme_part"), rows, "...or written");
}

/* The clock of the tests stands in 2026 or later: what was entered today may still be mended. */
static void history (void)
{
    struct scheme_part_put taken_back = put_of (PART ("2"), "2090-01-01", NULL, &mornings);

    is (put (put_of (PART ("1"), "2026-04-01", "2026-08-31", &nights)), "taken", "U-04 a period can end earlier");
    is (put (put_of (PART ("3"), "2026-09-01", NULL, &mornings)), "taken", "U-04 ...and another one follows at once");
    is_number (harness_number (harness, "select count(*) from scheme_part where part_id = '" PART ("1") "'"), 2,
        "U-04 what was said before stays");
    is (harness_text (harness, "select string_agg (until_day::text, ',' order by version) from scheme_part where part_id = '" PART ("1") "'"),
        "2026-09-30,2026-08-31", "...version by version");
    harness_sql (harness, "update scheme_part set set_at = set_at - interval '40 days'");
    is (put (put_of (PART ("3"), "2026-09-01", NULL, &nights)), "scheme_begun", "U-04 what has begun says what it said");
    is (err.fields[0].pointer, "/bands", "...the field is named");
    is (put (put_of (PART ("3"), "2026-09-01", "2089-12-31", &mornings)), "taken", "...it only ends");
    is (put (put_of (PART ("2"), "2090-01-01", NULL, &nights)), "taken", "what has not begun");
    is (put (taken_back), "taken", "...may change");
    taken_back.has_withdrawn = taken_back.withdrawn = true;
    is (put (taken_back), "taken", "...and be taken back");
    is (put (put_of (PART ("3"), "2026-09-01", NULL, &mornings)), "taken", "...then it stands in nobody's way");
    ok (view (OFFICE (2)).parts.count == 3 && view (OFFICE (2)).parts.items[0].withdrawn,
        "U-04 the page shows all three, the newest first");
}

static void strangers (void)
{
    struct scheme_part_put mine = put_of (PART ("4"), "2090-01-01", NULL, &mornings), taken = put_of (PART ("1"), "2090-01-01", NULL,
        &mornings);
    int64_t before = told ();

    act (PERSON (3), OFFICE (3), "012025", ROLE_SERVICE_MANAGER);
    is (put (mine), "not_for_you", "U-04 another office's manager does not write it");
    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    is (put (mine), "not_for_you", "U-04 nor does an officer of another municipality");
    mine.office_id = OFFICE (3), taken.office_id = OFFICE (3);
    is (put (taken), "not_for_you", "another office's part under the own office is not there");
    is (put (mine), "taken", "...one's own is");
    ok (view (OFFICE (2)).parts.count == 0 && !view (OFFICE (2)).may_edit, "R1: nothing of a municipality that is not open is shown");
    ok (harness_sees (harness, "select count(*) from scheme_part where municipality <> '012025'") == 0,
        "R1: at database level it is not there");
    as_doctor ();
    ok (harness_sees (harness, "select count(*) from scheme_part where municipality <> '011002'") == 0, "R1: nor the other way round");
    mine.office_id = "0190a3b4-0000-7000-8000-00000000b0ff";
    is (put (mine), "not_for_you", "an office that does not exist");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    is (put (put_of (PART ("5"), "2095-01-01", NULL, &mornings)), "not_for_role", "a nurse writes none");
    ok (view (OFFICE (2)).parts.count == 3 && !view (OFFICE (2)).may_edit, "...and reads it");
    is_number (told (), before + 1, "nothing but the own one is told");
}

static void snapshot (void)
{
    struct harness_actor notify = { .principal = "svc:notify" };
    struct snapshot_read read = { .event = scheme_part_changed_message.name, .limit = 10 };
    struct snapshot_page page = { 0 };
    struct scheme_part_changed event;
    ARENA (arena);

    harness_as (harness, &notify);
    must (harness_call (harness, "snapshot_read", &read, &page, &err), "snapshot");
    is_number (page.events.count, 4, "U-04 who hears it anew gets every part, of every municipality");
    must (codec_unpack (&scheme_part_changed_message, page.events.items[0].data, &arena, &event, &err), "unpack");
    ok (strcmp (event.part_id, PART ("1")) == 0 && strcmp (event.until, "2026-08-31") == 0 && page.events.items[0].subjectversion == 2,
        "...as it stands");
}

int main (void)
{
    open_region ();
    harness_sql (harness, "truncate scheme_part");
    as_doctor ();
    joining ();
    wrong ();
    history ();
    strangers ();
    snapshot ();
    close_region ();
    return done ();
}
