/* boundary_put: where a municipality lies, for the map of facilities.
 *
 * Takes:     outlines (rings of points), their day and whose data they are; the municipality's office, if known.
 * Refuses:   rings and points that do not fit, points outside Japan, what is smaller than the map's grid, naming the field; not_for_role: who
 *            does not act for the region.
 * Publishes: nothing; a map reads it when it is opened.
 * Repeats:   the same again changes nothing; other outlines take the place of the old ones, and a known office stays.
 */
#include "boundary_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_boundary_put (struct registry *self, struct request *request, const struct boundary_put *message, struct done *answer,
                                  struct error *err)
{
    struct outline outline;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || boundary_read (message, request->arena, &outline, err) < 0)
        return -1;
    return boundary_store_put (request, message, &outline, err);
}
