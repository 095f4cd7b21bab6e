/* terminal_register: the device from which this comes is a terminal of the office acted for, from now on.
 *
 * Takes:     the code that was read aloud.
 * Refuses:   terminal_code_wrong, naming the field: mistyped, older than 15 minutes, used, revoked, or another office's; login_blocked
 *            after five of them, as at log-in.
 * Publishes: nothing; a line in the log-in log, also when refused.  The answer's token becomes a cookie; only its SHA-256 is kept.
 * Repeats:   a code makes one terminal; the second use is refused.
 */
#include "access_store.h"
#include "login.h"
#include "people_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "terminal_rules.h"
#include "terminal_store.h"

static int write_refusal (struct db *db, void *what, struct error *err)
{
    const struct login_try *try = what;
    struct login_line line = login_line_of (try, "refused", "terminal code", try->request->actor->session_id);

    return login_store_log (db, &line, err);
}

static int refuse (struct login_try *try, struct error *err)
{
    if (login_book_do (try->self->book, write_refusal, try, err) < 0)
        return -1;
    return fail (err, ERROR_TERMINAL_CODE_WRONG, "/code", "no such code now");
}

/* Who has typed the code sits at the terminal already. */
static int sit_down (const struct registry *self, struct request *request, const char *terminal_id, struct error *err)
{
    const struct actor *actor = request->actor;
    const struct access_line line = { "terminal_registered", terminal_id, actor->person_id, actor->session_id, request->header->device,
                                      NULL, request->now };
    struct membership membership = { 0 };
    bool found;

    if (people_store_membership (request->db, membership_id_of (request->arena, actor->person_id, actor->office_id), request->arena,
                                 &found, &membership, err) < 0)
        return -1;
    ring_after_commit (request->batch, "session", actor->session_id, 0);
    if (terminal_sit_down (request, terminal_id, session_locks_idle (names_of_roles (request->arena, membership.roles), true),
                           self->idle_minutes * 60, err) < 0)
        return -1;
    return access_log (request->db, &line, err);
}

int registry_handle_terminal_register (struct registry *self, struct request *request, const struct terminal_register *message,
                                       struct terminal_registered *answer, struct error *err)
{
    struct throttle_key key = { .scope = "terminal" };
    struct login_try try = { .self = self, .request = request };
    unsigned char code[DIGEST], digest[DIGEST];
    const char *terminal_id, *name;
    char token[TOKEN_TEXT];

    if (session_must_be_open (request, err) < 0)
        return -1;
    token_digest (arena_print (request->arena, "terminal %s", request->actor->person_id), key.digest);
    try.ticket = (struct ticket) { .person_id = request->actor->person_id, .login_key = { key.digest, sizeof key.digest } };
    terminal_code_hash (request->arena, request->actor->office_id, message->code, code);
    token_new (token, digest);
    if (login_count_attempt (self, request, &key, err) < 0 || terminal_take (request, code, digest, &terminal_id, &name, err) < 0)
        return -1;
    if (!terminal_id)
        return refuse (&try, err);
    *answer = (struct terminal_registered) { arena_text (request->arena, token), terminal_id, name };
    if (sit_down (self, request, terminal_id, err) < 0)
        return -1;
    return login_take_back (&try, err);
}
