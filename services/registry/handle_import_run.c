/* import_run: writes what a dry run has shown; the job "import" does the work in small steps.
 *
 * Takes:     the import.
 * Refuses:   not_for_you when it is not there or another municipality's; import_not_checked while it is being checked, and when it was
 *            refused or stopped; session_locked.
 * Publishes: facility_changed, one for each facility that is new, changed or missing from the file (by the job).
 * Repeats:   an import that is running or done is left as it is.
 */
#include "import_list_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_import_run (struct registry *self, struct request *request, const struct import_run *message, struct done *answer,
                                struct error *err)
{
    enum import_state state = 0;
    bool found;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || import_list_store_state (request->db, message->import_id, &found, &state, err) < 0)
        return -1;
    if (!found)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such import");
    if (state == IMPORT_STATE_RUNNING || state == IMPORT_STATE_DONE)
        return 0;
    if (state != IMPORT_STATE_CHECKED)
        return fail (err, ERROR_IMPORT_NOT_CHECKED, NULL, "state %d", (int) state);
    if (import_list_store_run (request->db, message->import_id, request->actor->person_id, err) < 0)
        return -1;
    poke_after_commit (request->batch, "import");
    return 0;
}
