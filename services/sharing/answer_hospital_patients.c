/* answer_hospital_patients.c - who is registered with the own hospital for a sudden change, and who asks to be (U-16).
 *
 * Takes:      hospital_patients
 * Refuses:    nothing
 * Publishes:  nothing; writes one ledger row per ground, with the people shown
 * Repeats:    every reading has its own ledger row
 *
 * The database shows only those whose record is open to the hospital's office: they consented to hospitals, or its liaison sits in their
 * team.
 */
#include "paper_store.h"
#include "standing.h"

static int disclose_those (struct request *request, const struct hospital_patient_list *patients, const bool *by_consent, bool wanted,
                           struct error *err)
{
    const char **subjects = arena_alloc (request->arena, (patients->count + 1) * sizeof *subjects);
    size_t count = 0;

    for (size_t i = 0; i < patients->count; i++)
        if (by_consent[i] == wanted)
            subjects[count++] = patients->items[i].patient_id;
    if (!count)
        return 0;
    return disclose (request, (struct text_list) { subjects, count }, "hospital list",
                     ground_name (wanted ? GROUND_HOSPITAL : GROUND_CARE_TEAM), err);
}

int sharing_handle_hospital_patients (struct sharing *self, struct request *request, const struct hospital_patients *message,
                                      struct hospital_patients_answer *answer, struct error *err)
{
    bool *by_consent;

    (void) self;
    (void) message;
    if (paper_store_registered (request, &answer->patients, &by_consent, err) < 0
        || disclose_those (request, &answer->patients, by_consent, true, err) < 0)
        return -1;
    return disclose_those (request, &answer->patients, by_consent, false, err);
}
