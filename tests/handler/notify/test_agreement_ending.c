/* An agreement between two municipalities ends soon (KU-08): officers of both sides are told, nobody else, and only once. */
#include "region.h"

#define GIVER ID ("c1")
#define TAKER ID ("c2")
#define ELSEWHERE_OFFICE ID ("c3")
#define THIRD ID ("c4")

static int tell (struct region *region, bool again)
{
    const struct agreement_ending event = { .agreement_id = ID ("c9"), .giving = TOWN, .giving_name = "見本市", .receiving = ELSEWHERE,
                                            .receiving_name = "隣町", .to = "2026-12-31", .days = 30 };

    return (again ? harness_replay : harness_hear) (region->harness, "registry", &agreement_ending_message, &event, event.agreement_id, 7, ELSEWHERE,
                                                    &region->err);
}

int main (void)
{
    struct region *region = region_open ();

    add_office (region, ELSEWHERE_OFFICE, "隣町役場", ELSEWHERE, NULL);
    add_person (region, ID ("d1"), GIVER, "市役所 一子", OTHER_OFFICE, TOWN, ROLE_MUNICIPAL_OFFICER);
    add_person (region, ID ("d2"), TAKER, "町役場 二子", ELSEWHERE_OFFICE, ELSEWHERE, ROLE_MUNICIPAL_OFFICER);
    add_person (region, ID ("d4"), THIRD, "村役場 三子", ELSEWHERE_OFFICE, "011099", ROLE_MUNICIPAL_OFFICER);
    add_contact (region, ID ("e1"), GIVER, CONTACT_KIND_EMAIL, "giver@example.invalid");
    harness_empty (region->harness, "delivery");
    is_number (tell (region, false), 0, "the event is heard");
    is_number (number (region, "select count(*) from feed where kind = 38 and person_id in ('" GIVER "', '" TAKER "')"), 2,
               "KU-08 officers of both sides have it in their feeds");
    is_number (number (region, "select count(*) from feed where kind = 38 and person_id in ('" THIRD "', '" NURSE "', '" DOCTOR "')"), 0,
               "...another municipality's and professionals do not");
    ok (strstr (text (region, "select text from delivery where person_id = '" GIVER "'"), "見本市から隣町への広域連携の協定は、あと30日（2026-12-31）で終わります"),
        "KU-08 ...and by e-mail, between whom, in how many days");
    is_number (tell (region, true), 0, "all is read anew");
    is_number (number (region, "select count(*) from feed where kind = 38 and person_id = '" GIVER "'"), 1, "...and nobody is told again");
    harness_close (&region->harness);
    return done ();
}
