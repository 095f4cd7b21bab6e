/* answer_hospital_patients.c - who is registered with the own hospital for a sudden change, and who asks to be (U-16).
 *
 * Takes:      hospital_patients
 * Refuses:    nothing
 * Publishes:  nothing; writes one ledger row with the people shown
 * Repeats:    every reading has its own ledger row
 *
 * The database shows only those whose record is open to the hospital's office: its liaison sits in their team.
 */
#include "paper_store.h"
#include "standing.h"

int sharing_handle_hospital_patients (struct sharing *self, struct request *request, const struct hospital_patients *message,
                                      struct hospital_patients_answer *answer, struct error *err)
{
    const char **subjects;

    (void) self;
    (void) message;
    if (paper_store_registered (request, &answer->patients, err) < 0)
        return -1;
    if (answer->patients.count == 0)
        return 0;
    subjects = arena_alloc (request->arena, answer->patients.count * sizeof *subjects);
    for (size_t i = 0; i < answer->patients.count; i++)
        subjects[i] = answer->patients.items[i].patient_id;
    return disclose (request, (struct text_list) { subjects, answer->patients.count }, "hospital list", ground_name (GROUND_CARE_TEAM), err);
}
