/* upload_begin: announces a file that will come in parts.
 *
 * Takes:     file name and size.
 * Refuses:   field_out_of_range when empty or over 64 MiB; session_locked.
 * Publishes: nothing.
 * Repeats:   the same key gets the same upload; another key begins another one.  Unused uploads go after a week.
 */
#include "ids.h"
#include "registry_routes.h"
#include "sessions.h"
#include "upload_store.h"

int registry_handle_upload_begin (struct registry *self, struct request *request, const struct upload_begin *message,
                                  struct upload_begin_answer *answer, struct error *err)
{
    char upload_id[UUID_TEXT];

    (void) self;
    if (session_must_be_open (request, err) < 0)
        return -1;
    if (message->size < 1 || message->size > UPLOAD_MOST)
        return fail_range (err, "/size", 1, UPLOAD_MOST);
    uuid_new (upload_id);
    answer->upload_id = arena_text (request->arena, upload_id);
    return upload_store_begin (request->db, upload_id, request->actor->municipality, request->actor->person_id, message->name,
                               message->size, err);
}
