/* rights_confirm: a manager confirms what everybody of an office is (review of rights).
 *
 * Takes:     the office and everybody's roles as they were shown.
 * Refuses:   not_for_you for an office the asker does not look after; moved_on when somebody has changed meanwhile, so that nobody confirms
 *            what was not looked at.
 * Publishes: nothing; who confirmed what, when, is kept.
 * Repeats:   confirming again is a review of its own.
 */
#include "care_store.h"
#include "people.h"
#include "registry_routes.h"
#include "sessions.h"

static int by_text (const void *a, const void *b)
{
    return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "person role role …", in order of the person's id: as care_store_shown says it. */
static struct text_list looked_at (const struct person_roles_list *people, struct arena *arena)
{
    const char **items = arena_alloc (arena, (people->count + 1) * sizeof *items);

    for (size_t i = 0; i < people->count; i++) {
        struct text_list roles = names_of_roles (arena, people->items[i].roles);

        items[i] = people->items[i].person_id;
        for (size_t j = 0; j < roles.count; j++)
            items[i] = arena_print (arena, "%s %s", items[i], roles.items[j]);
    }
    qsort (items, people->count, sizeof *items, by_text);
    return (struct text_list) { items, people->count };
}

static bool same (struct text_list a, struct text_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (strcmp (a.items[i], b.items[i]) != 0)
            return false;
    return true;
}

int registry_handle_rights_confirm (struct registry *self, struct request *request, const struct rights_confirm *message,
                                    struct done *answer, struct error *err)
{
    struct text_list shown, now;
    struct office_care care;
    int64_t version;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, message->office_id, &version, err) < 0
        || office_care_of (request, message->office_id, &care, err) < 0
        || may_look_after (request->actor, &care, err) < 0
        || care_store_shown (request->db, message->office_id, request->arena, &now, err) < 0)
        return -1;
    shown = looked_at (&message->people, request->arena);
    if (!same (shown, now))
        return fail (err, ERROR_MOVED_ON, "/people", "not what everybody is now");
    return care_store_review (request->db, &care, shown, request->actor->person_id, request->now, request->arena, err);
}
