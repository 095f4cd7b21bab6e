/* letter_rules.c - see letter_rules.h. */
#include "letter_rules.h"

#include "bits.h"
#include "clock.h"
#include "ids.h"
#include "text.h"
#include "text_same.h"

static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

_Static_assert (sizeof letters - 1 == 32, "every letter is as likely");

/* ---- the return code ------------------------------------------------------------------------------------------------------------ */

void letter_code_new (char ret[LETTER_CODE + 1])
{
    unsigned char random[LETTER_CODE];

    random_fill (random, sizeof random);
    for (int i = 0; i < LETTER_CODE; i++)
        ret[i] = letters[random[i] % 32];
    ret[LETTER_CODE] = '\0';
}

const char *letter_code_read (struct arena *arena, const char *typed)
{
    const char *narrow = text_narrow (arena, typed);
    char *plain = arena_alloc (arena, strlen (narrow) + 1), *to = plain;

    for (const char *c = narrow; *c; c++) {
        if (*c >= 'a' && *c <= 'z')
            *to++ = (char) (*c - 'a' + 'A');
        else if (*c != ' ' && *c != '-')
            *to++ = *c;
    }
    *to = '\0';
    return plain;
}

const char *letter_code_text (struct arena *arena, const char *code)
{
    return arena_print (arena, "%.4s-%s", code, strlen (code) > 4 ? code + 4 : "");
}

/* ---- what is asked -------------------------------------------------------------------------------------------------------------- */

static bool is_in (struct enum_list list, int item)
{
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i] == item)
            return true;
    return false;
}

/* As the facility says itself, before what is notified. */
static const struct known_item *said_of (const struct known_items *known, int item)
{
    const struct known_item *found = NULL;

    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].item == item && (!found || !known->items[i].notified))
            found = &known->items[i];
    return found;
}

struct enum_list letter_items (enum facility_kind kind, uint64_t items, const struct known_items *known, struct arena *arena)
{
    struct enum_list all = facility_items_of (kind), beyond = facility_items_beyond (kind);
    int *asked = arena_alloc (arena, (all.count + beyond.count + 1) * sizeof *asked);
    size_t count = 0;

    for (size_t i = 0; i < all.count; i++)
        if (!items || items >> (all.items[i] - 1) & 1)
            asked[count++] = all.items[i];
    for (size_t i = 0; i < beyond.count; i++)
        if (items ? items >> (beyond.items[i] - 1) & 1 : beyond.items[i] != FACILITY_ITEM_FREE_PLACES && said_of (known, beyond.items[i]))
            asked[count++] = beyond.items[i];
    return (struct enum_list) { asked, count };
}

static struct letter_item question_of (int item, const struct known_items *known, const struct facility_consents *consents,
                                       struct arena *arena)
{
    const struct known_item *said = said_of (known, item);
    struct letter_item question = { .item = item };

    for (size_t i = 0; i < consents->count; i++)
        if (consents->items[i].item == item)
            question.audiences = enums_of_bits (arena, (uint64_t) consents->items[i].audiences);
    if (!said)
        return question;
    question.answer = said->answer;
    question.has_performed = said->performed != PERFORMED_UNKNOWN;
    question.performed = said->performed == PERFORMED_YES;
    question.text = said->text;
    return question;
}

struct letter_item_list letter_questions (struct enum_list asked, const struct known_items *known, const struct facility_consents *consents,
                                          struct arena *arena)
{
    struct letter_item *items = arena_alloc (arena, (asked.count + 1) * sizeof *items);

    for (size_t i = 0; i < asked.count; i++)
        items[i] = question_of (asked.items[i], known, consents, arena);
    return (struct letter_item_list) { items, asked.count };
}

void letter_fill_published (struct letter_item_list questions, const char *phone, const char *fax)
{
    for (size_t i = 0; i < questions.count; i++) {
        struct letter_item *one = (struct letter_item *) &questions.items[i];
        const char *number = one->item == FACILITY_ITEM_PHONE ? phone : one->item == FACILITY_ITEM_FAX ? fax : NULL;

        if (one->answer || !number)
            continue;
        one->answer = ITEM_ANSWER_YES;
        one->text = number;
    }
}

/* ---- the answer ----------------------------------------------------------------------------------------------------------------- */

static bool is_blank (const char *text)
{
    return !text || !text[strspn (text, " \t\r\n")];
}

static int not_asked (struct error *err, const char *list, size_t at)
{
    char pointer[60];

    snprintf (pointer, sizeof pointer, "/%s/%zu/item", list, at);
    return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, pointer, "was not asked");
}

static bool is_said_before (const struct letter_consent_list *consents, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (consents->items[i].item == consents->items[at].item)
            return true;
    return false;
}

int letter_answer_check (const struct facility_item_given_list *given, const struct letter_consent_list *consents, const char *given_by,
                         struct enum_list asked, struct error *err)
{
    if (is_blank (given_by))
        return fail (err, ERROR_TEXT_EMPTY, "/given_by", "nobody answered");
    for (size_t i = 0; i < given->count; i++)
        if (!is_in (asked, given->items[i].item) || (given->items[i].has_notified && given->items[i].notified))
            return not_asked (err, "items", i);
    for (size_t i = 0; i < consents->count; i++)
        if (!is_in (asked, consents->items[i].item) || is_said_before (consents, i))
            return not_asked (err, "consents", i);
    return 0;
}

struct facility_consents letter_consents (const struct facility_consents *known, const struct letter_consent_list *said, const char *given_by,
                                          const char *today, struct arena *arena)
{
    struct facility_consent *fresh = arena_alloc (arena, (said->count + 1) * sizeof *fresh);
    size_t count = 0;

    for (size_t i = 0; i < said->count; i++) {
        int64_t audiences = bits_of_enums (said->items[i].audiences), before = 0;

        for (size_t j = 0; j < known->count; j++)
            if (known->items[j].item == (int) said->items[i].item)
                before = known->items[j].audiences;
        if (audiences != before)
            fresh[count++] = (struct facility_consent) { said->items[i].item, audiences, given_by, today };
    }
    return (struct facility_consents) { fresh, count };
}

static bool holds (struct known_items items, const struct known_item *one)
{
    for (size_t i = 0; i < items.count; i++)
        if (items.items[i].item == one->item && items.items[i].notified == one->notified)
            return true;
    return false;
}

struct facility_turn letter_turn (const struct known_items *known, const struct facility_items_put *put, struct enum_list asked,
                                  const struct facility_consents *consents, int64_t now, struct arena *arena)
{
    struct facility_turn said = facility_items_turn (known, put, consents, now, arena);
    struct known_item *ended = arena_alloc (arena, (said.ended.count + known->count + 1) * sizeof *ended);
    struct known_item *begun = arena_alloc (arena, (said.begun.count + known->count + 1) * sizeof *begun);
    size_t end_count = said.ended.count, begin_count = said.begun.count;

    for (size_t i = 0; i < end_count; i++)
        ended[i] = said.ended.items[i];
    for (size_t i = 0; i < begin_count; i++)
        begun[i] = said.begun.items[i];
    for (size_t i = 0; i < known->count; i++)
        if (is_in (asked, known->items[i].item) && !holds (said.ended, &known->items[i])) {
            ended[end_count++] = begun[begin_count] = known->items[i];
            begun[begin_count].shown_to = facility_shown_to (consents, known->items[i].item, known->items[i].source);
            begin_count++;
        }
    for (size_t i = 0; i < begin_count; i++)
        begun[i].confirmed_at = now;
    return (struct facility_turn) { { ended, end_count }, { begun, begin_count } };
}

static bool stands_so (const struct facility_item_given *given, const struct known_items *known)
{
    const enum item_performed performed = !given->has_performed ? PERFORMED_UNKNOWN : given->performed ? PERFORMED_YES : PERFORMED_NO;

    for (size_t i = 0; i < known->count; i++) {
        const struct known_item *one = &known->items[i];

        if (one->item == (int) given->item && one->notified == (given->has_notified && given->notified))
            return one->answer == (int) given->answer && one->performed == performed
                && text_same (one->text, is_blank (given->text) ? NULL : given->text);
    }
    return false;
}

struct facility_item_given_list review_split (struct facility_item_given_list *given, uint64_t review_items, const struct known_items *known,
                                              struct arena *arena)
{
    struct facility_item_given *waits = arena_alloc (arena, (given->count + 1) * sizeof *waits);
    struct facility_item_given *goes = arena_alloc (arena, (given->count + 1) * sizeof *goes);
    size_t wait_count = 0, go_count = 0;

    for (size_t i = 0; i < given->count; i++) {
        if (review_items >> (given->items[i].item - 1) & 1 && !stands_so (&given->items[i], known))
            waits[wait_count++] = given->items[i];
        else
            goes[go_count++] = given->items[i];
    }
    *given = (struct facility_item_given_list) { goes, go_count };
    return (struct facility_item_given_list) { waits, wait_count };
}

/* ---- surveys and settings ------------------------------------------------------------------------------------------------------- */

int survey_check (const struct survey_put *put, const char *today, struct error *err)
{
    if (is_blank (put->title))
        return fail (err, ERROR_TEXT_EMPTY, "/title", "no title");
    if (put->kinds.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/kinds", "of nobody");
    if (put->items.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/items", "nothing is asked");
    if (day_number_of_text (put->due_on) == INT64_MIN || strcmp (put->due_on, today) < 0)
        return fail (err, ERROR_DATE_INVALID, "/due_on", "not a date, or in the past");
    return 0;
}

int consultation_check (const struct survey_consult *consult, const char *today, struct error *err)
{
    if (is_blank (consult->body))
        return fail (err, ERROR_TEXT_EMPTY, "/body", "which body");
    if (day_number_of_text (consult->held_on) == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/held_on", "not a date");
    if (strcmp (consult->held_on, today) > 0)
        return fail (err, ERROR_DOCUMENT_DATE, "/held_on", "in the future");
    return is_blank (consult->remark) ? fail (err, ERROR_TEXT_EMPTY, "/remark", "what was said") : 0;
}

int setting_check (const struct upkeep_setting_put *put, struct error *err)
{
    if (put->months < 1 || put->months > 60)
        return fail_range (err, "/months", 1, 60);
    return 0;
}
