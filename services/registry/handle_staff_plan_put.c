/* staff_plan_put: who joins, leaves or changes in an office on a day to come is written down (practice.md 04, the April list).
 *
 * Takes:     the office, a day, what, who, a note; or that it does not happen.
 * Refuses:   not_for_you for an office the asker does not look after, or a plan of another one; date_invalid; text_empty.
 * Publishes: nothing, and nothing happens by it alone: accounts and seats are changed by those who do it on the day.
 * Repeats:   the same again leaves the same.
 */
#include "clock.h"
#include "people.h"
#include "plan_store.h"
#include "registry_routes.h"
#include "sessions.h"
#include "text.h"

int registry_handle_staff_plan_put (struct registry *self, struct request *request, const struct staff_plan_put *message,
                                    struct done *answer, struct error *err)
{
    struct office_care care;

    (void) self;
    (void) answer;
    if (session_must_be_open (request, err) < 0
        || office_care_of (request, message->office_id, &care, err) < 0
        || may_look_after (request->actor, &care, err) < 0)
        return -1;
    if (day_number_of_text (message->on) == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/on", "not a date");
    if (!*text_trim (request->arena, message->name))
        return fail (err, ERROR_TEXT_EMPTY, "/name", "empty");
    return plan_store_put (request->db, &care, message, request->actor->person_id, request->now, err);
}
