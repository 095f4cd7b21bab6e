/* handle_contact_verify.c - the code that was sent to a contact.
 *
 * Takes:      contact_verify                 (proto/registry/contact_verify.command)
 * Refuses:    not_for_you     not one of the own contacts, or without a code
 * Publishes:  contact_point_changed (verified) when the code is right
 * Repeats:    a verified contact stays verified; a wrong code uses up one of three tries
 *
 * A wrong code is an answer, not a refusal: what it used up must stay.
 */
#include "contact_store.h"
#include "registry_routes.h"
#include "service.h"

static int verified (struct request *request, const struct own_contact *contact, struct error *err)
{
    const struct contact_point_changed changed = { .contact_point_id = contact->contact_point_id, .person_id = request->actor->person_id,
        .kind = contact->kind, .address = contact->address, .has_verified = true, .verified = true, .has_phi_ok = true,
        .phi_ok = contact->phi_ok };

    if (contact_set_verified (request->db, contact->contact_point_id, request->now, err) < 0)
        return -1;
    return announce (request, &contact_point_changed_message, &changed, NULL, err);
}

int registry_handle_contact_verify (struct registry *self, struct request *request, const struct contact_verify *message,
                                    struct contact_verified *answer, struct error *err)
{
    unsigned char hash[CODE_HASH_BYTES];
    struct own_contact contact;
    int64_t version;

    (void) self;
    contact_code_hash (request->arena, message->contact_point_id, message->code, hash);
    if (subject_lock (request->db, request->arena, message->contact_point_id, &version, err) < 0
        || contact_get (request->db, request->arena, request->actor->person_id, message->contact_point_id, hash, &contact, err) < 0)
        return -1;
    if (!contact.contact_point_id || !*contact.address || (!contact.verified && !contact.code_until))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such contact, or no code");
    if (contact.verified && !contact.code_until) {
        answer->verified = true;
        return 0;
    }
    if (contact.tries_left == 0 || contact.code_until <= request->now)
        return 0;
    if (contact.code_right) {
        answer->verified = true;
        return verified (request, &contact, err);
    }
    answer->tries_left = contact.tries_left - 1;
    return contact_use_try (request->db, contact.contact_point_id, err);
}
