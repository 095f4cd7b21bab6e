/* U-12: when the doctors of a person or their order change, the care manager and the rest of the team are told, with a receipt each. */
#include "region.h"

static int64_t told (struct region *region, const char *person)
{
    return harness_number (region->harness, "select count(*) from feed where person_id = '%s' and kind = %d", person, FEED_KIND_DOCTORS_CHANGED);
}

static void set_chain (struct region *region)
{
    const struct chain_row row = { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON,
                                   .person_id = DOCTOR, .office_id = CLINIC };

    must (region, "chain_put", &(struct chain_put) { .patient_id = PATIENT, .rows = { &row, 1 } });
}

static void team (struct region *region, const char *deputy)
{
    const struct team_seat_state seats[] = { { ID ("71"), TEAM_SEAT_ATTENDING_DOCTOR, DOCTOR, CLINIC }, { ID ("72"), TEAM_SEAT_CARE_MANAGER, MANAGER, CARE_OFFICE },
                                             { ID ("73"), TEAM_SEAT_VISITING_NURSING, NURSE, STATION }, { ID ("74"), TEAM_SEAT_DEPUTY_DOCTOR, deputy, CLINIC_2 } };

    HEAR (region, "sharing", care_team_changed, PATIENT, TOWN, .patient_id = PATIENT, .seats = { .items = seats, .count = deputy ? 4 : 3 });
}

static const struct chain_told *receipt_of (const struct chain_answer *answer, const char *person)
{
    for (size_t i = 0; i < answer->told.count; i++)
        if (strcmp (answer->told.items[i].person_id, person) == 0)
            return &answer->told.items[i];
    return NULL;
}

static void test_order (struct region *region)
{
    as_doctor (region);
    set_chain (region);
    ok (told (region, MANAGER) == 1 && told (region, NURSE) == 1, "U-12 a new order: the care manager and the nurse are told");
    is_number (told (region, DOCTOR), 0, "...not who set it");
    is_number (told (region, STRANGER), 0, "...nor anybody else");
}

static void test_deputy (struct region *region)
{
    team (region, DEPUTY);
    ok (told (region, MANAGER) == 2 && told (region, NURSE) == 2 && told (region, DOCTOR) == 1, "U-12 a deputy is assigned: everybody is told");
    team (region, DEPUTY);
    is_number (told (region, MANAGER), 2, "...the same team once more is no news");
    team (region, COLLEAGUE);
    is_number (told (region, MANAGER), 3, "U-12 another deputy is");
    team (region, NULL);
    is_number (told (region, MANAGER), 4, "U-12 ...and that there is none any more");
}

static void test_receipts (struct region *region)
{
    struct chain_answer answer = { 0 };
    const struct chain_told *manager, *nurse;

    as_nurse (region);
    must (region, "feed_read", &(struct feed_read) { .position = number (region, "select max (position) from feed where person_id = '" NURSE "'") });
    as_doctor (region);
    call (region, "chain", &(struct chain) { .patient_id = PATIENT }, &answer);
    manager = receipt_of (&answer, MANAGER);
    nurse = receipt_of (&answer, NURSE);
    ok (manager && nurse && strcmp (manager->name, "介護 二子") == 0 && manager->at > 0, "U-12 the doctor reads who was told, and when");
    ok (manager && nurse && nurse->read && !manager->read, "U-12 ...and who has read it");
    as_stranger (region);
    is_number (harness_sees (region->harness, "select count(*) from doctors_told ('" PATIENT "')"), 0, "an outsider reads no receipts");
    as_nurse (region);
    ok (harness_sees (region->harness, "select count(*) from doctors_told ('" PATIENT "')") > 0, "...the team does");
}

int main (void)
{
    struct region *region = region_open ();

    test_order (region);
    test_deputy (region);
    test_receipts (region);
    harness_close (&region->harness);
    return done ();
}
