/* Whose answer a clinic's proxy may prepare, and when; what of it is still to be shown (practice.md 03, 診療所の代行者). */
#include "alert_draft.h"
#include "tap.h"

#define DOCTOR "00000000-0000-7000-8000-000000000003"
#define OTHER "00000000-0000-7000-8000-000000000004"
#define CLINIC "00000000-0000-7000-8000-000000000013"
#define ELSEWHERE "00000000-0000-7000-8000-000000000014"

static const char *refusal_of (enum alert_state state, enum try_state stands, const char *office)
{
    const struct alert_row alert = { .state = state, .accepted_by = stands == TRY_STATE_ACCEPTED ? DOCTOR : state == ALERT_STATE_ACCEPTED ? OTHER : NULL };
    struct try_row row = { .view = { .person_id = DOCTOR, .target = TARGET_KIND_PERSON, .state = stands }, .office_id = CLINIC };
    const struct try_rows tries = { .items = &row, .count = 1 };
    const struct error err = { .key = draft_refusal (&alert, draft_entry (&tries, DOCTOR, office), office) };

    return err.key ? error_name_of (&err) : "may";
}

static void test_each_state (void)
{
    static const struct { enum try_state state; const char *searching, *accepted; } rows[] = {
        { TRY_STATE_PLANNED, "doctor_not_asked", "doctor_not_asked" }, { TRY_STATE_ASKED, "may", "may" }, { TRY_STATE_SEEN, "may", "may" },
        { TRY_STATE_ACCEPTED, "doctor_has_answered", "doctor_has_answered" }, { TRY_STATE_DECLINED, "doctor_has_answered", "doctor_has_answered" },
        { TRY_STATE_NO_ANSWER, "may", "already_accepted" }, { TRY_STATE_SKIPPED, "may", "already_accepted" },
        { TRY_STATE_CALLED_OFF, "may", "already_accepted" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[140];

        snprintf (name, sizeof name, "practice 03: an answer is prepared for a doctor whose entry stands at %d", (int) rows[i].state);
        is (refusal_of (ALERT_STATE_SEARCHING, rows[i].state, CLINIC), rows[i].searching, name);
        is (refusal_of (ALERT_STATE_ACCEPTED, rows[i].state, CLINIC), rows[i].accepted, "...while somebody holds it: only for who is offered it");
        is (refusal_of (ALERT_STATE_ENDED, rows[i].state, CLINIC), "already_ended", "...not after the end");
        is (refusal_of (ALERT_STATE_SEARCHING, rows[i].state, ELSEWHERE), rows[i].state == TRY_STATE_PLANNED ? "doctor_not_asked" : "not_your_doctor",
            "...not by another clinic's proxy");
    }
    is (refusal_of (ALERT_STATE_SEARCHING, TRY_STATE_ASKED, NULL), "not_your_doctor", "...nor by somebody without an office");
}

static void test_which_entry (void)
{
    struct try_row rows[] = {
        { .view = { .person_id = OTHER, .state = TRY_STATE_ASKED }, .office_id = CLINIC, .try_id = 1 },
        { .view = { .person_id = DOCTOR, .state = TRY_STATE_ASKED }, .office_id = CLINIC, .try_id = 2 },
        { .view = { .person_id = DOCTOR, .state = TRY_STATE_ASKED }, .office_id = CLINIC, .try_id = 3 },
        { .view = { .person_id = DOCTOR, .state = TRY_STATE_ASKED }, .office_id = ELSEWHERE, .try_id = 4 },
        { .view = { .state = TRY_STATE_ASKED, .target = TARGET_KIND_OFFICE }, .office_id = CLINIC, .try_id = 5 } };
    const struct try_rows tries = { .items = rows, .count = sizeof rows / sizeof *rows }, none = { 0 };

    is_number (draft_entry (&tries, DOCTOR, CLINIC)->try_id, 3, "the newest entry of that person under the proxy's office");
    is_number (draft_entry (&tries, DOCTOR, ELSEWHERE)->try_id, 4, "...under another office, that one");
    ok (!draft_entry (&tries, "00000000-0000-7000-8000-000000000009", CLINIC), "an office that was asked is nobody in person");
    ok (!draft_entry (&none, DOCTOR, CLINIC), "nobody was asked");
}

static void test_what_counts (void)
{
    struct try_row own = { .view = { .person_id = DOCTOR, .state = TRY_STATE_ASKED }, .try_id = 7 };
    const struct draft_row draft = { .try_id = 7, .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true, .arrival_at = 500, .drafted_at = 100 };
    const struct draft_row cannot = { .try_id = 7, .answer = ALERT_ANSWER_KIND_CANNOT, .decline = DECLINE_REASON_OTHER };
    struct draft_row all[] = { cannot, draft };
    const struct draft_rows drafts = { .items = all, .count = 1 };

    ok (draft_counts (&draft, &own), "a draft counts until the entry is answered");
    own.view.has_answered_at = true;
    own.view.answered_at = 101;
    ok (!draft_counts (&draft, &own), "...then it is history");
    own.view.answered_at = 99;
    ok (draft_counts (&draft, &own), "...but one that was prepared since counts, as when the same doctor is asked anew");
    ok (!draft_counts (NULL, &own), "no draft counts for nothing");
    own.try_id = 8;
    ok (!draft_counts (&draft, &own), "...nor one of another entry");
    ok (draft_of (&drafts, 7) == &all[0] && !draft_of (&drafts, 8), "a draft is found by its entry");
    ok (draft_says (&draft, &(struct alert_answer) { .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true, .arrival_at = 500, .text = "薬を持って" }),
        "an answer is the prepared one when kind and arrival are; words may be added");
    ok (!draft_says (&draft, &(struct alert_answer) { .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true, .arrival_at = 501 }), "...not with another arrival");
    ok (!draft_says (&draft, &(struct alert_answer) { .answer = ALERT_ANSWER_KIND_BY_TELEPHONE }), "...not another answer");
    ok (!draft_says (&cannot, &(struct alert_answer) { .answer = ALERT_ANSWER_KIND_CANNOT, .decline = DECLINE_REASON_IN_CONSULTATION }), "...not another reason");
}

int main (void)
{
    test_each_state ();
    test_which_entry ();
    test_what_counts ();
    return done ();
}
