#include <string.h>
#include "result.h"
#include "today.h"

const char result_writer[] = "00000000-0000-0000-0000-000000000000";

static int64_t moment_of (const struct incident_result *event)
{
    return event->has_arrived_at ? event->arrived_at : event->reported_at;
}

bool result_place_of (const struct incident_result *event, enum place_kind now, struct result_place *ret)
{
    *ret = (struct result_place) { 0 };
    today_text (moment_of (event), ret->from);
    switch (event->outcome) {
    case TRANSPORT_OUTCOME_TRANSPORTED:
        ret->kind = PLACE_KIND_HOSPITAL;
        ret->name = event->hospital_name;
        ret->phone = event->hospital_phone;
        return true;
    case TRANSPORT_OUTCOME_DEATH_CONFIRMED:
        ret->kind = PLACE_KIND_DECEASED;
        return true;
    case TRANSPORT_OUTCOME_NOT_TRANSPORTED:
    case TRANSPORT_OUTCOME_HANDED_TO_DOCTOR:
        ret->kind = PLACE_KIND_HOME;
        return now == PLACE_KIND_HOSPITAL;
    }
    return false;
}

const char *result_line (const struct incident_result *event, struct arena *arena)
{
    static const char *const words[] = { "救急出動", "救急搬送", "救急出動（不搬送）", "救急出動（死亡確認）", "救急出動（医師に引継）" };
    struct tokyo at = tokyo_of (moment_of (event));
    const char *line = arena_print (arena, "%d/%d %02d:%02d %s", at.month, at.day, at.minute / 60, at.minute % 60,
                                    words[event->outcome <= TRANSPORT_OUTCOME_HANDED_TO_DOCTOR ? (int) event->outcome : 0]);

    if (event->hospital_name)
        line = arena_print (arena, "%s：%s", line, event->hospital_name);
    if (event->has_family_joined && event->family_joined)
        line = arena_print (arena, "%s、家族も合流", line);
    return event->handed_to ? arena_print (arena, "%s、引継：%s", line, event->handed_to) : line;
}

/* At most what an entry holds; whole lines go from the front. */
static const char *with_line (const char *text, const char *line, struct arena *arena)
{
    enum { TEXT_MOST = 2000 };

    while (text && *text && strlen (text) + 1 + strlen (line) > TEXT_MOST) {
        const char *end = strchr (text, '\n');

        text = end ? end + 1 : NULL;
    }
    return text && *text ? arena_print (arena, "%s\n%s", text, line) : line;
}

struct sheet_content result_content (const struct sheet_content *now, const struct incident_result *event, struct arena *arena)
{
    struct sheet_entry *entries = arena_alloc (arena, (now->entries.count + 2) * sizeof *entries);
    size_t count = now->entries.count, at = 0;

    for (size_t i = 0; i < count; i++)
        entries[i] = now->entries.items[i];
    while (at < count && entries[at].item != SHEET_ITEM_CONDITION_NOW)
        at++;
    if (at == count)
        entries[count++] = (struct sheet_entry) { .item = SHEET_ITEM_CONDITION_NOW };
    entries[at].text = with_line (entries[at].text, result_line (event, arena), arena);
    return (struct sheet_content) { .entries = { entries, count } };
}
