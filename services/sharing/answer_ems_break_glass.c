/* answer_ems_break_glass.c - one unconscious person's record is opened without consent, for at most 60 minutes (EMS-10, S-35, S-36).
 *
 * Takes:      ems_break_glass
 * Refuses:    reason_needed  no reason, or no unit
 *             malformed      a municipality that is no official code
 * Publishes:  ems_record_released on the ground break_glass, which care manager and municipality are told of at once; writes the ledger
 * Repeats:    every time is an opening of its own, with its own review
 *
 * Where the municipality does not allow it, or the keys do not fit one person for certain, the answer is that of an unknown person.  The
 * database writes the opening before it shows whom it is about (ems_break_open).
 */
#include "blank.h"
#include "ems_question.h"
#include "ems_store.h"
#include "ids.h"

static int check (const struct ems_break_glass *message, struct error *err)
{
    if (is_blank (message->reason))
        return fail (err, ERROR_REASON_NEEDED, "/reason", "without consent only with a reason");
    if (is_blank (message->unit) || is_blank (message->partner_name))
        return fail (err, ERROR_REASON_NEEDED, "/unit", "without consent only with a unit");
    return 0;
}

static struct ems_find question_of (const struct ems_break_glass *message)
{
    return (struct ems_find) { .card = message->card, .phone = message->phone, .other_phone = message->other_phone,
                               .name_kana = message->name_kana, .name = message->name, .birth_date = message->birth_date,
                               .address = message->address };
}

static int tell (struct request *request, const struct ems_break_glass *message, const struct ems_opening *opening, struct error *err)
{
    const char *const subjects[] = { opening->patient_id };
    struct ems_record_released event = { .patient_id = opening->patient_id, .ground = EMS_GROUND_BREAK_GLASS,
                                         .incident_id = message->incident_id, .partner_name = message->partner_name,
                                         .unit = message->unit, .at = request->now };

    /* which opening it was: so the team reads in the ledger why, and what the review found */
    if (disclose (request, (struct text_list) { subjects, 1 }, arena_print (request->arena, "opened %s", opening->break_id), "break_glass",
                  err) < 0)
        return -1;
    return announce (request, &ems_record_released_message, &event, opening->municipality, err);
}

int sharing_handle_ems_break_glass (struct sharing *self, struct request *request, const struct ems_break_glass *message,
                                    struct ems_break_glass_answer *answer, struct error *err)
{
    struct ems_keys *keys = arena_alloc (request->arena, sizeof *keys);
    struct ems_find asked = question_of (message);
    struct ems_opening opening;
    struct text_list names;

    (void) self;
    if (check (message, err) < 0
        || ems_store_enter (request, message->municipalities, NULL, &names, err) < 0)
        return -1;
    ems_question (&asked, names, request->arena, keys);
    if (ems_store_open (request, message, keys, &opening, err) < 0)
        return -1;
    answer->result = opening.found ? MATCH_RESULT_UNIQUE : MATCH_RESULT_NONE;
    if (!opening.found)
        return 0;
    answer->patient_id = opening.patient_id;
    answer->break_id = opening.break_id;
    answer->has_until = true;
    answer->until = opening.until;
    return tell (request, message, &opening, err);
}
