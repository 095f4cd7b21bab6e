/* alert_class.c - see alert_class.h. */
#include "alert_class.h"
#include "calendar.h"
#include "clock.h"

enum { WORK_FROM = 9 * 60, WORK_TO = 18 * 60, WAKE_FROM = 8 * 60, WAKE_TO = 20 * 60, DAYS_MOST = 40 };

enum alert_class class_of_urgency (enum urgency urgency)
{
    return urgency == URGENCY_TODAY ? ALERT_CLASS_E2 : ALERT_CLASS_E1;
}

static int height (enum alert_class class)
{
    switch (class) {
    case ALERT_CLASS_E0:
        return 3;
    case ALERT_CLASS_E1:
        return 2;
    case ALERT_CLASS_E2:
        return 1;
    default:
        return 0;
    }
}

bool class_is_above (enum alert_class one, enum alert_class other)
{
    return height (one) > height (other);
}

/* ---- order ----------------------------------------------------------------------------------------------------------------------------
 */

static bool is_doctor (const struct answerer *entry)
{
    return entry->target == TARGET_KIND_PERSON || entry->target == TARGET_KIND_ROTATION || entry->stands_in;
}

struct sorting { const struct resolution *order; int doctor_step, last_doctor_position, first_position; };

/* Which step of the class an entry belongs to, from 1; 0: it is not asked. */
static int step_of (struct sorting *sorting, const struct answerer *entry, struct alert_kind kind)
{
    bool at_once = kind.class == ALERT_CLASS_E0 && kind.response != INCIDENT_RESPONSE_TERMINAL_CHAIN;

    if (is_doctor (entry) && entry->position != sorting->last_doctor_position) {
        sorting->doctor_step++;
        sorting->last_doctor_position = entry->position;
    }
    if (entry->target == TARGET_KIND_OFFICE && !entry->stands_in)
        return kind.class == ALERT_CLASS_E2 ? 0 : 1;
    if (entry->target == TARGET_KIND_LAST_RESORT)
        return entry->position == sorting->first_position && kind.class != ALERT_CLASS_E2 ? 1 : at_once || kind.class == ALERT_CLASS_E2 ? 3 : 1000;
    if (kind.class == ALERT_CLASS_E0 && kind.response == INCIDENT_RESPONSE_SINGLE_CALL)
        return sorting->doctor_step == 1;
    return (at_once || kind.class == ALERT_CLASS_E2) && sorting->doctor_step > 3 ? 3 : sorting->doctor_step;
}

static int delay_of (const struct answerer *entry, struct alert_kind kind, int step)
{
    if (kind.class == ALERT_CLASS_E2)
        return step == 1 ? E2_STEP_SECONDS : step == 2 ? E2_LATE_SECONDS : E2_REPEAT_SECONDS;
    if (kind.response == INCIDENT_RESPONSE_TERMINAL_CHAIN)
        return entry->delay_seconds;
    return step >= 3 ? LAST_RESORT_REPEAT_SECONDS : E0_STEP_SECONDS;
}

static bool is_left_out (const struct answerer *entry, struct alert_kind kind, size_t others)
{
    return kind.class == ALERT_CLASS_E0 && kind.response == INCIDENT_RESPONSE_SINGLE_CALL && entry->target == TARGET_KIND_LAST_RESORT
        && others > 0;
}

/* Entries sorted by step, those of one step in the resolver's order; positions without holes. */
static struct resolution gathered (struct arena *arena, const struct resolution *order, const int *steps, struct alert_kind kind)
{
    struct resolution ret = { .items = arena_alloc (arena, (order->count + 1) * sizeof *ret.items), .chain_note = order->chain_note };
    int position = 0, highest = 0;

    for (size_t i = 0; i < order->count; i++)
        highest = steps[i] > highest ? steps[i] : highest;
    for (int step = 1; step <= highest; step++) {
        size_t before = ret.count;

        for (size_t i = 0; i < order->count; i++) {
            struct answerer entry = order->items[i];

            if (steps[i] != step || is_left_out (&entry, kind, before))
                continue;
            entry.position = position + 1;
            entry.delay_seconds = delay_of (&entry, kind, step);
            ret.items[ret.count++] = entry;
        }
        position += ret.count > before;
    }
    return ret;
}

struct resolution class_order (struct arena *arena, const struct resolution *order, struct alert_kind kind)
{
    struct sorting sorting = { .order = order, .first_position = order->count ? order->items[0].position : 0 };
    int *steps = arena_alloc (arena, (order->count + 1) * sizeof *steps);

    if (kind.class != ALERT_CLASS_E0 && kind.class != ALERT_CLASS_E2)
        return *order;
    for (size_t i = 0; i < order->count; i++)
        steps[i] = step_of (&sorting, &order->items[i], kind);
    return gathered (arena, order, steps, kind);
}

int class_repeat_seconds (struct alert_kind kind, int rounds)
{
    if (kind.response == INCIDENT_RESPONSE_SINGLE_CALL)
        return 0;
    if (kind.class == ALERT_CLASS_E2)
        return E2_REPEAT_SECONDS;
    return rounds < ROUNDS_OF_ALL ? LAST_RESORT_REPEAT_SECONDS : NOBODY_REACHED_SECONDS;
}

/* ---- time -----------------------------------------------------------------------------------------------------------------------------
 */

int64_t class_deadline (struct alert_kind kind, enum alert_answer_kind answer, int64_t arrival_at, int64_t now)
{
    int seconds = kind.class == ALERT_CLASS_E0 ? TELEPHONE_E0_SECONDS : kind.class == ALERT_CLASS_E2 ? TELEPHONE_E2_SECONDS
        : TELEPHONE_SECONDS;

    if (answer == ALERT_ANSWER_KIND_VISIT)
        return (arrival_at > now ? arrival_at : now) + (int64_t) OVERDUE_AFTER_SECONDS * SECOND_US;
    if (kind.response == INCIDENT_RESPONSE_SINGLE_CALL || (kind.terminal && answer == ALERT_ANSWER_KIND_BY_TELEPHONE))
        return 0;
    return now + (int64_t) seconds * SECOND_US;
}

enum ems_eta class_eta (enum alert_answer_kind answer, int64_t arrival_at, int64_t now)
{
    if (answer == ALERT_ANSWER_KIND_CANNOT)
        return EMS_ETA_CANNOT;
    if (answer != ALERT_ANSWER_KIND_VISIT || arrival_at == 0)
        return 0;
    if (arrival_at - now <= 45 * 60LL * SECOND_US)
        return EMS_ETA_LE45M;
    return arrival_at - now <= 12 * 3600LL * SECOND_US ? EMS_ETA_LE12H : EMS_ETA_LATER;
}

bool class_is_working_time (int64_t at)
{
    struct tokyo t = tokyo_of (at);

    return calendar_class (t.day_number) == DAY_CLASS_WEEKDAY && t.minute >= WORK_FROM && t.minute < WORK_TO;
}

int64_t class_working_time (int64_t at)
{
    struct tokyo t = tokyo_of (at);

    if (class_is_working_time (at))
        return at;
    for (int64_t day = t.day_number; day < t.day_number + DAYS_MOST; day++)
        if (tokyo_instant (day, WORK_FROM) > at && calendar_class (day) == DAY_CLASS_WEEKDAY)
            return tokyo_instant (day, WORK_FROM);
    return at;
}

int64_t class_waking_time (int64_t at)
{
    struct tokyo t = tokyo_of (at);

    if (t.minute >= WAKE_FROM && t.minute < WAKE_TO)
        return at;
    return tokyo_instant (t.day_number + (t.minute >= WAKE_TO), WAKE_FROM);
}
