/* survey_put: a survey is prepared, or changed while it is not open.
 *
 * Takes:     municipality, title, what it is for, kinds of facilities, items, only some facilities, last day.
 * Refuses:   no title, no kinds, no items, a day in the past, naming the field; not_for_you: another municipality; survey_open: too late.
 * Publishes: nothing.
 * Repeats:   writes the same again.
 */
#include "clock.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_rules.h"
#include "survey_store.h"

int registry_handle_survey_put (struct registry *self, struct request *request, const struct survey_put *message, struct done *answer,
                                struct error *err)
{
    char today[11];

    (void) self;
    (void) answer;
    day_number_text (tokyo_of (request->now).day_number, today);
    if (session_must_be_open (request, err) < 0 || may_change_office (request->actor, message->municipality, err) < 0
        || survey_check (message, today, err) < 0)
        return -1;
    return survey_store_put (request, message, err);
}
