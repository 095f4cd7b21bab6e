/* import_check: begins the dry run of a file that was sent before.  The work itself is the job "import", in small steps.
 *
 * Takes:     the upload, the form of the file, optionally the date it describes and its encoding; force for a suspicious file.
 * Refuses:   not_for_you when the upload is not there, not the asker's municipality's or not finished; an unknown form or encoding;
 *            session_locked.
 * Publishes: nothing; facilities are not written.
 * Repeats:   each call is an import of its own, which changes nothing until it is run.
 */
#include "ids.h"
#include "import_list_store.h"
#include "import_profile.h"
#include "registry.h"
#include "registry_routes.h"
#include "sessions.h"

static int check (const struct registry *self, struct request *request, const struct import_check *message, struct finished_upload *ret,
                  struct error *err)
{
    bool found;

    if (!profile_open (request->arena, self->profiles_dir, message->profile))
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/profile", "no such profile");
    if (message->encoding && strcmp (message->encoding, "utf-8") != 0 && strcmp (message->encoding, "cp932") != 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/encoding", "neither utf-8 nor cp932");
    if (import_list_store_upload (request->db, request->arena, message->upload_id, &found, ret, err) < 0)
        return -1;
    return found && ret->finished ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no finished upload of this municipality");
}

int registry_handle_import_check (struct registry *self, struct request *request, const struct import_check *message,
                                  struct import_begin_answer *answer, struct error *err)
{
    struct finished_upload upload;
    char import_id[UUID_TEXT];

    uuid_new (import_id);
    if (session_must_be_open (request, err) < 0 || check (self, request, message, &upload, err) < 0
        || import_list_store_begin (request->db, import_id, request->actor->municipality, request->actor->person_id, request->now, message,
                                    &upload, err) < 0)
        return -1;
    poke_after_commit (request->batch, "import");
    answer->import_id = arena_text (request->arena, import_id);
    return 0;
}
