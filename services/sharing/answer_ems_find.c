/* answer_ems_find.c - the fire service looks for somebody by card, telephone, kana and birth date, address or name.
 *
 * Takes:      ems_find
 * Refuses:    malformed  a municipality that is no official code
 * Publishes:  nothing; writes the ledger when somebody is shown
 * Repeats:    every reading has its own ledger row
 *
 * A person without the consent in force is not there for this connection, so the answer, and the statements it takes, are those of an
 * unknown one.
 */
#include "ems_match.h"
#include "ems_question.h"
#include "ems_store.h"
#include "today.h"

static int disclose_candidates (struct request *request, const struct ems_find_answer *answer, struct error *err)
{
    const char **subjects = arena_alloc (request->arena, (answer->candidates.count + 1) * sizeof *subjects);

    for (size_t i = 0; i < answer->candidates.count; i++)
        subjects[i] = answer->candidates.items[i].patient_id;
    return disclose (request, (struct text_list) { subjects, answer->candidates.count }, "candidates", "ems", err);
}

int sharing_handle_ems_find (struct sharing *self, struct request *request, const struct ems_find *message,
                             struct ems_find_answer *answer, struct error *err)
{
    struct ems_keys *keys = arena_alloc (request->arena, sizeof *keys);
    struct ems_hit_list hits;
    struct text_list names;
    char today[DATE_TEXT];

    (void) self;
    today_text (request->now, today);
    if (ems_store_enter (request, message->municipalities, NULL, &names, err) < 0)
        return -1;
    ems_question (message, names, request->arena, keys);
    if (ems_store_find (request, keys, &hits, err) < 0)
        return -1;
    ems_match (hits.items, hits.count, message->birth_date, arena_text (request->arena, today), request->arena, answer);
    return disclose_candidates (request, answer, err);
}
