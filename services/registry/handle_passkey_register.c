/* passkey_register: keeps the public key of a passkey of this device.
 *
 * Takes:     the ticket of passkey_register_start, what the browser returned, and a label.
 * Refuses:   login_wrong when the ticket or anything in the credential is wrong; already_there for a credential somebody has registered;
 *            list_too_long from the 21st on.
 * Publishes: authenticators_changed, with the one more; a line in the log-in log.
 * Repeats:   a ticket registers once.
 */
#include "login.h"
#include "people.h"
#include "registry_routes.h"
#include "session_store.h"
#include "sessions.h"

enum { PASSKEYS_MOST = 20 };

/* ret_count: passkeys before this one.  The lock is there for the count: two devices registered at once are counted one after the other. */
static int check_room (struct request *request, const struct passkey *passkey, int64_t *ret_count, struct error *err)
{
    int64_t version;
    bool known;

    if (subject_lock (request->db, request->arena, request->actor->person_id, &version, err) < 0
        || people_store_passkey_count (request->db, request->actor->person_id, passkey->credential_id, ret_count, &known, err) < 0)
        return -1;
    if (known)
        return fail (err, ERROR_ALREADY_THERE, NULL, "the credential is registered");
    if (*ret_count >= PASSKEYS_MOST) {
        fail (err, ERROR_LIST_TOO_LONG, NULL, "too many passkeys");
        return fail_param (err, "most", "%d", PASSKEYS_MOST);
    }
    return 0;
}

int registry_handle_passkey_register (struct registry *self, struct request *request, const struct passkey_register *message,
                                      struct done *answer, struct error *err)
{
    struct passkey passkey = { 0 };
    struct login_try try;
    int64_t count;

    (void) answer;
    if (session_must_be_open (request, err) < 0
        || login_begin_register (self, request, message->ticket, &try, err) < 0
        || webauthn_register (&self->relying_party, try.ticket.challenge, message->client_data, message->attestation, request->arena,
                              &passkey, err) < 0
        || check_room (request, &passkey, &count, err) < 0
        || login_use (&try, err) < 0
        || people_store_add_passkey (request->db, request->actor->person_id, &passkey, message->label, err) < 0
        || announce_authenticators (request, request->actor->person_id, count + 1, err) < 0)
        return -1;
    return session_store_log (request->db, "passkey_added", NULL, request->actor->person_id, request->actor->session_id,
                              request->header->device, request->now, err);
}
