/* office_put: adds or changes an office.
 *
 * Takes:     name, municipality, telephones, e-mail, facility number.
 * Refuses:   not_for_you for another municipality's office; a municipality that is not of the region; an office never moves to another one.
 * Publishes: office_changed, when something changed.
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "office_store.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "registry.h"
#include "sessions.h"
#include "staff_rules.h"
#include "text.h"
#include "text_same.h"

static int check_municipality (struct request *request, const char *code, struct error *err)
{
    struct municipality_put municipality;
    bool found, in_region;

    if (strcmp (code, REGION_CODE) == 0 && acts_for_region (request->actor))
        return 0;
    if (office_store_municipality (request->db, code, request->arena, &found, &in_region, &municipality, err) < 0)
        return -1;
    return found && in_region ? 0 : fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/municipality", "not of the region");
}

static int store (struct request *request, const struct office_put *put, bool is_new, struct error *err)
{
    struct office_changed event = { .office_id = put->office_id, .name = put->name, .municipality = put->municipality, .phone = put->phone,
                                    .duty_phone = put->duty_phone, .email = put->email };

    if (office_store_put_office (request->db, put, text_fold (request->arena, put->name), is_new, err) < 0)
        return -1;
    return announce (request, &office_changed_message, &event, put->municipality, err);
}

static struct office_put without_empty_texts (const struct office_put *message)
{
    struct office_put put = *message;

    put.phone = text_or_null (put.phone);
    put.duty_phone = text_or_null (put.duty_phone);
    put.email = text_or_null (put.email);
    put.facility_number = text_or_null (put.facility_number);
    return put;
}

int registry_handle_office_put (struct registry *self, struct request *request, const struct office_put *message, struct done *answer,
                                struct error *err)
{
    struct office_put old, put = without_empty_texts (message);
    int64_t version;
    bool found;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || office_check (&put, request->arena, err) < 0
        || may_change_office (request->actor, put.municipality, err) < 0 || check_municipality (request, put.municipality, err) < 0
        || subject_lock (request->db, request->arena, put.office_id, &version, err) < 0
        || office_store_office (request->db, put.office_id, request->arena, &found, &old, err) < 0
        || (found && may_change_office (request->actor, old.municipality, err) < 0))
        return -1;
    if (found && strcmp (old.municipality, put.municipality) != 0)
        return fail (err, ERROR_ALREADY_THERE, "/municipality", "an office does not move");
    if (found && !office_changes (&old, &put))
        return 0;
    return store (request, &put, !found, err);
}
