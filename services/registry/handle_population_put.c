/* population_put: how many people live in a municipality or in one of its daily-life areas, of which year, from where.
 *
 * Takes:     municipality, year, people of 75 and older, all people, source.
 * Refuses:   not_for_you: another municipality; field_unknown_choice: not of the region, no such area; field_out_of_range: years and numbers
 *            that cannot be, or more people of 75 than people; text_empty: no source.
 * Publishes: nothing: figures are read where they are shown.
 * Repeats:   the same again changes nothing; another figure for the same year replaces it.
 */
#include "office_store.h"
#include "put_rules.h"
#include "region_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"

int registry_handle_population_put (struct registry *self, struct request *request, const struct population_put *message,
                                    struct done *answer, struct error *err)
{
    struct municipality_put municipality;
    bool found, in_region, has_area = true;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || may_change_office (request->actor, message->municipality, err) < 0
        || population_check (message, request->arena, err) < 0
        || office_store_municipality (request->db, message->municipality, request->arena, &found, &in_region, &municipality, err) < 0
        || (message->care_area_id
            && region_store_care_area (request, message->municipality, message->care_area_id, &has_area, err) < 0))
        return -1;
    if (!found || !in_region)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/municipality", "not of the region");
    if (!has_area)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/care_area_id", "no area of this municipality");
    return region_store_put_population (request, message, err);
}
