/* Information differs: a task for who looks after the facility, and the reporter hears what came of it. */
#include "residents.h"

static struct facility_reported told (void)
{
    struct facility_reported event = { 0 };

    if (harness_last_event (harness, &facility_reported_message, &event) < 0)
        return (struct facility_reported) { 0 };
    return event;
}

static const char *report (const char *facility, const char *what)
{
    struct facility_report_put put = { facility, what };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_report_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static const char *settle (const char *report_id, enum report_outcome outcome)
{
    struct facility_report_settle put = { report_id, outcome, "電話で確かめました" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_report_settle", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct facility_report_list_answer list (bool settled, bool mine)
{
    struct facility_report_list query = { .has_settled = true, .settled = settled, .has_mine = true, .mine = mine };
    struct facility_report_list_answer answer = { 0 };

    must (harness_call (harness, "facility_report_list", &query, &answer, &err), "list");
    return answer;
}

static void made (void)
{
    struct facility_report_list_answer answer;

    as_nurse ();
    is (report (CLINIC, " 　\n" + 1), "taken", "text of wide blanks is somebody's text");
    harness_sql (harness, "truncate facility_report");
    is (report (CLINIC, " \n"), "text_empty", "nothing said is refused");
    is (report ("0190a3b4-0000-7000-8000-00000000f0ff", "違う"), "not_for_you", "a facility that does not exist, too");
    is (report (CLINIC, "往診は木曜日もしています"), "taken", "A-26 a nurse says what differs");
    ok (told ().people.count == 1 && strcmp (told ().people.items[0], PERSON (2)) == 0 && told ().outcome == 0,
        "A-26 the officer of the municipality that looks after it hears of it");
    is (told ().by, PERSON (1), "...and from whom");
    is_number (list (false, true).open, 1, "A-26 the nurse sees the own report");
    as_neighbour ();
    is_number ((int64_t) list (false, false).reports.count, 0, "the neighbour does not");
    is_number (harness_sees (harness, "select count(*) from facility_report"), 0, "...at database level neither");
    as_officer ();
    answer = list (false, false);
    ok (answer.open == 1 && strcmp (answer.reports.items[0].name, "見本の家診療所") == 0
        && strcmp (answer.reports.items[0].by_name, "佐藤 花子") == 0
        && strcmp (answer.reports.items[0].by_office, "みほん訪問看護ステーション") == 0, "A-26 the officer sees what, of which facility, from whom");
    is_number (list (false, true).open, 0, "...and none of his own");
}

static void settled (void)
{
    const char *id = harness_text (harness, "select report_id from facility_report");
    struct facility_report_list_answer answer;

    as_nurse ();
    is (settle (id, REPORT_OUTCOME_RIGHT), "not_for_role", "a nurse settles none");
    as_neighbour ();
    is (settle (id, REPORT_OUTCOME_RIGHT), "not_for_you", "the neighbour neither");
    as_officer ();
    is (settle (id, REPORT_OUTCOME_CORRECTED), "taken", "A-26 the officer settles it");
    ok (told ().outcome == REPORT_OUTCOME_CORRECTED && told ().people.count == 1 && strcmp (told ().people.items[0], PERSON (1)) == 0,
        "A-26 the nurse hears what came of it");
    is (settle (id, REPORT_OUTCOME_RIGHT), "not_for_you", "once");
    is_number (list (false, false).open, 0, "it is no task any more");
    as_nurse ();
    answer = list (true, true);
    ok (answer.reports.count == 1 && answer.reports.items[0].outcome == REPORT_OUTCOME_CORRECTED
        && strcmp (answer.reports.items[0].words, "電話で確かめました") == 0, "A-26 the nurse reads it in words");
}

static void nobody_there (void)
{
    as_nurse ();
    is (report (FAR_AWAY, "電話番号が変わりました"), "taken", "a facility that nobody of the region looks after");
    ok (told ().people.count == 1 && strcmp (told ().people.items[0], PERSON (2)) != 0, "...is told to who runs the region");
    as_officer ();
    is_number (list (false, false).open, 0, "...and is no officer's task");
    act_as_operator ();
    is_number (list (false, false).open, 1, "...but the operator's");
}

int main (void)
{
    open_region ();
    open_facilities ();
    made ();
    settled ();
    nobody_there ();
    close_region ();
    return done ();
}
