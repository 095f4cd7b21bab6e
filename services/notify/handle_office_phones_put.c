/* handle_office_phones_put.c - which telephones of an office ring in an emergency, and at which hours each is answered.
 *
 * Takes:      office_phones_put              (proto/notify/office_phones_put.command)
 * Refuses:    not_for_you     no such office, or not the actor's to write for
 *             text_empty, phone_invalid, already_there                            a telephone without a name, no number, a number twice
 *             field_missing, field_out_of_range, period_reversed                  hours that are none
 * Publishes:  nothing; who is asked from now on is found with the new hours, and the gap check looks again
 * Repeats:    writes the same again
 */
#include "notify.h"
#include "office_phone_store.h"
#include "route_store.h"

int notify_handle_office_phones_put (struct notify *self, struct request *request, const struct office_phones_put *message,
                                     struct done *answer, struct error *err)
{
    struct route_office office;
    const char **numbers;

    (void) self;
    (void) answer;
    if (route_office_for_edit (request, message->office_id, &office, err) < 0
        || phones_check (message, request->arena, &numbers, err) < 0)
        return -1;
    return office_phones_put (request->db, message, numbers, request->actor->person_id, request->now, err);
}
