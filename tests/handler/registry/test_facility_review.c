/* The mark that residents may see a facility: who gives and takes it, and what the one SQL place shows of it (A-13, A-15, A-16, S-30). */
#include "residents.h"

static int64_t told (void) { return harness_events (harness, &facility_changed_message); }
static int64_t public_rows (const char *what) { return harness_sees (harness, "select count(*) from %s", what); }

static const char *unreviewed (const char *service, bool reviewed)
{
    struct facility_review_list query = { .service = service, .has_reviewed = true, .reviewed = reviewed };
    struct facility_review_list_answer answer = { 0 };
    static char text[300];

    err = (struct error) { 0 };
    if (harness_call (harness, "facility_review_list", &query, &answer, &err) < 0)
        return error_name_of (&err);
    snprintf (text, sizeof text, "%d", (int) answer.count);
    for (size_t i = 0; i < answer.facilities.count; i++)
        snprintf (text + strlen (text), sizeof text - strlen (text), " %s:%d%s%s", answer.facilities.items[i].name,
                  (int) answer.facilities.items[i].consented, answer.facilities.items[i].marked_by ? " " : "",
                  answer.facilities.items[i].marked_by ? answer.facilities.items[i].marked_by : "");
    return text;
}

static void nothing_yet (void)
{
    as_nobody ();
    is_number (public_rows ("facility_public"), 0, "A-16 nothing is shown to residents before somebody has reviewed it");
    as_officer ();
    is (unreviewed (NULL, false), "2 みほん訪問看護:0 見本の家診療所:0", "A-16 an officer sees what is not reviewed of the own municipality");
    is (unreviewed ("診療所", false), "1 見本の家診療所:0", "...of one kind");
    is (unreviewed (NULL, true), "0", "...and nothing reviewed");
    as_neighbour ();
    is (unreviewed (NULL, false), "0", "the neighbour sees nothing of it");
    as_nurse ();
    is (unreviewed (NULL, false), "not_for_role", "a nurse does not ask");
}

static void marked (void)
{
    int64_t before = told ();

    as_neighbour ();
    is (REVIEW (true, CLINIC), "not_for_you", "A-16 another municipality's officer marks nothing");
    as_officer ();
    is (REVIEW (true, CLINIC, FAR_AWAY), "not_for_you", "A-16 nor is anything marked together with what one does not look after");
    is (REVIEW (true, CLINIC, "0190a3b4-0000-7000-8000-00000000f0ff"), "not_for_you", "...or what does not exist");
    is_number (harness_number (harness, "select count(*) from facility_review"), 0, "...nothing at all");
    is (review (0, NULL, true), "field_missing", "none is refused");
    is (REVIEW (true, CLINIC, STATION), "taken", "A-16 the officer marks both at once");
    is_number (told (), before + 2, "A-29 each is told");
    is (REVIEW (true, STATION, CLINIC), "taken", "the same again, in another order");
    is_number (told (), before + 2, "...is not told");
    is_number (harness_number (harness, "select count(*) from facility_review"), 2, "...nor written");
    is (unreviewed (NULL, true), "2 みほん訪問看護:0 係 一郎 見本の家診療所:0 係 一郎", "A-16 who reviewed it stands beside it");
    as_nobody ();
    is_number (public_rows ("facility_public"), 2, "A-16 residents see them");
}

/* What is allowed to residents, of what may be shown to them at all. */
static void items (void)
{
    const int residents[] = { AUDIENCE_RESIDENTS }, professionals[] = { AUDIENCE_PROFESSIONALS };

    as_officer ();
    is (say (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_YES }), "taken", "house calls");
    is (say (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_YES, .text = "011-222-3335" }), "taken", "a FAX");
    as_nobody ();
    is_number (public_rows ("facility_public_item"), 0, "A-13 without consent residents see no item");
    is_number (harness_sees (harness, "select count(*) from information_schema.columns where table_name = 'facility_public'"
                                      " and column_name in ('fax', 'email', 'extra', 'corporation_name', 'remark', 'provenance')"), 0,
               "S-30 the view has no FAX, no e-mail, nobody's name");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_FAX, 1, professionals), "taken", "the FAX is for professionals");
    is (allow (CLINIC, FACILITY_ITEM_HOUSE_CALLS, 1, residents), "taken", "house calls are for residents");
    is (unreviewed ("診療所", true), "1 見本の家診療所:1 係 一郎", "the list says how much is allowed to residents");
    as_nobody ();
    is_number (harness_sees (harness, "select sum (item) from facility_public_item"), FACILITY_ITEM_HOUSE_CALLS,
               "A-13, A-15 residents see the one that is allowed to them");
    as_nurse ();
    is_number (public_rows ("facility_public_item"), 1, "...and so does everybody who reads what residents see");
    is_number (harness_sees (harness, "select count(*) from facility_item where item = %d", FACILITY_ITEM_HOUSE_CALLS), 0,
               "A-15 ...but professionals do not see it as theirs");
}

static void no_longer (void)
{
    as_nobody ();
    harness_sql (harness, "update facility set not_in_latest = '2026-10-01' where facility_id = '" CLINIC "'");
    is_number (public_rows ("facility_public_item"), 0, "what is missing from the newest source is not shown");
    harness_sql (harness, "update facility set not_in_latest = null where facility_id = '" CLINIC "'");
    as_officer ();
    is (REVIEW (false, CLINIC), "taken", "A-16 the mark is taken back");
    as_nobody ();
    is_number (public_rows ("facility_public_item") + public_rows ("facility_public"), 1, "A-16 ...from then on residents see only the other");
    is_number (harness_number (harness, "select count(*) from facility_review where facility_id = '" CLINIC "' and why = '確認のやり直し'"
                                        " and taken_by = '%s'", PERSON (2)), 1, "A-30 who took it back and why is kept");
    as_nurse ();
    is_number (harness_sees (harness, "select count(*) from facility_review where facility_id = '" CLINIC "'"), 0, "...for who keeps the record");
    as_officer ();
    is (REVIEW (true, CLINIC), "taken", "and given again");
    is_number (harness_sees (harness, "select count(*) from facility_review where facility_id = '" CLINIC "'"), 2, "A-30 both stand");
}

static void moved (void)
{
    harness_sql (harness, "update facility set municipality = '012025' where facility_id = '" CLINIC "'");
    as_neighbour ();
    is (REVIEW (false, CLINIC), "taken", "a facility that moved is reviewed by its new keeper");
    harness_sql (harness, "update facility set municipality = '011002' where facility_id = '" CLINIC "'");
    as_officer ();
    is (REVIEW (true, CLINIC), "taken", "...and by the old one when it comes back");
}

int main (void)
{
    open_region ();
    open_facilities ();
    nothing_yet ();
    marked ();
    items ();
    no_longer ();
    moved ();
    close_region ();
    return done ();
}
