/* scheme_rules.c - see scheme_rules.h. */
#include "scheme_rules.h"

#include "bits.h"
#include "calendar.h"
#include "clock.h"
#include "staff_rules.h"
#include "text_same.h"

enum { WEEK_DAYS = 7, FIRST_YEAR = 2000, LAST_YEAR = 2099 };

int scheme_may_change (const struct actor *actor, const char *municipality, const char *office_id, struct error *err)
{
    bool own_office = actor->office_id && strcmp (actor->office_id, office_id) == 0;
    bool own_municipality = actor->municipality && strcmp (actor->municipality, municipality) == 0;

    if (own_office && (actor_is (actor, ROLE_SERVICE_MANAGER) || actor_is (actor, ROLE_DOCTOR) || actor_is (actor, ROLE_CLINIC_PROXY)))
        return 0;
    if (own_municipality && actor_is (actor, ROLE_ROTA_OFFICE))
        return 0;
    return may_change_office (actor, municipality, err);
}

static int check_band (const struct scheme_band *band, size_t at, struct error *err)
{
    char pointer[40], to_pointer[40];

    snprintf (pointer, sizeof pointer, "/bands/%zu/day_classes", at);
    if (band->day_classes.count == 0)
        return fail (err, ERROR_FIELD_MISSING, pointer, "on no day");
    snprintf (pointer, sizeof pointer, "/bands/%zu/weekdays", at);
    for (size_t i = 0; i < band->weekdays.count; i++)
        if (band->weekdays.items[i] < 1 || band->weekdays.items[i] > WEEK_DAYS)
            return fail_range (err, pointer, 1, WEEK_DAYS);
    snprintf (pointer, sizeof pointer, "/bands/%zu/from_minute", at);
    snprintf (to_pointer, sizeof to_pointer, "/bands/%zu/to_minute", at);
    return calendar_band_check (band->from_minute, band->to_minute, pointer, to_pointer, err);
}

static int check_day (const char *day, const char *pointer, struct error *err)
{
    int64_t number = day_number_of_text (day);

    if (number == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, pointer, "not a date");
    if (number >= day_number_of (FIRST_YEAR, 1, 1) && number <= day_number_of (LAST_YEAR, 12, 31))
        return 0;
    fail (err, ERROR_FIELD_OUT_OF_RANGE, pointer, "out of range");
    fail_param (err, "least", "%d-01-01", FIRST_YEAR);
    return fail_param (err, "most", "%d-12-31", LAST_YEAR);
}

int scheme_check (const struct scheme_part_put *put, struct error *err)
{
    if (check_day (put->from, "/from", err) < 0 || (put->until && check_day (put->until, "/until", err) < 0))
        return -1;
    if (put->until && strcmp (put->until, put->from) < 0)
        return fail (err, ERROR_PERIOD_REVERSED, "/until", "the last day is before the first");
    if (put->bands.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/bands", "comes never");
    for (size_t i = 0; i < put->bands.count; i++)
        if (check_band (&put->bands.items[i], i, err) < 0)
            return -1;
    return 0;
}

static bool same_band (const struct scheme_band *a, const struct scheme_band *b)
{
    return bits_of_enums (a->day_classes) == bits_of_enums (b->day_classes)
        && bits_of_numbers (a->weekdays) == bits_of_numbers (b->weekdays)
        && a->from_minute == b->from_minute && a->to_minute == b->to_minute && bits_of_enums (a->tags) == bits_of_enums (b->tags);
}

static bool same_bands (struct scheme_band_list a, struct scheme_band_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!same_band (&a.items[i], &b.items[i]))
            return false;
    return true;
}

static bool is_withdrawn (const struct scheme_part_put *put)
{
    return put->has_withdrawn && put->withdrawn;
}

/* Which field of what has begun would change; NULL: none. */
static const char *broken_promise (const struct scheme_part_view *old, const struct scheme_part_put *put)
{
    if (!text_same (old->from, put->from))
        return "/from";
    if (!same_bands (old->bands, put->bands))
        return "/bands";
    if (!text_same (old->note, put->note))
        return "/note";
    return old->withdrawn != is_withdrawn (put) ? "/withdrawn" : NULL;
}

static bool is_settled (const struct scheme_part *part, const char *today)
{
    return strcmp (part->view.from, today) <= 0 && strcmp (part->entered_on, today) < 0;
}

static int decide_change (const struct scheme_part *old, const struct scheme_part_put *put, const char *today, bool *ret_same,
                          struct error *err)
{
    const char *broken = broken_promise (&old->view, put);

    *ret_same = !broken && text_same (old->view.until, put->until);
    if (*ret_same)
        return 0;
    return broken && is_settled (old, today) ? fail (err, ERROR_SCHEME_BEGUN, broken, "it has begun") : 0;
}

static bool overlaps (const struct scheme_part_view *part, const struct scheme_part_put *put)
{
    return !part->withdrawn && (!part->until || strcmp (put->from, part->until) <= 0)
        && (!put->until || strcmp (part->from, put->until) <= 0);
}

int scheme_decide (const struct scheme_parts *parts, const struct scheme_part_put *put, const char *today, bool *ret_same,
    struct error *err)
{
    *ret_same = false;
    for (size_t i = 0; i < parts->count; i++)
        if (strcmp (parts->items[i].view.part_id, put->part_id) == 0
            && decide_change (&parts->items[i], put, today, ret_same, err) < 0)
            return -1;
    for (size_t i = 0; !*ret_same && !is_withdrawn (put) && i < parts->count; i++) {
        const struct scheme_part_view *part = &parts->items[i].view;

        if (strcmp (part->part_id, put->part_id) == 0 || !overlaps (part, put))
            continue;
        fail (err, ERROR_SCHEME_OVERLAP, strcmp (put->from, part->from) < 0 ? "/until" : "/from", "another part of the office holds then");
        fail_param (err, "from", "%s", part->from);
        return fail_param (err, "until", "%s", part->until ? part->until : "");
    }
    return 0;
}
