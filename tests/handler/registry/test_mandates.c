/* A joint office (KU-11): one log-in, several municipalities acted for, each by a mandate that is seen and ends; KU-06: one person, one id. */
#include "people.h"

#define MANDATE "0190a3b4-0000-7000-8000-00000000d101"
#define CLINIC "0190a3b4-0000-7000-8000-00000000f001"
static const int64_t day_us = 86400 * (int64_t) 1000000;
static struct session_opened session;

static const char *day (int days)
{
    static char text[4][11];
    static int turn;
    char *one = text[turn++ % 4];

    day_number_text (tokyo_of (clock_real_us ()).day_number + days, one);
    return one;
}

static const char *put (const char *municipality, int office, const char *from, const char *to)
{
    struct mandate_put message = { .mandate_id = MANDATE, .municipality = municipality, .office_id = OFFICE (office), .from = from, .to = to,
                                   .given_by = "町議会の議決" };

    err = (struct error) { 0 };
    return harness_call (harness, "mandate_put", &message, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static const char *choose (const char *municipality)
{
    struct office_choose message = { .office_id = OFFICE (2), .municipality = municipality };

    err = (struct error) { 0 };
    return harness_call (harness, "office_choose", &message, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static const char *acts_for (void)
{
    return harness_text (harness, "select municipality || ' ' || split_part (context, '|', 5) from session_actor (sha256 ('%s'))",
                         session.session_token);
}

static void given (void)
{
    act_as_operator ();
    must (put_person (2, "推進 一郎", "スイシン イチロウ", "suishin@city.example"), "person");
    must (put_membership (2, 2, ROLE_MUNICIPAL_OFFICER), "membership");
    must (put_account (2, "Suishin", PASSWORD), "account");
    is (put ("011002", 2, day (-1), NULL), "field_unknown_choice", "an office acts for its own municipality anyway");
    is (put ("131016", 2, day (-1), NULL), "field_unknown_choice", "...and for none outside the region");
    is (put ("012025", 2, day (5), day (1)), "period_reversed", "no mandate ends before it begins");
    act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is (put ("012025", 2, day (-1), NULL), "not_for_role", "nobody gives the own office a mandate");
    session = log_in ("suishin");
    act_with (session.session_token);
    is (choose ("012025"), "not_for_you", "KU-11 without a mandate nobody acts for another municipality");
    is (err.fields[0].pointer, "/municipality", "...the field is named");
    act_as_operator ();
    is (put ("012025", 2, day (-1), day (10)), "taken", "KU-11 the neighbour lets the joint office act for it");
    is (put ("012025", 2, day (-1), day (10)), "taken", "...a second time");
    is_number (harness_number (harness, "select count(*) from mandate"), 1, "...is one mandate");
    is (put ("012025", 1, day (-1), NULL), "not_for_you", "another office has another mandate");
}

static void one_log_in (void)
{
    struct session_now_answer now = { 0 };

    act_with (session.session_token);
    is (acts_for (), "011002 011002", "KU-11 one acts for the own municipality until one chooses");
    is (choose ("012025"), "taken", "KU-11 one chooses the other one, with the same log-in");
    is (acts_for (), "012025 012025", "KU-11 ...and has its context, no longer the own one's");
    act_with (session.session_token);
    must (harness_call (harness, "session_now", &(struct session_now) { 0 }, &now, &err), "session");
    ok (strcmp (now.municipality, "012025") == 0 && strcmp (now.municipality_name, "隣町") == 0 && strcmp (now.office_id, OFFICE (2)) == 0,
        "KU-11 the page's head can say for whom");
    ok (now.mandates.count == 1 && strcmp (now.mandates.items[0].given_by, "町議会の議決") == 0 && strcmp (now.mandates.items[0].to, day (10)) == 0,
        "KU-11 ...and who mandated, from when to when");
    is_number ((int64_t) now.memberships.count, 1, "KU-06 one person with one place, nowhere registered a second time");
}

static void its_records (void)
{
    struct facility_item_given given = { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_YES };
    struct facility_items_put items = { .facility_id = CLINIC, .items = { &given, 1 }, .source = ITEM_SOURCE_SURVEY };

    harness_sql (harness, "truncate facility cascade");
    harness_sql (harness, "insert into facility (facility_id, number, service, located_in, municipality, name, phone_doubtful, source, provenance,"
        " content, search, sort_key, grams) values ('" CLINIC "', '0112345678', '診療所', '012025', '012025', '見本の家', false, 'kaigo-jigyosho',"
        " '{}', gen_random_uuid (), '見本の家', '見本の家', '{}')");
    act_with (session.session_token);
    is_number (harness_call (harness, "facility_items_put", &items, NULL, &err), 0, "KU-11 what the neighbour keeps is written for it");
    is_number (harness_sees (harness, "select count(*) from facility_item"), 1, "KU-11 ...and read");
    is (choose (NULL), "taken", "back to the own municipality");
    act_with (session.session_token);
    is (acts_for (), "011002 011002", "...");
    is_number (harness_sees (harness, "select count(*) from facility_item"), 0, "KU-11 for the own one nothing of the other is read");
    given.item = FACILITY_ITEM_RESPIRATOR;
    ok (harness_call (harness, "facility_items_put", &items, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "...nor written");
}

static void over (void)
{
    is (choose ("012025"), "taken", "for the neighbour again");
    harness_clock (harness, 11 * day_us);
    harness_sql (harness, "update session set seen_at = guard.now (), expires_at = guard.now () + interval '1 hour'");
    is (acts_for (), "011002 011002", "KU-11 a mandate that is over leaves the own municipality");
    act_with (session.session_token);
    is (choose ("012025"), "not_for_you", "...and is chosen no more");
    harness_clock (harness, 0);
}

int main (void)
{
    open_region ();
    harness_sql (harness, "truncate mandate");
    given ();
    one_log_in ();
    its_records ();
    over ();
    close_region ();
    return done ();
}
