/* roster_rules.c - see roster_rules.h. */
#include "roster_rules.h"
#include "clock.h"

enum { DAY_MINUTES = 1440, DELAY_MOST_SECONDS = 3600, POSITION_MOST = 40, WEEK_DAYS = 7, WEEKS_MOST = 5,
       ANCHOR_FIRST_YEAR = 2000, ANCHOR_LAST_YEAR = 2099 };

/* Turns are counted day by day from the anchor, so a mistyped century would make every question about it slow. */
static int check_anchor (const char *anchor, struct error *err)
{
    int64_t day = day_number_of_text (anchor);

    if (day == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/anchor", "not a date");
    if (day >= day_number_of (ANCHOR_FIRST_YEAR, 1, 1) && day <= day_number_of (ANCHOR_LAST_YEAR, 12, 31))
        return 0;
    fail (err, ERROR_FIELD_OUT_OF_RANGE, "/anchor", "out of range");
    fail_param (err, "least", "%d-01-01", ANCHOR_FIRST_YEAR);
    return fail_param (err, "most", "%d-12-31", ANCHOR_LAST_YEAR);
}

static int check_numbers (struct i64_list numbers, int most, const char *pointer, struct error *err)
{
    for (size_t i = 0; i < numbers.count; i++)
        if (numbers.items[i] < 1 || numbers.items[i] > most)
            return fail_range (err, pointer, 1, most);
    return 0;
}

int rotation_check (const struct rotation_put *command, struct error *err)
{
    if (check_anchor (command->anchor, err) < 0)
        return -1;
    if (command->handoff_minute < 0 || command->handoff_minute >= DAY_MINUTES)
        return fail_range (err, "/handoff_minute", 0, DAY_MINUTES - 1);
    if (command->day_classes.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/day_classes", "covers no day");
    if (command->members.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/members", "a rotation without members");
    if (command->office_ids.count != command->members.count)
        return fail (err, ERROR_FIELD_MISSING, "/office_ids", "one office for each member");
    if (check_numbers (command->weekdays, WEEK_DAYS, "/weekdays", err) < 0 || check_numbers (command->weeks, WEEKS_MOST, "/weeks", err) < 0)
        return -1;
    return calendar_band_check (command->from_minute, command->to_minute, "/from_minute", "/to_minute", err);
}

static bool is_among (const char *const *people, size_t count, const char *person_id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (people[i], person_id) == 0)
            return true;
    return false;
}

int rotation_check_entering (const struct rotation_put *command, const struct rotation_rule *stored, struct text_list lacking,
                             struct error *err)
{
    for (size_t i = 0; i < command->members.count; i++) {
        const char *member = command->members.items[i];
        char pointer[40];

        if (!is_among (lacking.items, lacking.count, member) || (stored && is_among (stored->members, stored->member_count, member)))
            continue;
        snprintf (pointer, sizeof pointer, "/members/%zu", i);
        return fail (err, ERROR_SECOND_AUTHENTICATOR, pointer, "enters with one authenticator");
    }
    return 0;
}

static int check_target (const struct chain_row *row, const char *pointer, struct error *err)
{
    bool office = row->target == TARGET_KIND_OFFICE || row->target == TARGET_KIND_HOSPITAL;
    bool named = (row->target == TARGET_KIND_PERSON && row->person_id) || (row->target == TARGET_KIND_ROTATION && row->rotation_id)
        || (office && row->office_id) || row->target == TARGET_KIND_LAST_RESORT;

    return named ? 0 : fail (err, ERROR_FIELD_MISSING, pointer, "a row that names nobody");
}

static int check_row (const struct chain_row *row, const char *pointer, struct error *err)
{
    if (row->position < 1 || row->position > POSITION_MOST)
        return fail_range (err, pointer, 1, POSITION_MOST);
    if (row->day_classes.count == 0)
        return fail (err, ERROR_FIELD_MISSING, pointer, "a row for no day");
    for (size_t i = 0; i < row->weekdays.count; i++)
        if (row->weekdays.items[i] < 1 || row->weekdays.items[i] > 7)
            return fail_range (err, pointer, 1, 7);
    if (row->has_delay_seconds && (row->delay_seconds < DELAY_LEAST_SECONDS || row->delay_seconds > DELAY_MOST_SECONDS))
        return fail_range (err, pointer, DELAY_LEAST_SECONDS, DELAY_MOST_SECONDS);
    if (check_target (row, pointer, err) < 0)
        return -1;
    return calendar_band_check (row->from_minute, row->to_minute, pointer, pointer, err);
}

int chain_check (const struct chain_put *command, struct error *err)
{
    for (size_t i = 0; i < command->rows.count; i++) {
        char pointer[40];

        snprintf (pointer, sizeof pointer, "/rows/%zu", i);
        if (check_row (&command->rows.items[i], pointer, err) < 0)
            return -1;
    }
    return 0;
}

int absence_check (const struct absence_add *command, struct error *err)
{
    return command->to > command->from ? 0 : fail (err, ERROR_PERIOD_REVERSED, "/to", "the absence ends before it begins");
}

static bool is_everywhere (const struct actor *actor)
{
    return actor_is (actor, ROLE_ADMINISTRATOR) || actor_is (actor, ROLE_OPERATOR);
}

int roster_decide (const struct actor *actor, const char *municipality, struct error *err)
{
    if (is_everywhere (actor) || (actor->municipality && strcmp (actor->municipality, municipality) == 0))
        return 0;
    return fail (err, ERROR_NOT_FOR_ROLE, NULL, "another municipality");
}

int chain_decide (const struct actor *actor, const struct standing_to *standing, struct error *err)
{
    if (standing->municipality && (standing->in_team || actor_is (actor, ROLE_OPERATOR)))
        return 0;
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "not in this person's team");
}

int absence_decide (const struct actor *actor, const char *person_id, bool shares_office, struct error *err)
{
    if (is_everywhere (actor) || actor_is (actor, ROLE_ROTA_OFFICE) || shares_office
        || (actor->person_id && strcmp (actor->person_id, person_id) == 0))
        return 0;
    return fail (err, ERROR_NOT_FOR_ROLE, NULL, "another office's absence");
}
