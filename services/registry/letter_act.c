/* letter_act.c - see letter_act.h. */
#include "letter_act.h"

#include "upkeep_store.h"

int letter_of_token (const struct registry *self, struct request *request, const char *token, struct letter *ret, struct error *err)
{
    char letter_id[UUID_TEXT];

    if (!link_token_read (&self->links, "letter", token, letter_id))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not made here");
    if (letter_by_id (request, letter_id, ret, err) < 0)
        return -1;
    if (!ret->letter_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "gone");
    return ret->valid_until > request->now || ret->answered ? 0 : fail (err, ERROR_LETTER_OVER, NULL, "too late");
}

static struct enum_list asked_by (const struct letter *letter, const struct known_items *known, struct arena *arena)
{
    return letter_items (facility_kind_of (letter->service), letter->items, known, arena);
}

int letter_show (struct request *request, const struct letter *letter, struct letter_view *ret, struct error *err)
{
    struct known_items known = { 0 };
    struct facility_consents consents = { 0 };

    *ret = (struct letter_view) { .kind = letter->survey_id ? LETTER_KIND_SURVEY : LETTER_KIND_CONFIRMATION, .name = letter->name,
        .service = letter->service, .municipality = letter->keeper_name, .title = letter->title, .intro = letter->intro,
        .until = letter->due, .answered = letter->answered };
    if (letter->answered)                               /* a link that was used shows nothing of the record */
        return 0;
    if (facility_store_items (request, letter->facility_id, &known, err) < 0
        || facility_store_consents (request, letter->facility_id, &consents, err) < 0)
        return -1;
    ret->items = letter_questions (asked_by (letter, &known, request->arena), &known, &consents, request->arena);
    letter_fill_published (ret->items, letter->phone, letter->fax);
    return 0;
}

/* An answer to a survey was asked for; a change said when nothing was asked but "no change?" is the facility's own. */
static struct facility_items_put put_of (const struct letter *letter, const struct letter_said *said, const char *today)
{
    return (struct facility_items_put) { .facility_id = letter->facility_id, .items = said->items, .source_date = today,
        .source = letter->survey_id ? ITEM_SOURCE_SURVEY : ITEM_SOURCE_OWN };
}

static int write_answer (struct request *request, const struct letter *letter, const struct letter_said *said,
                         const struct facility_record *record, struct facility_items_put *put, struct error *err)
{
    struct facility_consents fresh = letter_consents (&record->consents, &said->consents, said->given_by, record->today, request->arena);
    struct facility_consents all = facility_consents_together (&record->consents, &fresh, request->arena);
    struct facility_turn turn;

    if (!letter->survey_id && !request->actor->person_id && upkeep_hold_back (request, record, put, err) < 0)
        return -1;
    turn = letter_turn (&record->known, put, asked_by (letter, &record->known, request->arena), &all, request->now, request->arena);
    if (facility_store_consent_turn (request, letter->facility_id, &record->kept, &fresh, err) < 0
        || letter_store_answer (request, letter->letter_id, said->way, said->given_by, err) < 0
        || facility_spent (request, letter->facility_id, record, said->seconds, err) < 0)
        return -1;
    return facility_turn (request, letter->facility_id, record, &turn, true, err);
}

int letter_take (struct request *request, const struct letter *letter, const struct letter_said *said, struct error *err)
{
    struct facility_record record;
    struct facility_items_put put;

    if (letter->answered)
        return fail (err, ERROR_LETTER_ANSWERED, NULL, "answered before");
    if (facility_for_letter (request, letter->facility_id, letter->letter_id, &record, err) < 0
        || letter_answer_check (&said->items, &said->consents, said->given_by, asked_by (letter, &record.known, request->arena), err) < 0)
        return -1;
    put = put_of (letter, said, record.today);
    if (said->items.count > 0 && facility_items_check (&put, record.kind, record.today, request->arena, err) < 0)
        return -1;
    return write_answer (request, letter, said, &record, &put, err);
}
