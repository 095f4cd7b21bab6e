/* handle_contact_put.c - a person adds or changes one of the own contacts; a code is sent to it.
 *
 * Takes:      contact_put                    (proto/registry/contact_put.command)
 * Refuses:    field_unknown_choice, phone_invalid, field_wrong_type   an address that cannot be one
 *             not_for_you         the id is somebody else's
 *             list_too_long       more than ten contacts
 *             too_many_requests   more than five codes within an hour
 * Publishes:  contact_point_changed (not verified) when the address is new; contact_code_wanted
 * Repeats:    sends another code; the one before no longer counts
 */
#include "clock.h"
#include "contact_store.h"
#include "registry_routes.h"
#include "service.h"
#include "text_same.h"

enum { HOUR_SECONDS = 3600 };

static int count_code (const struct own_contact *old, int64_t now, struct own_contact *ret, struct error *err)
{
    bool same_hour = old->codes_from && now - old->codes_from < (int64_t) HOUR_SECONDS * SECOND_US;

    ret->codes = same_hour ? old->codes + 1 : 1;
    ret->codes_from = same_hour ? old->codes_from : now;
    return ret->codes > CODES_AN_HOUR ? fail (err, ERROR_TOO_MANY_REQUESTS, NULL, "codes of this hour are used up") : 0;
}

static int check_room (struct request *request, const struct own_contact *old, struct error *err)
{
    struct own_contacts all;

    if (own_contact_list (request->db, request->arena, request->actor->person_id, &all, err) < 0)
        return -1;
    if (old->contact_point_id || all.count < CONTACTS_MOST)
        return 0;
    fail (err, ERROR_LIST_TOO_LONG, "/contact_point_id", "enough contacts");
    return fail_param (err, "most", "%d", CONTACTS_MOST);
}

static int tell (struct request *request, const struct own_contact *contact, const char *code, struct error *err)
{
    const struct contact_point_changed changed = { .contact_point_id = contact->contact_point_id, .person_id = request->actor->person_id,
        .kind = contact->kind, .address = contact->address, .has_verified = true };
    const struct contact_code_wanted wanted = { .contact_point_id = contact->contact_point_id, .person_id = request->actor->person_id,
        .kind = contact->kind, .code = code, .until = contact->code_until };

    if (!contact->verified && announce (request, &contact_point_changed_message, &changed, NULL, err) < 0)
        return -1;
    return announce (request, &contact_code_wanted_message, &wanted, request->actor->municipality, err);
}

int registry_handle_contact_put (struct registry *self, struct request *request, const struct contact_put *message, struct done *answer,
                                 struct error *err)
{
    struct own_contact old, contact = { .contact_point_id = message->contact_point_id, .kind = message->kind, .tries_left = CODE_TRIES,
        .code_until = request->now + (int64_t) CODE_MINUTES * 60 * SECOND_US };
    unsigned char hash[CODE_HASH_BYTES];
    char *code = arena_alloc (request->arena, CODE_DIGITS + 1);
    int64_t version;

    (void) self;
    (void) answer;
    contact_code_new (code);
    contact_code_hash (request->arena, contact.contact_point_id, code, hash);
    if (contact_check (message, request->arena, &contact.address, err) < 0
        || subject_lock (request->db, request->arena, contact.contact_point_id, &version, err) < 0
        || contact_check_free (request->db, contact.contact_point_id, err) < 0
        || contact_get (request->db, request->arena, request->actor->person_id, contact.contact_point_id, NULL, &old, err) < 0
        || check_room (request, &old, err) < 0
        || count_code (&old, request->now, &contact, err) < 0)
        return -1;
    contact.verified = old.verified && old.kind == contact.kind && text_same (old.address, contact.address);
    if (own_contact_put (request->db, request->actor->person_id, &contact, hash, err) < 0)
        return -1;
    return tell (request, &contact, code, err);
}
