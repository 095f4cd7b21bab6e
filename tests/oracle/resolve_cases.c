/* resolve_cases.c - resolve () and rotation_shifts () for a judge written in another language: one case a line of JSON on standard input,
 * one answer a line on standard output, in the same order.  No database, no clock, no zone of the host.
 *
 * Times are milliseconds since 1970 UTC, half open [from, to).  Dates "YYYY-MM-DD" and minutes after midnight are those of Japan.  Words
 * are those of proto/types (day_class, condition_tag, target_kind, rotation_kind, rotation_advance, reporter_kind, duty_change_kind).
 * Everything may be left out, but `instant` (or `from` and `to`).  Ids are any text of at most 36 bytes.
 *
 * {"id": anything, comes back
 *  "instant": ms, "tag": "circulation" (absent: "other"), "reporter": "family" (absent: order as written),
 *  "municipality": "011002"                              whose closures count for the rows,
 *  "closures": [{"municipality": "011002" | "office": "OA", "first": "2026-08-13", "last": "2026-08-15"}],
 *         a weekday or Saturday in it is of class "local": a municipality's for every row and for its rotations; an office's for rows that
 *         name that office, or a person of that office.  A day closed by itself (national … sunday) stays what it is
 *  "chain": {"rows": [{"position": 1, "day_classes": ["weekday"], "weekdays": [1, 3, 5] (absent: all), "from_minute": 1080, "to_minute": 1950,
 *                      "tags": [] (absent: all), "target": "person" | "rotation" | "office" | "hospital" | "last_resort", "id": "A",
 *                      "office": "OA" (of a person; absent: the person's own), "delay_seconds": 180}],
 *            "emergency_nursing": false                  緊急時訪問看護 is agreed
 *            "terminal": false},                         these rows were made for 看取り
 *  "terminal": false                                     the person is in 看取り; without rows made for it: stations, attending, deputies
 *  "attending": {"person": "A", "office": "OA"}, "deputies": [{"person": "B", "office": "OB"}],
 *  "stations": ["N"]                                     of the care team: asked by dispatch and in 看取り where no row brings a station
 *  "team_consent": true, "consented_rotations": ["R"], "attending_office": "OA"   asked when the chain cannot be used,
 *  "rotations": [{"id": "R", "municipality": "011002", "kind": "daily", "advance": "every_handoff", "anchor": "2026-01-01",
 *                 "handoff_minute": 510, "day_classes": [...], "weekdays": [], "weeks": [] (1-4 the nth of the month, 5 the last),
 *                 "from_minute": 510, "to_minute": 1950, "members": [{"person": "R0", "office": "O0"}],
 *                 "table_days": [{"first": …, "last": …}]        on these days only changes of kind "table" put somebody on duty,
 *                 "since": ms, "offset": 0, "before": {another rotation's rule, in force until since}}],
 *  "changes": [{"id": "x", "kind": "override" | "swap" | "table", "rotation": "R" (override only: null is wherever `remove` is asked),
 *               "from": ms, "to": ms, "remove": "R0" (null: whoever, also where nobody is), "add": "R1" (null: nobody), "add_office": "O1"}],
 *         in order of entry; overrides of one rotation never overlap (they are refused)
 *  "absences": [{"person": "A", "from": ms, "to": ms}],
 *  "people": [{"id": "A", "name": …, "office": "OA", "phone": …, "left": false, "unreachable": false}], "offices": [{"id", "name", "phone",
 *              "unreachable"}]                            whoever is not listed is reachable and has not left
 *  "last_resort": {"office": "Z", "name": "夜間連絡センター", "phone": …} | null}
 *
 * answer: {"id", "order": [{"position", "target", "id" (person, else office), "rotation", "office", "delay_seconds", "reason"}],
 *          "skipped": [{"why": "left" | "absent" | "unreachable" | "not_consented" | "nobody" | "removed", "person", "office", "rotation"}],
 *          "note": text or null, "calendar_unsettled": bool, "terminal": bool}
 * With "from" and "to" instead of "instant": {"id", "shifts": [{"rotation": "R", "from", "to", "person", "office", "absent", "turn",
 *          "day": "YYYY-MM-DD", "change": id or null, "kind": word or null}]} for every rotation.
 * A line that is not JSON: {"error": …}.
 */
#include <cjson/cJSON.h>
#include "bits.h"
#include "clock.h"
#include "resolver.h"

enum { MS = 1000, LIST_MOST = 64 };

static struct arena arena;

/* ---- reading ------------------------------------------------------------------------------------------------------------------------ */

static const char *text (const cJSON *of, const char *name)
{
    return cJSON_GetStringValue (cJSON_GetObjectItem (of, name));
}

static int64_t number (const cJSON *of, const char *name)
{
    const cJSON *item = cJSON_GetObjectItem (of, name);

    return cJSON_IsNumber (item) ? (int64_t) item->valuedouble : 0;
}

static bool flag (const cJSON *of, const char *name)
{
    return cJSON_IsTrue (cJSON_GetObjectItem (of, name));
}

static int64_t day (const cJSON *of, const char *name)
{
    return text (of, name) ? day_number_of_text (text (of, name)) : 0;
}

static void *list (const cJSON *of, const char *name, size_t size, size_t *ret_count, void (*read) (const cJSON *item, void *to))
{
    const cJSON *items = cJSON_GetObjectItem (of, name), *item;
    char *array = arena_alloc (&arena, ((size_t) cJSON_GetArraySize (items) + 1) * size);

    *ret_count = 0;
    cJSON_ArrayForEach (item, items)
        read (item, array + size * (*ret_count)++);
    return array;
}

static struct enum_list words (const cJSON *of, const char *name, const struct enum_type *type)
{
    int *items = arena_alloc (&arena, LIST_MOST * sizeof *items);
    struct enum_list ret = { .items = items };
    const cJSON *item;

    cJSON_ArrayForEach (item, cJSON_GetObjectItem (of, name))
        if (ret.count < LIST_MOST)
            items[ret.count++] = enum_number (type, cJSON_GetStringValue (item));
    return ret;
}

static struct i64_list numbers (const cJSON *of, const char *name)
{
    int64_t *items = arena_alloc (&arena, LIST_MOST * sizeof *items);
    struct i64_list ret = { .items = items };
    const cJSON *item;

    cJSON_ArrayForEach (item, cJSON_GetObjectItem (of, name))
        if (ret.count < LIST_MOST)
            items[ret.count++] = (int64_t) item->valuedouble;
    return ret;
}

static int word (const cJSON *of, const char *name, const struct enum_type *type)
{
    return text (of, name) ? enum_number (type, text (of, name)) : 0;
}

static void read_text (const cJSON *item, void *to) { *(const char **) to = cJSON_GetStringValue (item); }

static void read_closure (const cJSON *item, void *to)
{
    *(struct closure *) to = (struct closure) { .area = text (item, "municipality"), .office_id = text (item, "office"),
                                                .first_day = day (item, "first"), .last_day = day (item, "last") };
}

static void read_row (const cJSON *item, void *to)
{
    struct chain_row *row = to;

    *row = (struct chain_row) { .position = number (item, "position"), .day_classes = words (item, "day_classes", &day_class_type),
        .weekdays = numbers (item, "weekdays"), .from_minute = number (item, "from_minute"), .to_minute = number (item, "to_minute"),
        .tags = words (item, "tags", &condition_tag_type), .target = (enum target_kind) word (item, "target", &target_kind_type),
        .has_delay_seconds = cJSON_IsNumber (cJSON_GetObjectItem (item, "delay_seconds")), .delay_seconds = number (item, "delay_seconds"),
        .office_id = text (item, "office") };
    if (row->target == TARGET_KIND_PERSON)
        row->person_id = text (item, "id");
    else if (row->target == TARGET_KIND_ROTATION)
        row->rotation_id = text (item, "id");
    else
        row->office_id = text (item, "id");
}

static void read_seat (const cJSON *item, void *to)
{
    *(struct known_seat *) to = (struct known_seat) { .person_id = text (item, "person"), .office_id = text (item, "office") };
}

static void read_days (const cJSON *item, void *to)
{
    *(struct table_days *) to = (struct table_days) { .first_day = day (item, "first"), .last_day = day (item, "last") };
}

static void read_rule (const cJSON *item, void *to)
{
    size_t count;
    const struct known_seat *seats = list (item, "members", sizeof *seats, &count, read_seat);
    const char **members = arena_alloc (&arena, (count + 1) * sizeof *members), **offices = arena_alloc (&arena, (count + 1) * sizeof *offices);
    struct rotation_rule *rule = to, *before = NULL;

    for (size_t i = 0; i < count; i++) {
        members[i] = seats[i].person_id;
        offices[i] = seats[i].office_id;
    }
    *rule = (struct rotation_rule) { .rotation_id = text (item, "id"), .name = text (item, "id"), .area = text (item, "municipality"),
        .kind = (enum rotation_kind) word (item, "kind", &rotation_kind_type),
        .advance = (enum rotation_advance) word (item, "advance", &rotation_advance_type), .anchor = day (item, "anchor"),
        .handoff_minute = (int) number (item, "handoff_minute"),
        .day_classes = (unsigned) bits_of_enums (words (item, "day_classes", &day_class_type)),
        .weekdays = (unsigned) bits_of_numbers (numbers (item, "weekdays")), .weeks = (unsigned) bits_of_numbers (numbers (item, "weeks")),
        .from_minute = (int) number (item, "from_minute"), .to_minute = (int) number (item, "to_minute"), .members = members,
        .offices = offices, .member_count = count, .offset = (int) number (item, "offset"), .since = number (item, "since") * MS };
    rule->tables = list (item, "table_days", sizeof *rule->tables, &rule->table_count, read_days);
    if (cJSON_IsObject (cJSON_GetObjectItem (item, "before"))) {
        before = arena_alloc (&arena, sizeof *before);
        read_rule (cJSON_GetObjectItem (item, "before"), before);
        rule->before = before;
    }
}

static void read_change (const cJSON *item, void *to)
{
    *(struct duty_change *) to = (struct duty_change) { .change_id = text (item, "id"),
        .kind = (enum duty_change_kind) word (item, "kind", &duty_change_kind_type), .rotation_id = text (item, "rotation"),
        .from = number (item, "from") * MS, .to = number (item, "to") * MS, .remove_id = text (item, "remove"), .add_id = text (item, "add"),
        .add_office_id = text (item, "add_office") };
}

static void read_absence (const cJSON *item, void *to)
{
    *(struct absence *) to = (struct absence) { text (item, "person"), number (item, "from") * MS, number (item, "to") * MS };
}

static void read_person (const cJSON *item, void *to)
{
    *(struct known_person *) to = (struct known_person) { .person_id = text (item, "id"), .name = text (item, "name"),
        .office_id = text (item, "office"), .phone = text (item, "phone"), .left = flag (item, "left"),
        .unreachable = flag (item, "unreachable") };
}

static void read_office (const cJSON *item, void *to)
{
    *(struct known_office *) to = (struct known_office) { .office_id = text (item, "id"), .name = text (item, "name"),
                                                          .phone = text (item, "phone"), .unreachable = flag (item, "unreachable") };
}

/* Every rotation knows its own changes and those of everywhere. */
static void share (struct resolver_input *input, struct rotation_rule *rules, const struct duty_change *changes, size_t count)
{
    struct duty_change *everywhere = arena_alloc (&arena, (count + 1) * sizeof *everywhere);

    for (size_t i = 0; i < count; i++)
        if (!changes[i].rotation_id)
            everywhere[input->change_count++] = changes[i];
    input->changes = everywhere;
    for (size_t i = 0; i < input->rotation_count; i++) {
        struct duty_change *own = arena_alloc (&arena, (count + 1) * sizeof *own);

        for (size_t j = 0; j < count; j++)
            if (!changes[j].rotation_id || strcmp (changes[j].rotation_id, rules[i].rotation_id) == 0)
                own[rules[i].change_count++] = changes[j];
        rules[i].changes = own;
        for (struct rotation_rule *rule = &rules[i]; rule; rule = (struct rotation_rule *) rule->before)
            rule->closures = input->closures;
    }
}

static void read_people (const cJSON *item, struct resolver_input *input)
{
    const cJSON *desk = cJSON_GetObjectItem (item, "last_resort");

    input->people = list (item, "people", sizeof *input->people, &input->person_count, read_person);
    input->offices = list (item, "offices", sizeof *input->offices, &input->office_count, read_office);
    input->absences = list (item, "absences", sizeof *input->absences, &input->absence_count, read_absence);
    input->consented_rotations = list (item, "consented_rotations", sizeof (char *), &input->consented_count, read_text);
    input->deputies = list (item, "deputies", sizeof *input->deputies, &input->deputy_count, read_seat);
    input->stations = list (item, "stations", sizeof (char *), &input->station_count, read_text);
    if (cJSON_IsObject (cJSON_GetObjectItem (item, "attending")))
        read_seat (cJSON_GetObjectItem (item, "attending"), &input->attending);
    input->attending_office_id = text (item, "attending_office");
    input->last_resort_office_id = text (desk, "office");
    input->last_resort_name = text (desk, "name");
    input->last_resort_phone = text (desk, "phone");
}

static struct rotation_rule *read_case (const cJSON *item, struct resolver_input *input)
{
    const cJSON *chain = cJSON_GetObjectItem (item, "chain");
    size_t change_count;
    const struct duty_change *changes = list (item, "changes", sizeof *changes, &change_count, read_change);
    struct rotation_rule *rules;

    *input = (struct resolver_input) { .area = text (item, "municipality"), .team_consent = flag (item, "team_consent"),
        .terminal = flag (item, "terminal"), .terminal_rows = flag (chain, "terminal"), .emergency_nursing = flag (chain, "emergency_nursing"),
        .reporter = (enum reporter_kind) word (item, "reporter", &reporter_kind_type) };
    input->closures.items = list (item, "closures", sizeof *input->closures.items, &input->closures.count, read_closure);
    input->rows = list (chain, "rows", sizeof *input->rows, &input->row_count, read_row);
    rules = list (item, "rotations", sizeof *rules, &input->rotation_count, read_rule);
    input->rotations = rules;
    read_people (item, input);
    share (input, rules, changes, change_count);
    return rules;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------------------ */

static void put (cJSON *to, const char *name, const char *value)
{
    cJSON_AddItemToObject (to, name, value ? cJSON_CreateString (value) : cJSON_CreateNull ());
}

static void write_order (cJSON *to, const struct resolution *result)
{
    static const char *const why[] = { "", "left", "absent", "unreachable", "not_consented", "nobody", "removed" };
    cJSON *order = cJSON_AddArrayToObject (to, "order"), *skipped = cJSON_AddArrayToObject (to, "skipped");

    for (size_t i = 0; i < result->count; i++) {
        const struct answerer *entry = &result->items[i];
        cJSON *line = cJSON_CreateObject ();

        cJSON_AddItemToArray (order, line);
        cJSON_AddNumberToObject (line, "position", entry->position);
        put (line, "target", enum_name (&target_kind_type, entry->target));
        put (line, "id", entry->person_id ? entry->person_id : entry->office_id);
        put (line, "rotation", entry->rotation_id);
        put (line, "office", entry->office_id);
        cJSON_AddNumberToObject (line, "delay_seconds", entry->delay_seconds);
        put (line, "reason", entry->reason);
    }
    for (size_t i = 0; i < result->skipped_count; i++) {
        cJSON *line = cJSON_CreateObject ();

        cJSON_AddItemToArray (skipped, line);
        put (line, "why", why[result->skipped[i].why]);
        put (line, "person", result->skipped[i].person_id);
        put (line, "office", result->skipped[i].office_id);
        put (line, "rotation", result->skipped[i].rotation_id);
    }
    put (to, "note", result->chain_note);
    cJSON_AddBoolToObject (to, "calendar_unsettled", result->calendar_unsettled);
    cJSON_AddBoolToObject (to, "terminal", result->terminal);
}

static void write_span (cJSON *to, const struct rotation_rule *rule, const struct duty_span *span)
{
    cJSON *line = cJSON_CreateObject ();
    char date[11];

    day_number_text (span->day, date);
    cJSON_AddItemToArray (to, line);
    put (line, "rotation", rule->rotation_id);
    cJSON_AddNumberToObject (line, "from", (double) (span->from / MS));
    cJSON_AddNumberToObject (line, "to", (double) (span->to / MS));
    put (line, "person", span->person_id);
    put (line, "office", span->office_id);
    put (line, "absent", span->absent_id);
    put (line, "turn", span->turn_id);
    put (line, "day", date);
    put (line, "change", span->change ? span->change->change_id : NULL);
    put (line, "kind", span->change ? enum_name (&duty_change_kind_type, span->change->kind) : NULL);
}

static struct duty_spans shifts_of (const struct resolver_input *input, const struct rotation_rule *rule, int64_t from, int64_t to)
{
    return rotation_shifts (&arena, rule, input->absences, input->absence_count, from, to);
}

static void write_shifts (cJSON *to, const struct resolver_input *input, int64_t from, int64_t until)
{
    cJSON *shifts = cJSON_AddArrayToObject (to, "shifts");

    for (size_t i = 0; i < input->rotation_count; i++) {
        struct duty_spans spans = shifts_of (input, &input->rotations[i], from, until);

        for (size_t j = 0; j < spans.count; j++)
            write_span (shifts, &input->rotations[i], &spans.items[j]);
    }
}

static void answer (const cJSON *item, cJSON *out)
{
    int64_t instant = number (item, "instant") * MS;
    struct resolver_input input;
    struct duty_spans *shifts;
    struct resolution result;

    read_case (item, &input);
    cJSON_AddItemToObject (out, "id", cJSON_Duplicate (cJSON_GetObjectItem (item, "id"), true));
    if (!cJSON_GetObjectItem (item, "instant")) {
        write_shifts (out, &input, number (item, "from") * MS, number (item, "to") * MS);
        return;
    }
    shifts = arena_alloc (&arena, (input.rotation_count + 1) * sizeof *shifts);
    for (size_t i = 0; i < input.rotation_count; i++)
        shifts[i] = shifts_of (&input, &input.rotations[i], instant, instant + 1);
    input.shifts = shifts;
    result = resolve (&arena, &input, instant, text (item, "tag") ? (enum condition_tag) word (item, "tag", &condition_tag_type)
                                                                  : CONDITION_TAG_OTHER);
    write_order (out, &result);
}

int main (void)
{
    char *line = NULL;
    size_t room = 0;

    while (getline (&line, &room, stdin) > 0) {
        cJSON *item = cJSON_Parse (line), *out = cJSON_CreateObject ();
        char *printed;

        if (item)
            answer (item, out);
        else
            put (out, "error", "this line is not JSON");
        printed = cJSON_PrintUnformatted (out);
        puts (printed);
        cJSON_free (printed);
        cJSON_Delete (item);
        cJSON_Delete (out);
        arena_reset (&arena);
    }
    free (line);
    arena_done (&arena);
    return 0;
}
