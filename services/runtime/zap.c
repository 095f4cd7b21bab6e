#include "zap.h"
#include "allow_list.h"

enum { FRAME_VERSION, FRAME_REQUEST_ID, FRAME_DOMAIN, FRAME_ADDRESS, FRAME_IDENTITY, FRAME_MECHANISM, FRAME_KEY, FRAME_COUNT };
enum { CURVE_KEY_BYTES = 32, REQUEST_ID_MAX = 255 };

static bool is_text (zframe_t *frame, const char *text)
{
    return frame && zframe_size (frame) == strlen (text) && memcmp (zframe_data (frame), text, strlen (text)) == 0;
}

static bool is_allowed (zmsg_t *request, zframe_t *const frames[FRAME_COUNT], const char *domain, zap_lookup lookup,
                        char ret_user_id[USER_ID_BYTES])
{
    char key[KEY_TEXT];

    if (zmsg_size (request) != FRAME_COUNT || !is_text (frames[FRAME_VERSION], "1.0") || !is_text (frames[FRAME_DOMAIN], domain)
        || !is_text (frames[FRAME_MECHANISM], "CURVE") || zframe_size (frames[FRAME_KEY]) != CURVE_KEY_BYTES)
        return false;
    return zmq_z85_encode (key, zframe_data (frames[FRAME_KEY]), CURVE_KEY_BYTES) && lookup (key, ret_user_id);
}

zmsg_t *zap_answer (zmsg_t *request, const char *domain, zap_lookup lookup)
{
    zframe_t *frames[FRAME_COUNT] = { NULL }, *id;
    zmsg_t *answer = zmsg_new ();
    char user_id[USER_ID_BYTES] = "";
    bool allowed;

    frames[0] = zmsg_first (request);
    for (int i = 1; i < FRAME_COUNT && frames[i - 1]; i++)
        frames[i] = zmsg_next (request);
    allowed = is_allowed (request, frames, domain, lookup, user_id);
    id = frames[FRAME_REQUEST_ID];
    zmsg_addstr (answer, "1.0");
    zmsg_addmem (answer, id ? zframe_data (id) : NULL, id && zframe_size (id) <= REQUEST_ID_MAX ? zframe_size (id) : 0);
    zmsg_addstr (answer, allowed ? "200" : "400");
    zmsg_addstr (answer, allowed ? "OK" : "no");
    zmsg_addstr (answer, allowed ? user_id : "");
    zmsg_addmem (answer, NULL, 0);
    return answer;
}
