/* alert_reading.c - when a change of condition is going to be read: the first time, from now on, at which the resolver names a doctor in
 * person within working hours.  Looked for at 9:00 of weekdays and at the beginning of the doctor's own hours; see alert_open.h. */
#include "alert_open.h"
#include "calendar.h"
#include "clock.h"
#include "roster.h"

enum { DAYS = 14, OWN_FROM = 8 * 60, OWN_TO = 18 * 60, STANDARD_START = 9 * 60, STARTS_MOST = 8 };

struct starts { int minutes[STARTS_MOST]; int count; };

static void add_start (struct starts *starts, int minute)
{
    int at = starts->count;

    for (int i = 0; i < starts->count; i++)
        if (starts->minutes[i] == minute)
            return;
    if (starts->count == STARTS_MOST)
        return;
    for (; at > 0 && starts->minutes[at - 1] > minute; at--)
        starts->minutes[at] = starts->minutes[at - 1];
    starts->minutes[at] = minute;
    starts->count++;
}

/* Where the doctors' own hours begin; a row for day and night says nothing about working hours. */
static struct starts starts_of (const struct resolver_input *input)
{
    struct starts starts = { 0 };

    add_start (&starts, STANDARD_START);
    for (size_t i = 0; i < input->row_count; i++)
        if (input->rows[i].target == TARGET_KIND_PERSON && input->rows[i].from_minute >= OWN_FROM && input->rows[i].from_minute < OWN_TO)
            add_start (&starts, (int) input->rows[i].from_minute);
    return starts;
}

static int doctor_at (struct act *act, const struct alert_row *alert, int64_t at, const char **ret, struct error *err)
{
    struct resolver_input input;
    struct resolution order;
    int64_t version;

    *ret = NULL;
    if (roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, alert->chain_version, at, &input, &version, err) < 0)
        return -1;
    order = resolve (act->arena, &input, at, alert->tag);
    for (size_t i = 0; i < order.count && !*ret; i++)
        if (order.items[i].target == TARGET_KIND_PERSON)
            *ret = order.items[i].name;
    return 0;
}

int alert_reading (struct act *act, const struct alert_row *alert, int64_t *ret_at, const char **ret_by, struct error *err)
{
    int64_t today = tokyo_of (act->now).day_number, version;
    struct resolver_input input;
    struct starts starts;

    *ret_at = act->now;
    if (class_is_working_time (act->now) && doctor_at (act, alert, act->now, ret_by, err) < 0)
        return -1;
    if (class_is_working_time (act->now) && *ret_by)
        return 0;
    if (roster_load (act->db, act->arena, NULL, alert->municipality, alert->patient_id, alert->chain_version, act->now, &input, &version, err) < 0)
        return -1;
    starts = starts_of (&input);
    for (int64_t day = today; day < today + DAYS; day++)
        for (int i = 0; i < starts.count; i++) {
            *ret_at = tokyo_instant (day, starts.minutes[i]);
            if (*ret_at <= act->now || (starts.minutes[i] == STANDARD_START && calendar_class (day) != DAY_CLASS_WEEKDAY))
                continue;
            if (doctor_at (act, alert, *ret_at, ret_by, err) < 0)
                return -1;
            if (*ret_by)
                return 0;
        }
    *ret_at = class_working_time (act->now);
    return 0;
}
