/* route_rules.c - see route_rules.h. */
#include "route_rules.h"
#include <string.h>
#include "clock.h"
#include "text.h"

static const int64_t CALL_US = ROUTE_CALL_DAYS * 86400LL * SECOND_US;

static bool same (const char *one, const char *other)
{
    return one && other && strcmp (one, other) == 0;
}

static bool is_one_of (const struct actor *actor, const enum role *roles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (actor_is (actor, roles[i]))
            return true;
    return false;
}

bool route_may_edit (const struct actor *actor, const struct route_office *office)
{
    static const enum role own[] = { ROLE_SERVICE_MANAGER, ROLE_DOCTOR, ROLE_CLINIC_PROXY, ROLE_HOSPITAL_LIAISON,
        ROLE_HOSPITAL_NIGHT_DESK };
    static const enum role keepers[] = { ROLE_ROTA_OFFICE, ROLE_MUNICIPAL_OFFICER, ROLE_ADMINISTRATOR, ROLE_OPERATOR };

    return (same (actor->office_id, office->office_id) && is_one_of (actor, own, sizeof own / sizeof *own))
        || (same (actor->municipality, office->municipality) && is_one_of (actor, keepers, sizeof keepers / sizeof *keepers));
}

bool route_may_read (const struct actor *actor, const struct route_office *office)
{
    return office->shared || same (actor->office_id, office->office_id) || route_may_edit (actor, office);
}

int route_check (const struct contact_route_put *put, struct arena *arena, const char **ret_address, struct error *err)
{
    bool doubtful = false;

    *ret_address = text_trim (arena, put->address);
    if (!**ret_address)
        return fail (err, ERROR_TEXT_EMPTY, "/address", "no number");
    if (put->means == ROUTE_MEANS_OTHER)
        return 0;
    *ret_address = text_phone (arena, put->address, &doubtful);
    return *ret_address && !doubtful ? 0 : fail (err, ERROR_PHONE_INVALID, "/address", "no telephone number");
}

static bool is_blank (const char *text)
{
    return !text || strspn (text, " \n") == strlen (text);
}

int route_test_check (const struct contact_route_test *test, enum route_means means, bool voice, struct error *err)
{
    if (test->has_answered)
        return test->answered || !is_blank (test->note) ? 0 : fail (err, ERROR_REASON_NEEDED, "/note", "nobody answered: what was done");
    return voice && means == ROUTE_MEANS_TELEPHONE ? 0 : fail (err, ERROR_CALL_YOURSELF, "/answered", "no machine can call this");
}

bool route_needs_check (const struct route_call_list *calls, bool has_success, int64_t succeeded_at, int64_t now)
{
    if (!has_success || now - succeeded_at > CALL_US)
        return true;
    for (size_t i = 0; i < calls->count; i++)
        if (calls->items[i].has_answered)
            return !calls->items[i].answered;
    return false;
}
