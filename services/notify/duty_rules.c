/* duty_rules.c - see duty_rules.h. */
#include "duty_rules.h"
#include <string.h>
#include "clock.h"

static bool is_everywhere (const struct actor *actor)
{
    return actor_is (actor, ROLE_ADMINISTRATOR) || actor_is (actor, ROLE_OPERATOR);
}

static bool is_own_area (const struct actor *actor, const char *area)
{
    return area && actor->municipality && strcmp (actor->municipality, area) == 0;
}

static int too_long (struct error *err, const char *pointer, int most)
{
    fail (err, ERROR_PERIOD_TOO_LONG, pointer, "too long");
    return fail_param (err, "most", "%d", most);
}

/* ---- closures ----------------------------------------------------------------------------------------------------------------------- */

int closure_check (const struct closure_put *command, struct error *err)
{
    int64_t first = day_number_of_text (command->first_day), last = day_number_of_text (command->last_day);

    if (!command->municipality == !command->office_id)
        return fail (err, ERROR_FIELD_MISSING, "/municipality", "either a municipality or an office");
    if (first == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/first_day", "not a date");
    if (last == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/last_day", "not a date");
    if (last < first)
        return fail (err, ERROR_PERIOD_REVERSED, "/last_day", "ends before it begins");
    return last - first < CLOSURE_MOST_DAYS ? 0 : too_long (err, "/last_day", CLOSURE_MOST_DAYS);
}

int closure_decide (const struct actor *actor, const char *municipality, const char *office_id, struct error *err)
{
    bool curates = actor_is (actor, ROLE_ROTA_OFFICE) || actor_is (actor, ROLE_MUNICIPAL_OFFICER);

    if (is_everywhere (actor))
        return 0;
    if (municipality && curates && is_own_area (actor, municipality))
        return 0;
    if (office_id && (actor_is (actor, ROLE_ROTA_OFFICE) || (actor->office_id && strcmp (actor->office_id, office_id) == 0)))
        return 0;
    return fail (err, ERROR_NOT_FOR_ROLE, NULL, "another calendar");
}

/* ---- overrides ---------------------------------------------------------------------------------------------------------------------- */

int override_check (const struct override_add *command, int64_t now, struct error *err)
{
    if (command->to <= command->from)
        return fail (err, ERROR_PERIOD_REVERSED, "/to", "ends before it begins");
    if (command->to <= now)
        return fail (err, ERROR_TIME_IN_PAST, "/to", "it is over");
    if (command->to - command->from > OVERRIDE_MOST_DAYS * 86400LL * SECOND_US)
        return too_long (err, "/to", OVERRIDE_MOST_DAYS);
    if (!command->remove && (!command->add || !command->rotation_id))
        return fail (err, ERROR_NOBODY_CHANGED, "/remove", "nobody leaves");
    if (command->remove && command->add && strcmp (command->remove, command->add) == 0)
        return fail (err, ERROR_NOBODY_CHANGED, "/add", "the same person");
    return 0;
}

bool duty_coordinates (const struct actor *actor, const char *area)
{
    return is_everywhere (actor) || (actor_is (actor, ROLE_ROTA_OFFICE) && (!area || is_own_area (actor, area)));
}

int override_decide (const struct actor *actor, const struct override_facts *facts, struct error *err)
{
    if (!facts->area && facts->add_id && !facts->same_office)
        return fail (err, ERROR_NOT_A_COLLEAGUE, "/add", "another office");
    if (duty_coordinates (actor, facts->area))
        return 0;
    if (!facts->remove_id || !facts->removes_own)
        return fail (err, ERROR_NOT_FOR_ROLE, "/remove", "somebody else's duty");
    if (!facts->add_id)
        return fail (err, ERROR_FIELD_MISSING, "/add", "one's own duty is given to somebody");
    return facts->same_office ? 0 : fail (err, ERROR_NOT_A_COLLEAGUE, "/add", "another office: ask for a swap");
}
