/* Hours of a facility, whom to reach there, free places: written down, shown to whom, searched by. */
#include "residents.h"

static const int professionals[] = { AUDIENCE_PROFESSIONALS }, everybody[] = { AUDIENCE_PROFESSIONALS, AUDIENCE_RESIDENTS };
static int64_t morning[] = { 2, 4 };

/* 月〜金 9:00–12:00・14:00–18:00 without Wednesday; Saturday mornings in the 2nd and 4th week only; closed on Sundays and holidays. */
static struct hours_slot slots[9];
static int64_t closed_days[] = { 3, 7, 8 };

static struct hours_slot slot (int day, int from, int to)
{
    return (struct hours_slot) { .day = day, .has_from_minute = true, .from_minute = from, .has_to_minute = true, .to_minute = to };
}

static struct facility_hours_put clinic_hours (void)
{
    static const int days[] = { 1, 2, 4, 5 };

    for (int i = 0; i < 4; i++) {
        slots[2 * i] = slot (days[i], 540, 720);
        slots[2 * i + 1] = slot (days[i], 840, 1080);
    }
    slots[8] = slot (6, 540, 720);
    slots[8].weeks = (struct i64_list) { morning, 2 };
    return (struct facility_hours_put) { .facility_id = CLINIC, .purpose = HOURS_PURPOSE_SERVICE, .slots = { slots, 9 },
        .closed = { closed_days, 3 }, .year_end = YEAR_END_CLOSED, .source = ITEM_SOURCE_SURVEY, .source_date = "2026-01-15" };
}

static const char *put (struct facility_hours_put message)
{
    err = (struct error) { 0 };
    return harness_call (harness, "facility_hours_put", &message, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct facility_answer view (const char *facility)
{
    struct facility_answer answer = { 0 };

    if (harness_call (harness, "facility", &(struct facility) { .facility_id = facility }, &answer, &err) < 0)
        note ("%s %s", error_name_of (&err), err.detail);
    return answer;
}

static int64_t told (void) { return harness_events (harness, &facility_changed_message); }

/* ---- hours ------------------------------------------------------------------------------------------------------------------------ */

static void written (void)
{
    struct facility_answer answer;
    int64_t before = told ();

    as_officer ();
    is (put (clinic_hours ()), "taken", "A-04 hours by weekday, week of the month and holiday are taken");
    answer = view (CLINIC);
    ok (answer.hours.count == 1 && answer.hours.items[0].slots.count == 9 && answer.hours.items[0].slots.items[8].weeks.count == 2
        && answer.hours.items[0].closed.count == 3 && answer.hours.items[0].year_end == YEAR_END_CLOSED, "A-04 ...and read as they were written");
    is (answer.hours.items[0].words, "月・火・木・金 9:00–12:00・14:00–18:00、土 9:00–12:00（第2・第4）、水・日・祝 休み、12/29〜1/3 休み",
        "A-04 ...in words as on the clinic's door");
    ok (answer.items.count == 1 && answer.items.items[0].item == FACILITY_ITEM_HOURS && answer.items.items[0].source == ITEM_SOURCE_SURVEY
        && strcmp (answer.items.items[0].text, answer.hours.items[0].words) == 0, "A-07 the item says the same, with its source and day");
    is_number (told (), before + 1, "A-29 which is told");
    is (put (clinic_hours ()), "taken", "the same a second time");
    is_number (told (), before + 1, "...is not told again");
    is_number (harness_number (harness, "select count(*) from facility_hours"), 1, "...nor written");
}

static void refused (struct facility_hours_put message, const char *name, const char *pointer, const char *why)
{
    is (put (message), name, why);
    is (err.field_count ? err.fields[0].pointer : "", pointer, "...the field is named");
}

static void refusals (void)
{
    struct facility_hours_put message = clinic_hours ();
    struct hours_slot one = slot (1, 720, 540);

    message.slots = (struct hours_slot_list) { &one, 1 }, message.closed.count = 0;
    refused (message, "period_reversed", "/slots/0/to_minute", "an end before its beginning");
    one = slot (0, 540, 720);
    refused (message, "field_unknown_choice", "/slots/0/day", "a day that is none");
    one = slot (1, 540, 720), one.has_to_minute = false;
    refused (message, "field_missing", "/slots/0/to_minute", "a beginning without an end");
    one = slot (1, 540, 720), one.weeks = (struct i64_list) { (int64_t[]) { 6 }, 1 };
    refused (message, "field_unknown_choice", "/slots/0/weeks", "a sixth week");
    message = clinic_hours (), message.source_date = "2999-01-01";
    refused (message, "document_date", "/source_date", "a source from tomorrow");
    message = clinic_hours (), message.closed.items = (int64_t[]) { 1 }, message.closed.count = 1;
    refused (message, "item_twice", "/slots/0/day", "a closed day with hours");
    message = clinic_hours (), message.facility_id = STATION, message.purpose = HOURS_PURPOSE_CONFERENCE;
    refused (message, "field_unknown_choice", "/purpose", "A-34 doctors' hours of a station without doctors");
    as_neighbour ();
    is (put (clinic_hours ()), "not_for_you", "an officer of another municipality writes none");
    as_nurse ();
    is (put (clinic_hours ()), "not_for_role", "a nurse neither");
    as_officer ();
    is_number (harness_number (harness, "select count(*) from facility_hours"), 1, "what is refused leaves nothing");
}

static int64_t sees (const char *table) { return harness_sees (harness, "select count(*) from %s", table); }

static void shown (void)
{
    as_nurse ();
    ok (view (CLINIC).hours.count == 0 && sees ("facility_hours") == 0 && sees ("facility_open") == 0,
        "A-13 without consent a nurse reads no hours, at database level neither");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_HOURS, 1, professionals), "taken", "A-13 the clinic allows its hours to professionals");
    must (harness_call (harness, "facility_confirm", &(struct facility_confirm) { .facility_id = CLINIC }, NULL, &err), "confirm");
    ok (view (CLINIC).items.items[0].has_confirmed_at && view (CLINIC).hours.count == 1, "A-23 a confirmation is the item's and ends no hours");
    as_nurse ();
    ok (view (CLINIC).hours.count == 1 && sees ("facility_open") > 0, "A-13 ...who read them from this COMMIT on");
    as_neighbour ();
    is_number ((int64_t) view (CLINIC).hours.count + sees ("facility_open"), 0, "A-13 ...the neighbouring administration does not");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_HOURS, 0, NULL), "taken", "A-14 the clinic withdraws");
    as_nurse ();
    is_number ((int64_t) view (CLINIC).hours.count + sees ("facility_hours") + sees ("facility_open"), 0, "A-14 ...and nobody else reads them any more");
}

/* As an import does: on the engine's connection. */
static const char *publish (const char *words)
{
    const char *changed;

    harness_sql (harness, "set role renkei_registry_engine");
    changed = harness_text (harness, "select facility_hours_put ('" CLINIC "', 1::smallint, '{1,31,540,1020}', 0::smallint, false, null, null,"
        " '月 9-17', '%s', 1, '{1,2,31,540,780,1,0,1,3,31,780,1020,1,0}', 1::smallint, '2026-10-01', guard.now (), '%s')", words, PERSON (2));
    harness_sql (harness, "reset role");
    return changed;
}

static void published (void)
{
    struct facility_item_given words = { .item = FACILITY_ITEM_HOURS, .answer = ITEM_ANSWER_YES, .text = "平日の午前のみ" }, unknown = { .item = FACILITY_ITEM_HOURS };

    as_officer ();
    is (publish ("月 9:00–17:00"), "f", "A-08 what a file publishes does not replace what a survey said");
    is (say (CLINIC, words), "taken", "other words are written");
    ok (view (CLINIC).hours.count == 0 && harness_number (harness, "select count(*) from facility_open") == 0,
        "A-21 ...which end the hours taken apart: nobody knows what the words mean");
    is_number (harness_number (harness, "select count(*) from facility_hours where until_at is not null"), 1, "A-30 they are kept with their end");
    is (say (CLINIC, unknown), "taken", "not known any more");
    is (publish ("月 9:00–17:00"), "t", "A-08 then what is published counts");
    is (publish ("月 9:00–17:00"), "f", "A-08 ...once");
    as_nurse ();
    is_number ((int64_t) view (CLINIC).hours.count, 1, "...and is shown to professionals without consent");
    is_number (harness_number (harness, "select shown_to from facility_hours where until_at is null"), 3, "...not to residents");
    as_officer ();
    is (put (clinic_hours ()), "taken", "A-08 the survey's answer replaces it again");
    is_number (harness_number (harness, "select count(*) from facility_hours where until_at is null"), 1, "...one holds");
}

static void moved (void)
{
    harness_sql (harness, "update facility set municipality = '012025' where facility_id = '" CLINIC "'");
    as_neighbour ();
    ok (view (CLINIC).hours.count == 1 && sees ("facility_open") > 0, "hours go along to the new keeper");
    harness_sql (harness, "update facility set municipality = '011002' where facility_id = '" CLINIC "'");
}

/* The municipality wants to see the hours before they hold. */
static void held_back (void)
{
    const int items[] = { FACILITY_ITEM_HOURS };
    struct upkeep_setting_put rules = { .municipality = "011002", .months = 12, .review_items = { items, 1 } };
    struct facility_hours_put message = clinic_hours ();

    act_as_operator ();
    must (put_person (4, "管理 三郎", "カンリ サブロウ", "kanri@clinic.example"), "person");
    must (put_membership (4, 2, ROLE_SERVICE_MANAGER), "membership");
    harness_sql (harness, "update office set facility_number = '0112345678' where office_id = '%s'", OFFICE (2));
    as_officer ();
    must (harness_call (harness, "upkeep_setting_put", &rules, NULL, &err), "review list");
    act (PERSON (4), OFFICE (2), "011002", ROLE_SERVICE_MANAGER);
    message.slots.count = 1, message.source = ITEM_SOURCE_OWN;
    is (put (message), "taken", "A-24 the clinic writes other hours itself");
    is_number ((int64_t) view (CLINIC).hours.items[0].slots.count, 9, "A-24 ...which wait: the old ones hold until they are approved");
    as_officer ();
    rules.review_items.count = 0;
    must (harness_call (harness, "upkeep_setting_put", &rules, NULL, &err), "no review list");
}

/* ---- whom to reach, free places --------------------------------------------------------------------------------------------------- */

static struct facility_item_given said_in (int item, const char *words)
{
    return (struct facility_item_given) { .item = item, .answer = ITEM_ANSWER_YES, .text = words };
}

static void contacts (void)
{
    struct facility_hours_put meeting = clinic_hours ();

    as_officer ();
    is (say (CLINIC, said_in (FACILITY_ITEM_COORDINATOR, "相談員 見本 花子")), "taken", "A-18 a named contact for coordination");
    is (say (CLINIC, said_in (FACILITY_ITEM_COORDINATOR_REACH, "011-222-3333（直通）")), "taken", "A-18 ...how to reach it");
    is (say (CLINIC, said_in (FACILITY_ITEM_COORDINATOR_WHEN, "平日 13時〜15時")), "taken", "A-18 ...and when");
    is (say (CLINIC, said_in (FACILITY_ITEM_COORDINATOR, " ")), "text_empty", "A-18 nobody by name is refused");
    is (say (STATION, said_in (FACILITY_ITEM_PROXY_DESK, "受付")), "field_unknown_choice", "a station has no desk for a doctor");
    meeting.purpose = HOURS_PURPOSE_MEETING, meeting.slots.count = 1, meeting.closed.count = 0, meeting.year_end = 0;
    is (put (meeting), "taken", "A-34 when a doctor can be met");
    ok (view (CLINIC).hours.count == 2 && view (CLINIC).hours.items[1].purpose == HOURS_PURPOSE_MEETING, "A-34 ...beside the clinic's hours");
    is (allow (CLINIC, FACILITY_ITEM_COORDINATOR, 2, everybody), "field_unknown_choice", "A-18 never for residents, whatever is allowed");
    is (err.fields[0].pointer, "/audiences", "...the field is named");
    is (allow (CLINIC, FACILITY_ITEM_COORDINATOR, 1, professionals), "taken", "A-18 for professionals");
    is (allow (CLINIC, FACILITY_ITEM_MEETING_HOURS, 1, professionals), "taken", "A-34 ...and the doctor's hours");
    as_nurse ();
    ok (view (CLINIC).items.count == 2 && view (CLINIC).hours.count == 1 && view (CLINIC).hours.items[0].purpose == HOURS_PURPOSE_MEETING,
        "A-13 a nurse reads exactly these two");
    is_number (harness_number (harness, "select count(*) from facility_item where item > 18 and shown_to & 4 <> 0"), 0, "A-18 no row is open to residents");
}

static const char *places (const char *count, const char *day)
{
    struct facility_item_given given = { .item = FACILITY_ITEM_FREE_PLACES, .answer = count ? ITEM_ANSWER_YES : ITEM_ANSWER_NO, .text = count };
    struct facility_items_put message = { .facility_id = FAR_AWAY, .items = { &given, 1 }, .source = ITEM_SOURCE_OWN, .source_date = day };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_items_put", &message, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static void on_day (const char *day, int minute)
{
    harness_clock (harness, 0);
    harness_clock (harness, tokyo_instant (day_number_of_text (day), minute) - harness_now (harness));
}

static void free_places (void)
{
    on_day ("2026-11-24", 600);
    act_as_operator ();
    is (places ("3", NULL), "field_missing", "free places of nobody knows when are refused");
    is (err.fields[0].pointer, "/source_date", "...the field is named");
    is (places ("many", "2026-11-24"), "field_wrong_type", "...and what is no number");
    is (places ("0", "2026-11-24"), "field_wrong_type", "...and none as a number: that is no");
    is (places ("3", "2026-11-24"), "taken", "three places are free today");
    ok (view (FAR_AWAY).items.count == 1 && !view (FAR_AWAY).items.items[0].stale, "...and are shown as that");
    on_day ("2026-12-08", 600);
    ok (!view (FAR_AWAY).items.items[0].stale, "...for fourteen days");
    on_day ("2026-12-09", 600);
    ok (view (FAR_AWAY).items.items[0].stale, "...then nobody knows any more, and it says so");
    on_day ("2026-11-24", 600);
}

/* ---- found by ----------------------------------------------------------------------------------------------------------------------- */

/* Names of what is found, in their order: clinic C, station S, far away F. */
static const char *found (const char *open_at, bool asks_free, bool unsure, const char *text, const char *service, const char *municipality)
{
    struct facility_search query = { .open_at = open_at, .has_free = asks_free, .free = asks_free, .has_unsure = unsure, .unsure = unsure,
                                     .text = text, .service = service, .municipality = municipality };
    struct facility_search_answer answer = { 0 };
    static char names[20];
    size_t length = 0;

    err = (struct error) { 0 };
    if (harness_call (harness, "facility_search", &query, &answer, &err) < 0)
        return error_name_of (&err);
    if (answer.count != (int64_t) answer.facilities.count)
        return "count and list differ";
    for (size_t i = 0; i < answer.facilities.count; i++)
        names[length++] = strcmp (answer.facilities.items[i].facility_id, CLINIC) == 0 ? 'C'
                        : strcmp (answer.facilities.items[i].facility_id, STATION) == 0 ? 'S' : 'F';
    names[length] = '\0';
    return names;
}

static const char *open_then (const char *moment) { return found (moment, false, false, NULL, NULL, NULL); }
static const char *nobody_knows (const char *moment) { return found (moment, false, true, NULL, NULL, NULL); }

/* The clinic's hours are known; the station's and the far one's are not. */
static void found_open (void)
{
    as_officer ();
    is (open_then ("2026-11-24T10:00"), "C", "A-21 who is open on a Tuesday morning: where it is known");
    is (nobody_knows ("2026-11-24T10:00"), "SF", "A-21 ...and beside it those of whom nobody knows, never among the open ones");
    is (open_then ("2026-11-24T12:30"), "", "A-21 at noon the clinic is closed");
    is (nobody_knows ("2026-11-24T12:30"), "SF", "A-21 ...which is known");
    is (open_then ("2026-11-23T10:00"), "", "A-21 a Monday that is a holiday");
    is (open_then ("2026-11-28T10:00"), "C", "A-21 a fourth Saturday");
    is (open_then ("2026-11-21T10:00"), "", "A-21 ...the third is not");
    is (open_then ("2026-12-29T10:00"), "", "A-21 the year's end");
    is (open_then ("now"), "C", "A-21 now");
    is (found ("now", false, false, "見本", NULL, NULL), "C", "A-21 with part of the name");
    is (found ("now", false, false, "みほん", NULL, NULL), "", "A-21 ...of another");
    is (found ("now", false, true, NULL, "訪問看護", NULL), "S", "A-21 with the kind of service");
    is (found ("now", false, false, NULL, NULL, "131016"), "", "A-21 with the municipality");
    is (open_then ("2026-02-30T10:00"), "date_invalid", "a day that is none is refused");
    is (open_then ("2026-11-24T24:00"), "date_invalid", "...and a minute");
    is (open_then ("tonight"), "date_invalid", "...and words");
    is (err.fields[0].pointer, "/open_at", "...the field is named");
    as_nurse ();
    is (open_then ("now"), "", "A-13 what the clinic does not allow is no search hit either");
    is (nobody_knows ("now"), "SCF", "A-13 ...to others its hours are not known");
}

static void found_at_night (void)
{
    struct hours_slot night = slot (1, 1080, 1920);
    struct facility_hours_put message = { .facility_id = STATION, .purpose = HOURS_PURPOSE_SERVICE, .slots = { &night, 1 },
        .has_holidays_as_weekdays = true, .holidays_as_weekdays = true, .source = ITEM_SOURCE_SURVEY };

    as_officer ();
    is (put (message), "taken", "a station is there on Monday nights");
    is (open_then ("2026-11-24T03:00"), "S", "A-21 open since yesterday evening, which was a holiday");
    is (nobody_knows ("2026-11-24T03:00"), "F", "A-21 ...which is known");
    is (open_then ("2026-11-24T08:00"), "", "A-21 ...until the morning");
    is (nobody_knows ("2026-11-24T20:00"), "SF", "A-21 of its Tuesdays nothing is said");
    night.has_from_minute = night.has_to_minute = false;
    is (put (message), "taken", "open on Mondays, nobody knows when");
    is (open_then ("2026-11-30T10:00"), "C", "A-21 ...is not open");
    is (nobody_knows ("2026-11-30T10:00"), "SF", "A-21 ...but not known");
    message.slots.count = 0, message.holidays_as_weekdays = false;
    is (put (message), "taken", "nothing at all: not known any more");
    ok (view (STATION).hours.count == 0 && view (STATION).items.count == 0, "...neither apart nor in words");
}

static void found_free (void)
{
    act_as_operator ();
    harness_sql (harness, "update facility set service = '通所介護' where facility_id = '" FAR_AWAY "'");
    harness_sql (harness, "insert into facility_service (service, folded, count) values ('通所介護', '通所介護', 1) on conflict do nothing");
    is (found (NULL, true, false, NULL, NULL, NULL), "F", "who has free places");
    is (found (NULL, true, true, NULL, NULL, NULL), "", "...nobody else has places at all");
    is (found ("now", true, false, NULL, NULL, NULL), "", "open and with places: it is not known to be open");
    is (found ("now", true, true, NULL, NULL, NULL), "F", "A-21 ...so it stands among those of whom it is not known");
    on_day ("2026-12-09", 600);
    is (found (NULL, true, false, NULL, NULL, NULL), "", "after fourteen days nobody knows");
    is (found (NULL, true, true, NULL, NULL, NULL), "F", "...and it says so");
    is (places (NULL, "2026-12-09"), "taken", "no place is free");
    is (found (NULL, true, true, NULL, NULL, NULL), "", "...which is known: it stands in neither list");
}

int main (void)
{
    open_region ();
    open_facilities ();
    written ();
    refusals ();
    shown ();
    published ();
    moved ();
    held_back ();
    contacts ();
    free_places ();
    found_open ();
    found_at_night ();
    found_free ();
    harness_close (&harness);
    return done ();
}
