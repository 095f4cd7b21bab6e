/* How a run ended (U-26, EMS-13): the person's place, and a line in the section on the condition that everybody reads. */
#include "ems.h"

static int64_t version;

static struct incident_result result_of (int number, enum transport_outcome outcome)
{
    return (struct incident_result) { .incident_id = INCIDENT, .patient_id = PATIENT (number), .outcome = outcome,
                                      .reported_at = 1795361400ll * SECOND_US };       /* 2026-11-23 00:30 in Japan */
}

static int ends (struct harness *harness, const struct incident_result *event)
{
    struct error err = { 0 };

    return harness_hear (harness, "dispatch", &incident_result_message, event, INCIDENT, ++version, TOWN_A, &err) < 0 ? (int) err.key : 0;
}

static struct patient_answer head (struct harness *harness)
{
    struct patient message = { .patient_id = PATIENT (hanako.number) };
    struct patient_answer answer = { 0 };
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (harness_call (harness, "patient", &message, &answer, &err), &err, "patient");
    return answer;
}

static const char *condition (struct harness *harness)
{
    struct sheet message = { .patient_id = PATIENT (hanako.number) };
    struct sheet_answer answer = { 0 };
    struct error err = { 0 };

    harness_as (harness, &nurse);
    must (harness_call (harness, "sheet", &message, &answer, &err), &err, "sheet");
    for (size_t i = 0; i < answer.sections.items[SHEET_SECTION_CONDITION - 1].entries.count; i++)
        if (answer.sections.items[SHEET_SECTION_CONDITION - 1].entries.items[i].item == SHEET_ITEM_CONDITION_NOW)
            return answer.sections.items[SHEET_SECTION_CONDITION - 1].entries.items[i].text;
    return "";
}

static void test_transported (struct harness *harness)
{
    struct incident_result event = result_of (hanako.number, TRANSPORT_OUTCOME_TRANSPORTED);
    struct patient_changed changed = { 0 };
    struct sheet_updated updated = { 0 };
    struct error err = { 0 };

    harness_as (harness, &nurse);
    must (region_write (harness, hanako.number, 0, "食欲なし", NULL, &err), &err, "sheet");
    event.hospital_name = "みずき病院";
    event.hospital_phone = "011-900-0000";
    event.has_arrived_at = true;
    event.arrived_at = 1795361400ll * SECOND_US;
    event.has_family_joined = event.family_joined = true;
    event.handed_to = "救急外来";
    is_number (ends (harness, &event), 0, "U-26 a crew took somebody to hospital");
    ok (head (harness).place == PLACE_KIND_HOSPITAL && strcmp (head (harness).place_name, "みずき病院") == 0
        && strcmp (head (harness).place_from, "2026-11-23") == 0, "U-26 …who is in hospital now, since when, where");
    ok (harness_last_event (harness, &patient_changed_message, &changed) == 0 && changed.place == PLACE_KIND_HOSPITAL,
        "…alerts are told the place");
    is (condition (harness), "食欲なし\n11/23 00:30 救急搬送：みずき病院、家族も合流、引継：救急外来", "EMS-13 a line stands on the sheet, behind what was there");
    ok (harness_last_event (harness, &sheet_updated_message, &updated) == 0 && updated.section == SHEET_SECTION_CONDITION && updated.urgent,
        "…and the team is told of the sheet");
}

static void test_others (struct harness *harness)
{
    struct incident_result event = result_of (hanako.number, TRANSPORT_OUTCOME_NOT_TRANSPORTED);

    is_number (ends (harness, &event), 0, "the next time nobody was transported");
    is_number (head (harness).place, PLACE_KIND_HOME, "U-26 …so who was in hospital is at home");
    event = result_of (hanako.number, TRANSPORT_OUTCOME_HANDED_TO_DOCTOR);
    harness_sql (harness, "insert into place select municipality, patient_id, place_version + 1, 4, '施設', null, '2026-11-23', null,"
                 " '" MANAGER "', guard.now () from patient where patient_id = '%s'", PATIENT (hanako.number));
    harness_sql (harness, "update patient set place_version = place_version + 1 where patient_id = '%s'", PATIENT (hanako.number));
    is_number (ends (harness, &event), 0, "a doctor took over");
    is_number (head (harness).place, PLACE_KIND_FACILITY, "…and who lives in a facility stays there");
    event = result_of (hanako.number, TRANSPORT_OUTCOME_DEATH_CONFIRMED);
    is_number (ends (harness, &event), 0, "death was confirmed");
    is_number (head (harness).place, PLACE_KIND_DECEASED, "U-26 …which the record says");
    ok (strstr (condition (harness), "死亡確認") && strstr (condition (harness), "医師に引継"), "…as does the sheet, all of it");
}

static void test_nothing (struct harness *harness)
{
    struct incident_result exercise = result_of (hanako.number, TRANSPORT_OUTCOME_TRANSPORTED), nobody = exercise, unknown = exercise;
    int64_t before = harness_number (harness, "select sum (place_version + sections[3]) from patient");
    struct error err = { 0 };

    exercise.exercise = true;
    is_number (ends (harness, &exercise), 0, "EMS-16 an exercise is heard");
    nobody.patient_id = NULL;
    is_number (ends (harness, &nobody), 0, "…so is a run for somebody who was not matched");
    unknown.patient_id = PATIENT (777);
    is_number (ends (harness, &unknown), 0, "…or who is not of this region");
    unknown.patient_id = PATIENT (hanako.number);
    is_number (harness_replay (harness, "dispatch", &incident_result_message, &unknown, INCIDENT, ++version, TOWN_A, &err), 0,
               "…or told anew");
    is_number (harness_number (harness, "select sum (place_version + sections[3]) from patient"), before, "…and nothing changes");
}

/* Long sheets keep what is new. */
static void test_long (struct harness *harness)
{
    struct incident_result event = result_of (hanako.number, TRANSPORT_OUTCOME_NOT_TRANSPORTED);

    for (int i = 0; i < 70; i++)
        ends (harness, &event);
    ok (strlen (condition (harness)) <= 2000 && !strstr (condition (harness), "食欲なし") && strstr (condition (harness), "不搬送"),
        "an entry that would grow too long loses its oldest lines, never the newest");
}

int main (void)
{
    struct harness *harness = region_open ();

    ems_region (harness);
    test_transported (harness);
    test_others (harness);
    test_nothing (harness);
    test_long (harness);
    harness_close (&harness);
    return done ();
}
