/* KU-06: an office of B serves a patient of A with its one ID; A's consents and A's agreement decide, B's do not. */
#include "region.h"

static const struct harness_actor at_home = { .person = NURSE_B, .office = STATION_B, .municipality = TOWN_B,
                                              .municipalities = TOWN_B "," TOWN_A, .roles = ROLE_BIT (ROLE_VISITING_NURSE) };

static void served_across (struct harness *harness)
{
    struct error err = { 0 };

    region_agreement (harness, NULL, 1);
    harness_as (harness, &manager);
    must (region_seat (harness, 1, 19, TEAM_SEAT_VISITING_NURSING, &nurse_b, &err), &err, "seat");
    ok (region_sees (harness, &at_home, 1), "KU-06: a nurse of an office in B, with the one membership there, sees the patient of A");
    is_number (harness_number (harness, "select count(*) from membership where person_id = '" NURSE_B "'"), 1, "…without being registered in A");
    must (region_write (harness, 1, 0, "来訪", NULL, &err), &err, "write");
    is (harness_text (harness, "select municipality from section_version where written_by = '" NURSE_B "'"), TOWN_A, "…what is written is A's");
}

static void by_the_rules_of_a (struct harness *harness)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_withdraw (harness, 1, 11, &err), &err, "withdraw");
    ok (!region_sees (harness, &at_home, 1), "KU-06: a consent withdrawn in A closes the record in B");
    harness_as (harness, &manager);
    must (region_consent (harness, 1, 12, CONSENT_SCOPE_TEAM, &err), &err, "consent");
    ok (region_sees (harness, &at_home, 1), "…given again, it opens");
    region_agreement (harness, "2000-01-01", 2);
    ok (!region_sees (harness, &at_home, 1), "…and the end of A's agreement closes it, whatever B has agreed");
}

/* KU-08: what an agreement is about decides, not that there is one. */
static void of_another_kind (struct harness *harness)
{
    static const int facilities[] = { AGREEMENT_KIND_FACILITY_ITEMS }, both[] = { AGREEMENT_KIND_PATIENT_RECORDS, AGREEMENT_KIND_FACILITY_ITEMS };
    struct agreement_changed event = { .agreement_id = AGREEMENT, .giving = TOWN_A, .receiving = TOWN_B, .from = "1999-01-01",
                                       .kinds = { both, 2 } };
    struct error err = { 0 };

    must (harness_hear (harness, "registry", &agreement_changed_message, &event, AGREEMENT, 3, TOWN_A, &err), &err, "agreement");
    ok (region_sees (harness, &at_home, 1), "KU-08: an agreement on people's records, among others, opens the patient again");
    event.kinds = (struct enum_list) { facilities, 1 };
    must (harness_hear (harness, "registry", &agreement_changed_message, &event, AGREEMENT, 4, TOWN_A, &err), &err, "agreement");
    ok (!region_sees (harness, &at_home, 1), "KU-08: one on facilities only opens no patient");
}

static void only_counts (struct harness *harness)
{
    static const enum role never[] = { ROLE_MUNICIPAL_OFFICER, ROLE_ADMINISTRATOR };

    for (size_t i = 0; i < 2; i++) {
        struct harness_actor inside = manager;
        struct patient_list message = { 0 };
        struct patient_list_answer answer = { 0 };
        struct error err = { 0 };

        inside.roles = ROLE_BIT (never[i]);
        ok (!region_sees (harness, &inside, 1), "an officer or administrator, even of the recording office, reads no patient");
        ok (harness_call (harness, "patient_list", &message, &answer, &err) < 0 || answer.patients.count == 0, "…and has none in the list");
    }
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一", "キタノ ハジメ");
    served_across (harness);
    by_the_rules_of_a (harness);
    of_another_kind (harness);
    only_counts (harness);
    harness_close (&harness);
    return done ();
}
