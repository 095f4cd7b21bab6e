/* opening_wire.c - see opening_wire.h. */
#include "opening_wire.h"

#include "bits.h"
#include "text_same.h"

static int wrong (struct error *err, enum error_key key, size_t at, const char *field, const char *why)
{
    char pointer[60];

    snprintf (pointer, sizeof pointer, "/slots/%zu/%s", at, field);
    return fail (err, key, pointer, "%s", why);
}

/* Weeks named; none named is every one. */
static int weeks_of (const struct hours_slot *given, size_t at, int *ret, struct error *err)
{
    for (size_t i = 0; i < given->weeks.count; i++)
        if (given->weeks.items[i] < 1 || given->weeks.items[i] > 5)
            return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, at, "weeks", "no week of a month");
    *ret = given->weeks.count ? (int) bits_of_numbers (given->weeks) : OPENING_EVERY_WEEK;
    return 0;
}

static bool is_minute (int64_t minute)
{
    return minute >= 0 && minute <= 2880;
}

static int slot_of (const struct hours_slot *given, size_t at, struct opening_slot *ret, struct error *err)
{
    if (weeks_of (given, at, &ret->weeks, err) < 0)
        return -1;
    if (given->day < 1 || given->day > OPENING_DAYS)
        return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, at, "day", "no day");
    if (given->has_from_minute != given->has_to_minute)
        return wrong (err, ERROR_FIELD_MISSING, at, given->has_from_minute ? "to_minute" : "from_minute", "one without the other");
    if (given->has_to_minute && (!is_minute (given->to_minute) || given->to_minute == 0))
        return wrong (err, ERROR_PERIOD_REVERSED, at, "to_minute", "ends before it begins");
    if (given->has_from_minute && !is_minute (given->from_minute))
        return wrong (err, ERROR_PERIOD_REVERSED, at, "from_minute", "no minute of a day");
    ret->day = (int) given->day;
    ret->from = given->has_from_minute ? (int) given->from_minute : 0;
    ret->to = given->has_to_minute ? (int) given->to_minute : 0;
    return 0;
}

int opening_of_message (const struct facility_hours_put *message, struct arena *arena, struct opening_hours *ret, struct error *err)
{
    struct opening_slot *slots = arena_alloc (arena, (message->slots.count + 1) * sizeof *slots);

    for (size_t i = 0; i < message->slots.count; i++)
        if (slot_of (&message->slots.items[i], i, &slots[i], err) < 0)
            return -1;
    for (size_t i = 0; i < message->closed.count; i++)
        if (message->closed.items[i] < 1 || message->closed.items[i] > OPENING_DAYS)
            return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/closed", "no day");
    *ret = (struct opening_hours) { .slots = slots, .count = message->slots.count, .closed = (int) bits_of_numbers (message->closed),
        .holidays_as_weekdays = message->has_holidays_as_weekdays && message->holidays_as_weekdays,
        .year_end = (enum year_end) message->year_end, .closed_words = text_or_null (message->closed_words) };
    return opening_check (ret, "", err);
}

static struct hours_slot slot_view (const struct opening_slot *slot, struct arena *arena)
{
    return (struct hours_slot) { .day = slot->day,
        .weeks = slot->weeks == OPENING_EVERY_WEEK ? (struct i64_list) { 0 } : numbers_of_bits (arena, (uint64_t) slot->weeks),
        .has_from_minute = slot->to != 0, .from_minute = slot->from, .has_to_minute = slot->to != 0, .to_minute = slot->to };
}

struct hours_view opening_view (const struct known_hours *known, struct arena *arena)
{
    const struct opening_hours *hours = &known->hours;
    struct hours_slot *slots = arena_alloc (arena, (hours->count + 1) * sizeof *slots);

    for (size_t i = 0; i < hours->count; i++)
        slots[i] = slot_view (&hours->slots[i], arena);
    return (struct hours_view) { .purpose = known->purpose, .slots = { slots, hours->count },
        .closed = numbers_of_bits (arena, (uint64_t) hours->closed), .holidays_as_weekdays = hours->holidays_as_weekdays,
        .year_end = hours->year_end, .closed_words = hours->closed_words, .words = known->words, .raw = known->raw };
}

enum facility_item opening_item (enum hours_purpose purpose)
{
    return purpose == HOURS_PURPOSE_SERVICE ? FACILITY_ITEM_HOURS : purpose == HOURS_PURPOSE_MEETING ? FACILITY_ITEM_MEETING_HOURS
                                                                                                        : FACILITY_ITEM_CONFERENCE_HOURS;
}
