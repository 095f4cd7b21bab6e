/* import_list: imports of the asker's municipality, newest first.
 *
 * Takes:     nothing.
 * Refuses:   session_locked.
 * Publishes: nothing.  Facilities, no person: no ledger row is due.
 * Repeats:   reads only.
 */
#include "import_list_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_import_list (struct registry *self, struct request *request, const struct import_list *message,
                                 struct import_list_answer *answer, struct error *err)
{
    (void) self;
    (void) message;
    if (session_must_be_open (request, err) < 0)
        return -1;
    return import_list_store_list (request->db, request->arena, &answer->imports, err);
}
