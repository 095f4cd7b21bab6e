/* handle_partner_key_add.c - make a key for a partner; only its hash is kept.
 *
 * Takes:      partner_key_add                (proto/dispatch/partner_key_add.command)
 * Refuses:    not_for_you  no such partner;  already_there  a key of this id was made before
 * Publishes:  nothing
 * Repeats:    is refused: a key is shown once
 */
#include "dispatch.h"
#include "ids.h"
#include "partner_store.h"

enum { KEY_BYTES = 32 };

static const char *new_key (struct arena *arena)
{
    unsigned char bytes[KEY_BYTES];
    char text[2 * KEY_BYTES + 1];

    random_fill (bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf (text + 2 * i, 3, "%02x", bytes[i]);
    return arena_print (arena, "renkei_%s", text);
}

int dispatch_handle_partner_key_add (struct dispatch *self, struct request *request, const struct partner_key_add *message,
                                     struct partner_key_made *answer, struct error *err)
{
    struct partner partner;

    (void) self;
    if (partner_find (request->db, request->arena, message->partner_id, &partner, err) < 0)
        return -1;
    if (!partner.partner_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such partner");
    answer->key_id = message->key_id;
    answer->key = new_key (request->arena);
    return partner_key_put (request, message, key_hash (request->arena, answer->key), err);
}
