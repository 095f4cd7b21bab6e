/* Letters to facilities: what is asked, codes, what of an answer is written, what waits (A-10 ... ). */
#include "letter_rules.h"
#include "tap.h"

static struct arena arena;
static struct error err;

static const char *list_of (struct enum_list list)
{
    char *text = arena_text (&arena, "");

    for (size_t i = 0; i < list.count; i++)
        text = arena_print (&arena, "%s%s%d", text, i ? " " : "", list.items[i]);
    return text;
}

static void codes (void)
{
    char code[LETTER_CODE + 1], other[LETTER_CODE + 1];

    letter_code_new (code);
    letter_code_new (other);
    ok (strlen (code) == LETTER_CODE && strcmp (code, other) != 0 && !strpbrk (code, "01IO"), "A-11 a return code has no letter that looks like another");
    is (letter_code_read (&arena, "ａｂ2d－EF g h"), "AB2DEFGH", "A-11 ...and is read however it is typed");
    is (letter_code_text (&arena, "AB2DEFGH"), "AB2D-EFGH", "...and printed in two groups");
}

static void asked (void)
{
    const struct known_item one = { .item = FACILITY_ITEM_MEETING_HOURS, .answer = ITEM_ANSWER_YES, .text = "水曜の午後" };
    const struct known_items none = { 0 }, known = { &one, 1 };
    const uint64_t four = 1ull << (FACILITY_ITEM_HOUSE_CALLS - 1) | 1ull << (FACILITY_ITEM_DEPARTMENTS - 1) | 1ull << (FACILITY_ITEM_MEETING_HOURS - 1)
        | 1ull << (FACILITY_ITEM_EMERGENCY_VISITS - 1);
    struct letter_item_list questions;

    is (list_of (letter_items (FACILITY_KIND_CARE, 0, &none, &arena)), "15 16 17", "A-23 a confirmation shows table 1 of the kind");
    is (list_of (letter_items (FACILITY_KIND_HOME_MEDICINE, 0, &known, &arena)), "1 2 3 4 5 6 7 8 9 10 11 15 16 17 18 19", "A-23 ...and what else is known");
    is (list_of (letter_items (FACILITY_KIND_HOME_MEDICINE, four, &none, &arena)), "2 18 19", "A-32 a survey asks what fits the kind");
    is (list_of (letter_items (FACILITY_KIND_HOME_NURSING, four, &none, &arena)), "12", "A-32 ...of a station something else");
    questions = letter_questions (letter_items (FACILITY_KIND_HOME_MEDICINE, four, &known, &arena), &known, &(struct facility_consents) { 0 }, &arena);
    ok (questions.count == 3 && !questions.items[0].answer && questions.items[2].answer == ITEM_ANSWER_YES
        && strcmp (questions.items[2].text, "水曜の午後") == 0, "A-11 what is known is filled in");
    questions = letter_questions (letter_items (FACILITY_KIND_CARE, 0, &none, &arena), &none, &(struct facility_consents) { 0 }, &arena);
    letter_fill_published (questions, "0990-1-2345", NULL);
    ok (questions.items[0].answer == ITEM_ANSWER_YES && strcmp (questions.items[0].text, "0990-1-2345") == 0 && !questions.items[1].answer,
        "A-11 ...a published number, too");
}

static const char *refusal (struct facility_item_given given, struct letter_consent consent, const char *by)
{
    static const int items[] = { FACILITY_ITEM_FAX, FACILITY_ITEM_HOURS };

    err = (struct error) { 0 };
    return letter_answer_check (&(struct facility_item_given_list) { &given, given.item != 0 }, &(struct letter_consent_list) { &consent, consent.item != 0 },
                                by, (struct enum_list) { items, 2 }, &err) == 0 ? "taken" : err.fields[0].pointer;
}

static void checked (void)
{
    const struct facility_item_given fax = { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_NO }, other = { .item = FACILITY_ITEM_PHONE },
        notified = { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_NO, .has_notified = true, .notified = true };
    const struct letter_consent consent = { .item = FACILITY_ITEM_HOURS }, beyond = { .item = FACILITY_ITEM_PHONE };
    const struct facility_item_given nothing = { 0 };
    const struct letter_consent silence = { 0 };

    is (refusal (nothing, silence, "院長"), "taken", "A-23 nothing but a name: no change");
    is (refusal (fax, consent, "院長"), "taken", "A-11 an answer with consent");
    is (refusal (fax, consent, "  "), "/given_by", "nobody who answers");
    is (refusal (other, silence, "院長"), "/items/0/item", "what was not asked");
    is (refusal (notified, silence, "院長"), "/items/0/item", "A-05 what is notified is not the facility's to say");
    is (refusal (nothing, beyond, "院長"), "/consents/0/item", "consent to what was not asked");
}

static void written (void)
{
    const struct known_item before[] = {
        { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "011-222-3333", .source = ITEM_SOURCE_SURVEY, .changed_at = 5 },
        { .item = FACILITY_ITEM_HOURS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN, .text = "平日", .source = ITEM_SOURCE_SURVEY, .changed_at = 5 },
        { .item = FACILITY_ITEM_PHONE, .answer = ITEM_ANSWER_NO, .performed = PERFORMED_UNKNOWN, .source = ITEM_SOURCE_SURVEY, .changed_at = 5 } };
    static const int items[] = { FACILITY_ITEM_FAX, FACILITY_ITEM_HOURS }, staff[] = { AUDIENCE_PROFESSIONALS };
    const struct known_items known = { before, 3 };
    struct facility_item_given fax = { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_NO };
    struct facility_items_put put = { .items = { &fax, 1 }, .source = ITEM_SOURCE_SURVEY };
    struct letter_consent said = { .item = FACILITY_ITEM_HOURS, .audiences = { staff, 1 } };
    struct facility_consents consents = letter_consents (&(struct facility_consents) { 0 }, &(struct letter_consent_list) { &said, 1 }, "院長", "2026-05-01", &arena);
    struct facility_turn turn = letter_turn (&known, &put, (struct enum_list) { items, 2 }, &consents, 9, &arena);

    ok (consents.count == 1 && strcmp (consents.items[0].given_by, "院長") == 0, "A-13 consent is given by who answers");
    is_number ((int64_t) letter_consents (&consents, &(struct letter_consent_list) { &said, 1 }, "別の人", "2026-06-01", &arena).count, 0, "...the same again is none");
    ok (turn.ended.count == 2 && turn.begun.count == 2, "A-22 what was asked turns, what was not stays");
    ok (turn.begun.items[0].answer == ITEM_ANSWER_NO && turn.begun.items[0].changed_at == 9 && turn.begun.items[0].confirmed_at == 9, "A-22 what is said is changed and confirmed");
    ok (turn.begun.items[1].changed_at == 5 && turn.begun.items[1].confirmed_at == 9 && turn.begun.items[1].shown_to == 2,
        "A-22, A-13 what stays is confirmed, and shown to whom it is allowed to");
}

static void held_back (void)
{
    const struct known_item one = { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_NO, .performed = PERFORMED_UNKNOWN };
    const struct known_items known = { &one, 1 }, none = { 0 };
    struct facility_item_given said[] = { { .item = FACILITY_ITEM_FAX, .answer = ITEM_ANSWER_NO }, { .item = FACILITY_ITEM_HOURS, .answer = ITEM_ANSWER_NO } };
    struct facility_item_given_list list = { said, 2 };
    const uint64_t review = 1ull << (FACILITY_ITEM_FAX - 1);
    struct facility_item_given_list waits = review_split (&list, review, &none, &arena);

    ok (waits.count == 1 && waits.items[0].item == FACILITY_ITEM_FAX && list.count == 1 && list.items[0].item == FACILITY_ITEM_HOURS,
        "A-24 what is on the review list waits, the rest does not");
    list = (struct facility_item_given_list) { said, 2 };
    is_number ((int64_t) review_split (&list, review, &known, &arena).count, 0, "A-24 what stands already needs no approval");
}

static void ranges (void)
{
    static const int kinds[] = { FACILITY_KIND_CARE }, items[] = { FACILITY_ITEM_FAX };
    struct survey_put survey = { .title = "調査", .intro = "", .kinds = { kinds, 1 }, .items = { items, 1 }, .due_on = "2026-05-02" };
    struct survey_consult consult = { .body = "医師会", .held_on = "2026-05-01", .remark = "よい" };

    is_number (survey_check (&survey, "2026-05-01", &err), 0, "a survey");
    ok (survey_check (&survey, "2026-05-03", &err) < 0 && err.key == ERROR_DATE_INVALID, "...is not due in the past");
    survey.items.count = 0;
    ok (survey_check (&survey, "2026-05-01", &err) < 0 && strcmp (err.fields[0].pointer, "/items") == 0, "...asks something");
    is_number (consultation_check (&consult, "2026-05-01", &err), 0, "A-10 body, day, remark");
    ok (consultation_check (&consult, "2026-04-30", &err) < 0 && err.key == ERROR_DOCUMENT_DATE, "A-10 ...of a day that has come");
    consult.remark = " ";
    ok (consultation_check (&consult, "2026-05-01", &err) < 0 && strcmp (err.fields[0].pointer, "/remark") == 0, "A-10 ...and what was said");
    ok (setting_check (&(struct upkeep_setting_put) { .months = 61 }, &err) < 0 && err.key == ERROR_FIELD_OUT_OF_RANGE
        && setting_check (&(struct upkeep_setting_put) { .months = 60 }, &err) == 0, "A-23 every 1 to 60 months");
}

int main (void)
{
    codes ();
    asked ();
    checked ();
    written ();
    held_back ();
    ranges ();
    arena_done (&arena);
    return done ();
}
