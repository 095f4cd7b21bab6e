/* colleague_list: people one can choose for a care team or a rotation, of the own municipality and those with an agreement.
 *
 * Takes:     part of a name or of an office's name, a role, a page.
 * Refuses:   session_locked.
 * Publishes: nothing; shows names, offices and the offices' telephones, nothing private.  Staff, no patient: no ledger row is due.
 * Repeats:   reads only.
 */
#include "ids.h"
#include "people_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "text.h"

enum { PAGE_STANDARD = 50, PAGE_MOST = 200 };

static int64_t page_limit (const struct colleague_list *message)
{
    if (!message->has_limit || message->limit < 1)
        return PAGE_STANDARD;
    return message->limit > PAGE_MOST ? PAGE_MOST : message->limit;
}

int registry_handle_colleague_list (struct registry *self, struct request *request, const struct colleague_list *message,
                                    struct colleague_list_answer *answer, struct error *err)
{
    const char *folded = message->text ? text_fold (request->arena, message->text) : NULL;
    const char *role = message->role ? enum_name (&role_type, message->role) : NULL;
    int64_t limit = page_limit (message);

    (void) self;
    if (session_must_be_open (request, err) < 0)
        return -1;
    if (message->after && !uuid_is_valid (message->after))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a page key");
    if (people_store_colleagues (request->db, folded && *folded ? folded : NULL, role, message->after, limit, request->arena,
                                 &answer->people, err) < 0)
        return -1;
    if ((int64_t) answer->people.count == limit)
        answer->next = answer->people.items[limit - 1].membership_id;
    return 0;
}
