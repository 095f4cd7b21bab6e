/* Information on a facility differs: its registrars hear of it in their feed, and who reported hears what came of it. */
#include "region.h"

#define REPORT "0190a3b4-0000-7000-8000-00000000e101"
#define FACILITY "0190a3b4-0000-7000-8000-00000000f001"

static int64_t version;

static void told (struct region *region, struct text_list people, enum report_outcome outcome, const char *by, bool replay)
{
    const struct facility_reported event = { .report_id = REPORT, .facility_id = FACILITY, .people = people, .outcome = outcome, .by = by };
    int status = replay ? harness_replay (region->harness, "registry", &facility_reported_message, &event, REPORT, ++version, TOWN, &region->err)
                        : harness_hear (region->harness, "registry", &facility_reported_message, &event, REPORT, ++version, TOWN, &region->err);

    ok (status == 0, "the event is heard");
}
#define ONLY(person) ((struct text_list) { (const char *[]) { person }, 1 })

int main (void)
{
    struct region *region = region_open ();
    struct feed_answer answer;

    told (region, ONLY (MANAGER), 0, NURSE, false);
    as_manager (region);
    call (region, "feed", &(struct feed) { 0 }, &answer);
    ok (answer.items.count == 1 && answer.items.items[0].kind == FEED_KIND_FACILITY_REPORTED && !answer.items.items[0].patient_id
            && answer.items.items[0].by, "A-26 the registrar hears that something differs, and from whom");
    told (region, ONLY (NURSE), REPORT_OUTCOME_CORRECTED, MANAGER, false);
    as_nurse (region);
    call (region, "feed", &(struct feed) { 0 }, &answer);
    ok (answer.items.count == 1 && answer.items.items[0].kind == FEED_KIND_FACILITY_CORRECTED, "A-26 who reported hears that it was corrected");
    told (region, ONLY (NURSE), REPORT_OUTCOME_RIGHT, MANAGER, false);
    call (region, "feed", &(struct feed) { 0 }, &answer);
    ok (answer.items.count == 2 && answer.items.items[0].kind == FEED_KIND_FACILITY_RIGHT, "A-26 ...or that it was right as it stood");
    told (region, (struct text_list) { 0 }, REPORT_OUTCOME_RIGHT, MANAGER, false);
    told (region, ONLY (NURSE), REPORT_OUTCOME_RIGHT, MANAGER, true);
    is_number (number (region, "select count(*) from feed"), 3, "nobody is told of a proof by its link, nor twice while a projection is rebuilt");
    harness_close (&region->harness);
    return done ();
}
