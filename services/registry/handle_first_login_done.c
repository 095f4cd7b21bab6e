/* first_login_done: somebody with a new account has gone through the first log-in (E-27).
 *
 * Takes:     nothing.
 * Refuses:   first_password while the password from the letter still stands.
 * Publishes: nothing.
 * Repeats:   a second time changes nothing.
 */
#include "care_store.h"
#include "registry_routes.h"
#include "sessions.h"

int registry_handle_first_login_done (struct registry *self, struct request *request, const struct first_login_done *message,
                                      struct done *answer, struct error *err)
{
    const char *person_id = request->actor->person_id;
    int64_t left;

    (void) self;
    (void) message;
    (void) answer;
    if (session_must_be_open (request, err) < 0 || care_store_course (request->db, person_id, &left, err) < 0)
        return -1;
    if (left == 2)
        return fail (err, ERROR_FIRST_PASSWORD, NULL, "the first password stands");
    return left == 0 ? 0 : care_store_set_course (request->db, person_id, 0, err);
}
