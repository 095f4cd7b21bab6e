/* handle_patient_register.c - a person who lives at home with treatment and care is recorded.
 *
 * Takes:      patient_register
 * Refuses:    not_for_role          who cannot sit in a care team (officers and operators see no patient, so they record none)
 *             field_unknown_choice  a municipality that is neither one's own nor opened by an agreement
 *             text_empty, phone_invalid, field_wrong_type
 *             already_there         the id is taken, here or anywhere
 * Publishes:  patient_changed
 * Repeats:    a second time is refused as already_there; with the same key the runtime repeats the first answer
 */
#include "head.h"
#include "patient_store.h"

static int check_municipality (struct request *request, const struct patient_register *message, struct error *err)
{
    bool may;

    if (patient_store_may_record_in (request, message->municipality, &may, err) < 0)
        return -1;
    if (!may)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/municipality", "not a municipality of the actor");
    return 0;
}

/* The subject's row is the only place where an id of another municipality shows; whoever chose it gets the same answer. */
static int check_new (struct request *request, const char *patient_id, struct error *err)
{
    int64_t version;

    if (subject_lock (request->db, request->arena, patient_id, &version, err) < 0)
        return -1;
    if (version != 0)
        return fail (err, ERROR_ALREADY_THERE, "/patient_id", "the id is taken");
    return 0;
}

int sharing_handle_patient_register (struct sharing *self, struct request *request, const struct patient_register *message,
                                     struct patient_registered *answer, struct error *err)
{
    struct patient_changed event = {
        .patient_id = message->patient_id, .name = message->name, .name_kana = message->name_kana, .birth_date = message->birth_date,
        .municipality = message->municipality, .place = PLACE_KIND_HOME, .phone = message->phone, .by = request->actor->person_id,
    };

    (void) self;
    if (head_check_register (message, request->actor->roles, err) < 0
        || check_municipality (request, message, err) < 0
        || check_new (request, message->patient_id, err) < 0
        || patient_store_register (request, message, err) < 0
        || announce (request, &patient_changed_message, &event, message->municipality, err) < 0)
        return -1;
    answer->patient_id = message->patient_id;
    answer->version = 1;
    return 0;
}
