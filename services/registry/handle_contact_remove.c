/* handle_contact_remove.c - a person forgets one of the own contacts.
 *
 * Takes:      contact_remove                 (proto/registry/contact_remove.command)
 * Refuses:    not_for_you     not one of the own contacts
 * Publishes:  contact_point_changed with an empty address
 * Repeats:    changes and announces nothing
 */
#include "contact_store.h"
#include "registry_routes.h"
#include "service.h"

int registry_handle_contact_remove (struct registry *self, struct request *request, const struct contact_remove *message,
                                    struct done *answer, struct error *err)
{
    struct contact_point_changed changed = { .contact_point_id = message->contact_point_id, .person_id = request->actor->person_id,
                                             .address = "" };
    struct own_contact contact;
    int64_t version;

    (void) self;
    (void) answer;
    if (subject_lock (request->db, request->arena, message->contact_point_id, &version, err) < 0
        || contact_get (request->db, request->arena, request->actor->person_id, message->contact_point_id, NULL, &contact, err) < 0)
        return -1;
    if (!contact.contact_point_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such contact");
    if (!*contact.address)
        return 0;
    changed.kind = contact.kind;
    if (contact_forget (request->db, contact.contact_point_id, err) < 0)
        return -1;
    return announce (request, &contact_point_changed_message, &changed, NULL, err);
}
