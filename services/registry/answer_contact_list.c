/* answer_contact_list.c - how the actor is reached: what the office entered, and the own contacts.
 *
 * Takes:      contact_list                   (proto/registry/contact_list.query)
 * Refuses:    nothing
 * Publishes:  nothing; no ledger row is due: it shows the actor's own
 * Repeats:    reads again
 */
#include "contact_store.h"
#include "people_store.h"
#include "registry_routes.h"
#include "service.h"

enum { OF_OFFICE = 2 };

static void add_of_office (struct request *request, enum contact_kind kind, const char *address, struct contact_view *items, size_t *count)
{
    if (address && *address)
        items[(*count)++] = (struct contact_view) { .contact_point_id = contact_point_of (request->arena, request->actor->person_id, kind),
                                                    .kind = kind, .address = address, .verified = true, .by_office = true };
}

static struct contact_view view_of (const struct own_contact *contact, int64_t now)
{
    bool waits = contact->code_until > now && contact->tries_left > 0;

    return (struct contact_view) { .contact_point_id = contact->contact_point_id, .kind = contact->kind, .address = contact->address,
        .verified = contact->verified, .phi_ok = contact->phi_ok, .has_code_until = waits, .code_until = contact->code_until,
        .has_tries_left = waits, .tries_left = contact->tries_left };
}

int registry_handle_contact_list (struct registry *self, struct request *request, const struct contact_list *message,
                                  struct contact_list_answer *answer, struct error *err)
{
    struct own_contacts own;
    struct contact_view *items;
    struct person_put person = { 0 };
    size_t count = 0;
    bool found;

    (void) self;
    (void) message;
    if (own_contact_list (request->db, request->arena, request->actor->person_id, &own, err) < 0
        || people_store_person (request->db, request->actor->person_id, request->arena, &found, &person, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (own.count + OF_OFFICE + 1) * sizeof *items);
    add_of_office (request, CONTACT_KIND_EMAIL, person.email, items, &count);
    add_of_office (request, CONTACT_KIND_VOICE, person.phone, items, &count);
    for (size_t i = 0; i < own.count && i < CONTACTS_MOST; i++)
        items[count++] = view_of (&own.items[i], request->now);
    answer->contacts = (struct contact_view_list) { items, count };
    return 0;
}
