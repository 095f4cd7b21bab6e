/* office_keep: the manager of one office manages the people of another one, too: a medical association its members', a support centre its
 * own (E-41).
 *
 * Takes:     the office and its keeper, or none.
 * Refuses:   not_for_you for another municipality's office, or a keeper nobody knows; field_unknown_choice for the office itself.
 * Publishes: nothing; every change is kept.
 * Repeats:   the same keeper again changes nothing.
 */
#include "care_store.h"
#include "people.h"
#include "registry_routes.h"
#include "sessions.h"
#include "text_same.h"

static int check_keeper (struct request *request, const struct office_keep *message, struct error *err)
{
    struct office_put keeper;

    if (!message->keeper_id)
        return 0;
    if (strcmp (message->keeper_id, message->office_id) == 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/keeper_id", "an office manages itself anyway");
    return office_found (request, message->keeper_id, &keeper, err);
}

int registry_handle_office_keep (struct registry *self, struct request *request, const struct office_keep *message, struct done *answer,
                                 struct error *err)
{
    struct office_care care;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, message->office_id, &version, err) < 0
        || office_care_of (request, message->office_id, &care, err) < 0
        || may_change_office (request->actor, care.municipality, err) < 0
        || check_keeper (request, message, err) < 0)
        return -1;
    if (text_same (care.keeper_id, message->keeper_id))
        return 0;
    return care_store_keep (request->db, &care, message->keeper_id, request->actor->person_id, request->now, err);
}
