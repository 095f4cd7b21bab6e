/* answer_office_phones.c - which telephones of an office ring in an emergency, what rings now, and when nothing will.
 *
 * Takes:      office_phones                  (proto/notify/office_phones.query)
 * Refuses:    not_for_you     no such office, or the reader neither works there, nor keeps its municipality, nor shares a person with it
 * Publishes:  nothing; offices' numbers, no patient: no ledger row is due
 * Repeats:    reads again
 */
#include "clock.h"
#include "notify.h"
#include "office_phone_store.h"
#include "roster_layers_store.h"
#include "route_store.h"

enum { AHEAD_DAYS = 60 };

static int look_ahead (struct request *request, const struct route_office *office, const struct office_phone_state *state,
                       struct office_phones_answer *answer, struct error *err)
{
    int64_t to = request->now + AHEAD_DAYS * 86400LL * SECOND_US;
    struct rotation_list_of none = { 0 };
    struct roster_layers layers;
    struct phone_calendar calendar = { &layers.closures, office->municipality };
    const struct phone_line *line;

    if (roster_load_layers (request->db, request->arena, &none, request->now, to, &layers, err) < 0)
        return -1;
    line = phone_at (&state->lines, &calendar, NULL, request->now);
    answer->rings_now = line ? line->number : NULL;
    answer->has_silent_from = answer->has_silent_to = phone_next_silent (&state->lines, &calendar, request->now, to, &answer->silent_from,
                                                                         &answer->silent_to);
    return 0;
}

int notify_handle_office_phones (struct notify *self, struct request *request, const struct office_phones *message,
                                 struct office_phones_answer *answer, struct error *err)
{
    struct office_phone_state state;
    struct route_office office;

    (void) self;
    if (route_office_get (request->db, request->arena, message->office_id, &office, err) < 0)
        return -1;
    if (!office.name || !route_may_read (request->actor, &office))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such office, or not open to the reader");
    if (office_phones_get (request->db, request->arena, message->office_id, &answer->phones, &state, err) < 0)
        return -1;
    answer->office = office.name;
    answer->may_edit = route_may_edit (request->actor, &office);
    answer->registered = answer->rings_now = state.registered;
    answer->set_by = state.set_by;
    answer->has_set_at = state.set_at != 0;
    answer->set_at = state.set_at;
    return state.lines.count ? look_ahead (request, &office, &state, answer, err) : 0;
}
