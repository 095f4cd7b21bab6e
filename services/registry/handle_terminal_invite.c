/* terminal_invite: a code that makes the device at which it is typed a terminal of the office.
 *
 * Takes:     office, the terminal's id, what it is called.
 * Refuses:   not_for_you: no such office, another municipality's, another office's terminal; text_empty; already_there: it is registered;
 *            already_ended: it was revoked.
 * Publishes: nothing; a line in the log-in log.  The code is in this answer and nowhere else.
 * Repeats:   gives another code; the one before no longer counts.
 */
#include "access_store.h"
#include "clock.h"
#include "people.h"
#include "registry_routes.h"
#include "terminal_rules.h"
#include "terminal_store.h"
#include "text.h"

static int decide (const struct terminal *old, const char *office_id, struct error *err)
{
    if (!old->office_id)
        return 0;
    if (strcmp (old->office_id, office_id) != 0)
        return fail (err, ERROR_NOT_FOR_YOU, "/terminal_id", "another office's terminal");
    if (old->revoked)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "revoked");
    return old->registered ? fail (err, ERROR_ALREADY_THERE, NULL, "registered") : 0;
}

static int store (struct request *request, const struct invitation *invitation, struct error *err)
{
    const struct actor *actor = request->actor;
    const struct access_line line = { "terminal_invited", invitation->terminal_id, actor->person_id, actor->session_id,
                                      request->header->device, NULL, request->now };

    if (terminal_put (request, invitation, err) < 0)
        return -1;
    return access_log (request->db, &line, err);
}

int registry_handle_terminal_invite (struct registry *self, struct request *request, const struct terminal_invite *message,
                                     struct terminal_invited *answer, struct error *err)
{
    struct invitation invitation = { .terminal_id = message->terminal_id, .office_id = message->office_id,
        .name = text_trim (request->arena, message->name), .until = request->now + TERMINAL_MINUTES * 60 * SECOND_US };
    struct office_put office;
    struct terminal old;
    char code[TERMINAL_CODE + 1];
    int64_t version;

    (void) self;
    if (office_for_change (request, message->office_id, &office, err) < 0)
        return -1;
    if (!*invitation.name)
        return fail (err, ERROR_TEXT_EMPTY, "/name", "empty");
    invitation.municipality = office.municipality;
    if (subject_lock (request->db, request->arena, message->terminal_id, &version, err) < 0
        || terminal_get (request, office.municipality, message->terminal_id, &old, err) < 0 || decide (&old, message->office_id, err) < 0)
        return -1;
    terminal_code_new (code);
    terminal_code_hash (request->arena, message->office_id, code, invitation.code_sha256);
    *answer = (struct terminal_invited) { .code = arena_text (request->arena, code), .until = invitation.until };
    return store (request, &invitation, err);
}
