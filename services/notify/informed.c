/* informed.c - see informed.h. */
#include "informed.h"
#include "roster_layers_store.h"

bool informed_is_away (const struct informed *one, const struct phone_calendar *calendar, int64_t now)
{
    return one->hours.count ? !phone_at (&one->hours, calendar, NULL, now) : one->quiet;
}

struct text_list informed_silent (struct arena *arena, const struct informed_list *list, const struct phone_calendar *calendar, int64_t now)
{
    const char **items = arena_alloc (arena, (list->count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].hours.count && !list->items[i].on_call && informed_is_away (&list->items[i], calendar, now))
            items[count++] = list->items[i].person_id;
    return (struct text_list) { .items = items, .count = count };
}

static bool rings_already (const struct phone_line *items, size_t count, const char *number)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (items[i].number, number) == 0)
            return true;
    return false;
}

struct phone_lines informed_lines (struct arena *arena, const struct informed_list *list, const struct phone_calendar *calendar, int64_t now)
{
    struct phone_line *items = arena_alloc (arena, (list->count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct informed *one = &list->items[i];
        bool away = one->manages && !one->on_call && informed_is_away (one, calendar, now);
        const struct phone_line *line = away ? phone_at (&one->lines, calendar, NULL, now) : NULL;

        if (line && !rings_already (items, count, line->number))
            items[count++] = *line;
    }
    return (struct phone_lines) { items, count };
}

int informed_hours (struct act *act, const struct alert_row *alert, struct text_list but, struct outgoing *out, struct error *err)
{
    struct rotation_list_of none = { 0 };
    struct informed_list list;
    struct roster_layers layers;
    struct phone_calendar calendar = { &layers.closures, alert->municipality };
    struct phone_lines lines;

    if (!out->voice || !class_is_emergency (alert->class))
        return 0;
    if (informed_load (act, alert, but, &list, err) < 0)
        return -1;
    if (list.count == 0)
        return 0;
    if (roster_load_layers (act->db, act->arena, &none, act->now, act->now + 1, &layers, err) < 0)
        return -1;
    out->silent = informed_silent (act->arena, &list, &calendar, act->now);
    lines = informed_lines (act->arena, &list, &calendar, act->now);
    for (size_t i = 0; i < lines.count; i++)
        if (delivery_add_telling (out, lines.items[i].office_id, lines.items[i].number, err) < 0)
            return -1;
    return 0;
}
