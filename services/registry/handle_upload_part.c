/* upload_part: one part of a file.
 *
 * Takes:     the upload, where the part begins, its bytes.
 * Refuses:   not_for_you when it is not the asker's municipality's; field_out_of_range beyond the announced size; already_ended when the
 *            upload is finished; session_locked.
 * Publishes: nothing.
 * Repeats:   the same part again replaces itself.
 */
#include "registry_routes.h"
#include "sessions.h"
#include "upload_store.h"

static int check (const struct upload_state *upload, const struct upload_part *part, struct error *err)
{
    if (upload->finished)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "the upload is finished");
    if (part->offset >= 0 && part->bytes.size > 0 && part->offset <= upload->size - (int64_t) part->bytes.size)
        return 0;
    return fail_range (err, "/offset", 0, upload->size);
}

int registry_handle_upload_part (struct registry *self, struct request *request, const struct upload_part *message, struct done *answer,
                                 struct error *err)
{
    struct upload_state upload = { 0 };

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || upload_store_lock (request->db, message->upload_id, &upload, err) < 0
        || check (&upload, message, err) < 0)
        return -1;
    return upload_store_part (request->db, message->upload_id, message->offset, message->bytes, err);
}
