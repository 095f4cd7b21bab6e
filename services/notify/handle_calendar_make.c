/* handle_calendar_make.c - make a secret address at which a calendar program reads duty.
 *
 * Takes:      calendar_make                  (proto/notify/calendar_make.command)
 * Refuses:    field_missing      a rotation's calendar that does not say which
 *             not_for_role       another office's
 *             not_for_you        no such rotation or office
 *             too_many_requests  more than 20 in force
 * Publishes:  nothing
 * Repeats:    another address; the secret is told once and its hash alone is kept
 */
#include <sodium.h>
#include "ical_store.h"
#include "ids.h"
#include "notify.h"

enum { TOKEN_BYTES = 32 };

/* Whose duty: the person's, the rotation's (everybody may see the roster), the own office's. */
static int decide (const struct actor *actor, const struct calendar_make *message, const char **ret_subject, struct error *err)
{
    const bool anywhere = actor_is (actor, ROLE_ADMINISTRATOR) || actor_is (actor, ROLE_OPERATOR);

    *ret_subject = message->scope == CALENDAR_SCOPE_PERSON ? actor->person_id : message->scope == CALENDAR_SCOPE_ROTATION
                 ? message->rotation_id : message->office_id ? message->office_id : actor->office_id;
    if (!*ret_subject)
        return fail (err, ERROR_FIELD_MISSING, message->scope == CALENDAR_SCOPE_ROTATION ? "/rotation_id" : "/office_id", "whose duty?");
    if (message->scope == CALENDAR_SCOPE_OFFICE && !anywhere && (!actor->office_id || strcmp (*ret_subject, actor->office_id) != 0))
        return fail (err, ERROR_NOT_FOR_ROLE, "/office_id", "another office's calendar");
    return 0;
}

static const char *new_token (struct arena *arena, unsigned char ret_hash[ICAL_HASH_BYTES])
{
    unsigned char random[TOKEN_BYTES];
    char *token = arena_alloc (arena, 2 * TOKEN_BYTES + 1);

    random_fill (random, sizeof random);
    sodium_bin2hex (token, 2 * TOKEN_BYTES + 1, random, sizeof random);
    crypto_hash_sha256 (ret_hash, (const unsigned char *) token, 2 * TOKEN_BYTES);
    return token;
}

int notify_handle_calendar_make (struct notify *self, struct request *request, const struct calendar_make *message,
                                 struct calendar_made *answer, struct error *err)
{
    char *calendar_id = arena_alloc (request->arena, UUID_TEXT);
    unsigned char hash[ICAL_HASH_BYTES];
    const char *subject, *name;

    (void) self;
    if (decide (request->actor, message, &subject, err) < 0
        || ical_name (request->db, request->arena, message->scope, subject, &name, err) < 0)
        return -1;
    if (!name)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "nobody and nothing of that id");
    uuid_new (calendar_id);
    answer->calendar_id = calendar_id;
    answer->token = new_token (request->arena, hash);
    answer->path = arena_print (request->arena, "/api/v1/calendars/%s.ics", answer->token);
    return ical_add (request->db, calendar_id, hash, message, subject, request->actor->person_id, request->now, err);
}
