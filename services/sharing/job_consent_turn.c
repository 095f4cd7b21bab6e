/* job_consent_turn.c - consents begin and end with the calendar: whoever keeps a projection of them is told on that day.
 *
 * Access needs no job: its rows carry their first and last moment.
 */
#include "consent.h"
#include "consent_store.h"
#include "jobs.h"
#include "today.h"

enum { AT_ONCE = 200 };

static int announce_consents (struct job_run *run, const struct patient_key *patient, const char *today, struct error *err)
{
    struct consent_changed event = { .patient_id = patient->patient_id };
    struct consent_list consents;

    if (consent_store_list (run->db, run->arena, patient->municipality, patient->patient_id, &consents, err) < 0)
        return -1;
    consent_summary (consents.items, consents.count, today, run->arena, &event);
    return job_announce (run, &consent_changed_message, &event, patient->municipality, err);
}

int sharing_consent_turn (void *self, struct job_run *run, struct error *err)
{
    struct patient_key_list patients;
    char today[DATE_TEXT];

    (void) self;
    today_text (run->now, today);
    if (consent_store_turn (run->db, run->arena, today, AT_ONCE, &patients, err) < 0)
        return -1;
    for (size_t i = 0; i < patients.count; i++)
        if (announce_consents (run, &patients.items[i], today, err) < 0)
            return -1;
    *run->again = patients.count > 0;
    return 0;
}
