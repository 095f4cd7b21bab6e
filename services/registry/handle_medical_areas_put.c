/* medical_areas_put: which municipality lies in which 二次医療圏 (A-31, U-06).
 *
 * Takes:     rows of the ministry's list: area, its name, municipality with five digits or six, wards instead of their city.
 * Refuses:   what is no code, no name, a municipality listed twice, naming the row; not_for_role: who does not act for the region.
 * Publishes: nothing; it is read where it is needed.
 * Repeats:   the same list again writes nothing.
 */
#include "area_rules.h"
#include "area_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_medical_areas_put (struct registry *self, struct request *request, const struct medical_areas_put *message,
                                       struct medical_areas_answer *answer, struct error *err)
{
    struct medical_area_member_list rows;

    (void) self;
    if (session_must_be_open (request, err) < 0 || medical_areas_read (message, request->arena, &rows, err) < 0
        || area_store_put_medical (request, rows, &answer->written, err) < 0)
        return -1;
    return area_store_missing (request, &answer->missing, err);
}
