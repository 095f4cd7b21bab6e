#include "ical_duty.h"
#include "ids.h"

static bool is_among (struct text_list people, const char *person_id)
{
    for (size_t i = 0; i < people.count; i++)
        if (strcmp (people.items[i], person_id) == 0)
            return true;
    return false;
}

/* An office's calendar holds who has duty for it: somebody may work in two. */
static bool belongs (const struct ical_address *address, struct text_list staff, const struct duty_line *line)
{
    if (address->scope == CALENDAR_SCOPE_ROTATION)
        return strcmp (line->rotation_id, address->subject) == 0;
    if (!line->person_id)
        return false;
    if (address->scope == CALENDAR_SCOPE_PERSON)
        return strcmp (line->person_id, address->subject) == 0;
    return is_among (staff, line->person_id) && (!line->office || strcmp (line->office, address->name) == 0);
}

static const char *summary_of (struct arena *arena, const struct ical_address *address, const struct duty_line *line)
{
    const char *name = line->name ? line->name : "";

    if (!line->person_id)
        return arena_print (arena, "【空き】%s", line->rotation);
    if (address->scope == CALENDAR_SCOPE_PERSON)
        return arena_print (arena, "当番：%s", line->rotation);
    if (address->scope == CALENDAR_SCOPE_ROTATION && line->office)
        return arena_print (arena, "%s：%s（%s）", line->rotation, name, line->office);
    return arena_print (arena, "%s：%s", line->rotation, name);
}

static struct ical_event event_of (struct arena *arena, const struct ical_address *address, const struct duty_line *line)
{
    const char *person = address->scope == CALENDAR_SCOPE_ROTATION ? "" : line->person_id;
    char *uid = arena_alloc (arena, UUID_TEXT);

    uuid_from_name ("calendar", arena_print (arena, "%d|%s|%s|%lld|%s", address->scope, address->subject, line->rotation_id,
                                             (long long) line->from, person), uid);
    return (struct ical_event) { .uid = uid, .from = line->from, .to = line->to, .summary = summary_of (arena, address, line) };
}

void ical_add_duty (struct arena *arena, const struct ical_address *address, struct text_list staff, const struct duty_lines *lines,
                    struct ical_events *events)
{
    struct ical_event *items = arena_alloc (arena, (events->count + lines->count + 1) * sizeof *items);

    if (events->count)
        memcpy (items, events->items, events->count * sizeof *items);
    events->items = items;
    for (size_t i = 0; i < lines->count; i++)
        if (belongs (address, staff, &lines->items[i]))
            items[events->count++] = event_of (arena, address, &lines->items[i]);
}

const char *ical_title (struct arena *arena, const struct ical_address *address)
{
    return arena_print (arena, address->scope == CALENDAR_SCOPE_ROTATION ? "当番表 %s" : address->scope == CALENDAR_SCOPE_OFFICE
                                   ? "%sの当番" : "当番 %s", address->name);
}
