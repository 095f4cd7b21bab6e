/* upload_finish: all parts are there; from now on the file cannot change.
 *
 * Takes:     the upload, optionally the digest of the whole file.
 * Refuses:   not_for_you when it is not the asker's municipality's; file_shape when parts are missing or the digest differs;
 * session_locked. Publishes: nothing. Repeats:   a finished upload stays finished.
 */
#include "registry_routes.h"
#include "sessions.h"
#include "upload_store.h"

static int refuse (struct error *err, const char *why)
{
    fail (err, ERROR_FILE_SHAPE, NULL, "%s", "parts missing or digest differs");
    return fail_param (err, "why", "%s", why);
}

static int finish (struct request *request, const struct upload_finish *message, struct error *err)
{
    const char *digest = NULL;
    bool whole;

    if (upload_store_whole (request->db, request->arena, message->upload_id, &whole, &digest, err) < 0)
        return -1;
    if (!whole)
        return refuse (err, "ファイルの一部が届いていません");
    if (message->sha256 && strcasecmp (message->sha256, digest) != 0)
        return refuse (err, "途中で内容が変わっています");
    return upload_store_finish (request->db, message->upload_id, digest, request->now, err);
}

int registry_handle_upload_finish (struct registry *self, struct request *request, const struct upload_finish *message, struct done *answer,
                                   struct error *err)
{
    struct upload_state upload = { 0 };

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || upload_store_lock (request->db, message->upload_id, &upload, err) < 0)
        return -1;
    return upload.finished ? 0 : finish (request, message, err);
}
