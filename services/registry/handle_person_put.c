/* person_put: adds or changes a person who works in the region.
 *
 * Takes:     name, kana, e-mail and telephone for notices.
 * Refuses:   not_for_you when the person also works elsewhere or runs the region, and the asker does not.
 * Publishes: contact_point_changed when the e-mail address or the telephone (called by notify) changed; membership_changed of every place when the name changed.
 * Repeats:   the same PUT again changes and announces nothing.
 */
#include "people.h"
#include "put_rules.h"
#include "registry_routes.h"
#include "text.h"
#include "text_same.h"

static int announce_point (struct request *request, const char *person_id, enum contact_kind kind, const char *old, const char *new,
                           struct error *err)
{
    struct contact_point_changed event = { .contact_point_id = contact_point_of (request->arena, person_id, kind), .person_id = person_id,
                                           .kind = kind, .address = new ? new : "" };

    return text_same (old, new) ? 0 : announce (request, &contact_point_changed_message, &event, NULL, err);
}

static int announce_name (struct request *request, const struct person_put *put, struct error *err)
{
    struct membership_list places;

    if (people_store_memberships (request->db, put->person_id, request->arena, &places, err) < 0)
        return -1;
    for (size_t i = 0; i < places.count; i++)
        if (announce_membership (request, &places.items[i], put->name, err) < 0)
            return -1;
    return 0;
}

static int store (struct request *request, const struct person_put *old, const struct person_put *put, struct error *err)
{
    char *search = arena_print (request->arena, "%s %s", text_fold (request->arena, put->name), text_fold (request->arena, put->name_kana));

    if (people_store_put_person (request->db, request->arena, put, search, !old->person_id, err) < 0
        || announce_point (request, put->person_id, CONTACT_KIND_EMAIL, old->email, put->email, err) < 0
        || announce_point (request, put->person_id, CONTACT_KIND_VOICE, old->phone, put->phone, err) < 0)
        return -1;
    return old->person_id && !text_same (old->name, put->name) ? announce_name (request, put, err) : 0;
}

int registry_handle_person_put (struct registry *self, struct request *request, const struct person_put *message, struct done *answer,
                                struct error *err)
{
    struct person_put old = { 0 }, put = *message;
    int64_t version;
    bool found;

    (void) self;
    (void) answer;
    put.email = text_or_null (put.email);
    put.phone = text_or_null (put.phone);
    if (person_check (&put, request->arena, err) < 0
        || subject_lock (request->db, request->arena, put.person_id, &version, err) < 0
        || person_for_change (request, put.person_id, &found, &old, err) < 0)
        return -1;
    if (found && !person_changes (&old, &put))
        return 0;
    return store (request, &old, &put, err);
}
