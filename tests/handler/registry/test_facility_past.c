/* A facility as it was known on any day, and who changed what. */
#include "people.h"

#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
static const int64_t day_us = 86400 * (int64_t) 1000000;

static void at (int days) { harness_clock (harness, days * day_us); }
static void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }

static const char *day (int days)
{
    static char text[11];

    day_number_text (tokyo_of (clock_real_us ()).day_number + days, text);
    return text;
}

/* As an import writes it: another phone, another source. */
static void imported (const char *phone, const char *source_date)
{
    harness_sql (harness, "update facility set phone = %s, content = gen_random_uuid (),"
        " provenance = '{\"*\": {\"source\": \"kaigo-jigyosho\", \"source_date\": \"%s\"}}' where facility_id = '" CLINIC "'", phone, source_date);
}

static void give (int item, enum item_answer answer, const char *text)
{
    struct facility_item_given given = { .item = item, .answer = answer, .text = text };
    struct facility_items_put put = { .facility_id = CLINIC, .items = { &given, 1 }, .source = ITEM_SOURCE_SURVEY };

    must (harness_call (harness, "facility_items_put", &put, NULL, &err), "item");
}

static struct facility_past_answer past (const char *when)
{
    struct facility_past_answer answer = { 0 };

    err = (struct error) { 0 };
    if (harness_call (harness, "facility_past", &(struct facility_past) { .facility_id = CLINIC, .day = when }, &answer, &err) < 0)
        note ("%s %s", error_name_of (&err), err.detail);
    return answer;
}

static const char *field (const struct facility_past_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->fields.count; i++)
        if (strcmp (answer->fields.items[i].name, name) == 0)
            return answer->fields.items[i].value;
    return "nothing";
}

static void open_clinic (void)
{
    harness_sql (harness, "truncate facility cascade");
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone, phone_doubtful, source, provenance,"
        " content, search, sort_key, grams, recorded_at) values ('" CLINIC "', '0112345678', '診療所', '011002', '011002', '見本の家', '011-1', false, 'x',"
        " '{}', gen_random_uuid (), '見本の家', '見本の家', '{}', now () - interval '3 days')");
    must (put_person (2, "係 一郎", "カカリ イチロウ", "kakari@city.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    as_officer ();
    at (0), give (FACILITY_ITEM_HOUSE_CALLS, ITEM_ANSWER_YES, "16キロ以内");
    at (2), imported ("'011-2'", "2026-06-30");
    at (4), give (FACILITY_ITEM_HOUSE_CALLS, ITEM_ANSWER_NO, NULL);
    at (6), imported ("null", "2026-12-31");
    at (8);
}

static void as_of (void)
{
    struct facility_past_answer answer = past (day (-10));

    as_officer ();
    ok (answer.fields.count == 0 && answer.items.count == 0, "A-30 before the facility was known, nothing was known of it");
    answer = past (day (0));
    is (field (&answer, "phone"), "011-1", "A-30 the telephone as it was on the first day");
    ok (answer.items.count == 1 && answer.items.items[0].answer == ITEM_ANSWER_YES && strcmp (answer.items.items[0].text, "16キロ以内") == 0,
        "A-30 house calls as they were");
    answer = past (day (3));
    is (field (&answer, "phone"), "011-2", "A-30 ...after the next import");
    is (field (&answer, "name"), "見本の家", "A-30 what never changed stands there, too");
    answer = past (day (5));
    ok (answer.items.count == 1 && answer.items.items[0].answer == ITEM_ANSWER_NO, "A-30 house calls after they ended");
    answer = past (NULL);
    is (field (&answer, "phone"), "nothing", "A-30 today no telephone is published");
}

static void changes (void)
{
    const struct facility_past_answer answer = past (NULL);
    const struct facility_past_change *newest = answer.changes.items, *no = newest + 1, *import = newest + 2, *yes = newest + 3;

    is_number ((int64_t) answer.changes.count, 4, "A-30 four changes");
    ok (strcmp (newest->field, "phone") == 0 && strcmp (newest->before, "011-2") == 0 && !newest->after && !newest->by_name
        && strcmp (newest->source, "kaigo-jigyosho") == 0 && strcmp (newest->source_date, "2026-12-31") == 0,
        "A-30 an import took the telephone away, from which file of which day");
    ok (no->item == FACILITY_ITEM_HOUSE_CALLS && strcmp (no->before, "yes 16キロ以内") == 0 && strcmp (no->after, "no") == 0
        && strcmp (no->by_name, "係 一郎") == 0 && strcmp (no->source, "survey") == 0, "A-30 who wrote that house calls ended, and what stood before");
    ok (strcmp (import->before, "011-1") == 0 && strcmp (import->after, "011-2") == 0, "A-30 what an import changed, before and after");
    ok (!yes->before && strcmp (yes->after, "yes 16キロ以内") == 0, "A-30 the first answer, with nothing before");
}

static void kept (void)
{
    int64_t before = harness_number (harness, "select count(*) from facility_past");

    harness_sql (harness, "update facility set search = search where facility_id = '" CLINIC "'");
    is_number (harness_number (harness, "select count(*) from facility_past"), before, "an import that changes nothing leaves no trace");
    for (int i = 0; i < 210; i++)
        imported (i % 2 ? "'011-3'" : "'011-4'", "2027-01-31");
    is_number (harness_number (harness, "select count(*) from facility_past"), 200, "A-30 the history of a facility is bounded");
}

static void refused (void)
{
    struct facility_past ask = { .facility_id = CLINIC, .day = "2026-02-30" };

    ok (harness_call (harness, "facility_past", &ask, NULL, &err) < 0 && err.key == ERROR_DATE_INVALID, "no such day");
    ask.day = NULL;
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    ok (harness_call (harness, "facility_past", &ask, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "A-30 who does not keep the record reads no history");
    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    ok (harness_call (harness, "facility_past", &ask, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "...nor another municipality");
    is_number (harness_sees (harness, "select count(*) from facility_item where until_at is not null"), 0, "...at database level neither");
}

int main (void)
{
    open_region ();
    open_clinic ();
    as_of ();
    changes ();
    kept ();
    refused ();
    close_region ();
    return done ();
}
