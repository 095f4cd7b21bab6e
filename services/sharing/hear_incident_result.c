/* hear_incident_result.c - dispatch: how a run ended (U-26, EMS-13).
 *
 * Effect: the person's place (入院, 死亡, or 在宅 again for who was thought in hospital), and a line in the section on the condition, both
 * announced; nothing for an exercise, or for somebody who was not matched.
 */
#include "result.h"
#include "result_store.h"
#include "today.h"

static int set_place (struct hearing *hearing, const struct incident_result *event, const struct result_patient *patient, struct error *err)
{
    struct result_place place;
    struct patient_changed changed;

    if (!result_place_of (event, patient->place, &place))
        return 0;
    if (result_store_place (hearing, event->patient_id, patient, &place, err) < 0
        || patient_store_state (hearing->db, hearing->arena, patient->municipality, event->patient_id, &changed, err) < 0)
        return -1;
    return hearing_announce (hearing, &patient_changed_message, &changed, patient->municipality, err);
}

static int add_line (struct hearing *hearing, const struct incident_result *event, const struct result_patient *patient, struct error *err)
{
    struct sheet_updated updated = { .patient_id = event->patient_id, .section = SHEET_SECTION_CONDITION, .version = patient->version + 1,
                                     .urgent = true, .by = result_writer };
    struct sheet_content content = result_content (&patient->content, event, hearing->arena);

    if (result_store_section (hearing, event->patient_id, patient, &content, err) < 0)
        return -1;
    return hearing_announce (hearing, &sheet_updated_message, &updated, patient->municipality, err);
}

int sharing_hear_incident_result (struct sharing *self, struct hearing *hearing, const struct incident_result *event, struct error *err)
{
    struct result_patient patient;

    (void) self;
    if (event->exercise || !event->patient_id || hearing->replay)
        return 0;
    if (result_store_patient (hearing, event->patient_id, &patient, err) < 0)
        return -1;
    if (!patient.found)
        return 0;
    if (set_place (hearing, event, &patient, err) < 0)
        return -1;
    return add_line (hearing, event, &patient, err);
}
