/* resolver.c - see resolver.h. */
#include "resolver.h"
#include "calendar.h"
#include "clock.h"
#include "words.h"

enum { DAY_MINUTES = 1440 };

struct resolving {
    struct arena *arena;
    const struct resolver_input *input;
    int64_t instant;
    enum condition_tag tag;
    struct resolution result;
    int64_t row_position;               /* of the row that gave the last entry */
    int doctors;                        /* entries that are persons, by name or by rotation */
    const char *skipped;                /* who was passed over since the last entry, in words */
    bool consent_missing;
};

static int row_end (const struct chain_row *row)
{
    return (int) (row->to_minute > row->from_minute ? row->to_minute : row->to_minute + DAY_MINUTES);
}

static bool names_weekday (const struct chain_row *row, int weekday)
{
    for (size_t i = 0; i < row->weekdays.count; i++)
        if (row->weekdays.items[i] == weekday)
            return true;
    return row->weekdays.count == 0;
}

static bool names_tag (const struct chain_row *row, enum condition_tag tag)
{
    for (size_t i = 0; i < row->tags.count; i++)
        if (row->tags.items[i] == (int) tag)
            return true;
    return row->tags.count == 0;
}

bool chain_row_matches (const struct chain_row *row, int64_t instant, enum condition_tag tag, int64_t *ret_day)
{
    struct tokyo now = tokyo_of (instant);

    for (int back = 0; back <= 2; back++) {
        int64_t day = now.day_number - back;
        bool inside = instant >= tokyo_instant (day, (int) row->from_minute) && instant < tokyo_instant (day, row_end (row));

        if (inside && calendar_in (calendar_set (row->day_classes), calendar_class (day)) && names_weekday (row, calendar_weekday (day))) {
            *ret_day = day;
            return names_tag (row, tag);
        }
    }
    return false;
}

static const struct known_person *person_of (const struct resolver_input *input, const char *person_id)
{
    for (size_t i = 0; person_id && i < input->person_count; i++)
        if (strcmp (input->people[i].person_id, person_id) == 0)
            return &input->people[i];
    return NULL;
}

static const struct known_office *office_of (const struct resolver_input *input, const char *office_id)
{
    for (size_t i = 0; office_id && i < input->office_count; i++)
        if (strcmp (input->offices[i].office_id, office_id) == 0)
            return &input->offices[i];
    return NULL;
}

static const char *name_of (const struct resolver_input *input, const char *person_id)
{
    const struct known_person *person = person_of (input, person_id);

    return person && person->name ? person->name : "氏名未取得";
}

bool same_answerer (const char *person_a, const char *office_a, const char *person_b, const char *office_b)
{
    if (person_a || person_b)
        return person_a && person_b && strcmp (person_a, person_b) == 0;
    return office_a && office_b && strcmp (office_a, office_b) == 0;
}

static bool is_there (const struct resolution *result, const struct answerer *entry)
{
    for (size_t i = 0; i < result->count; i++)
        if (same_answerer (result->items[i].person_id, result->items[i].office_id, entry->person_id, entry->office_id))
            return true;
    return false;
}

static void skip (struct resolving *r, const char *why)
{
    r->skipped = r->skipped ? arena_print (r->arena, "%s、%s", r->skipped, why) : why;
}

static const char *reason_with_skipped (struct resolving *r, const char *reason)
{
    const char *text = r->skipped ? arena_print (r->arena, "%s（%s）", reason, r->skipped) : reason;

    r->skipped = NULL;
    return words_clip (r->arena, text, 200);
}

static void add_entry (struct resolving *r, const struct chain_row *row, struct answerer entry, const char *reason)
{
    struct resolution *result = &r->result;

    if (is_there (result, &entry))
        return;
    entry.position = result->count == 0 ? 1 : result->items[result->count - 1].position + (row->position != r->row_position);
    entry.delay_seconds = row->has_delay_seconds ? (int) row->delay_seconds : DELAY_STANDARD_SECONDS;
    if (entry.delay_seconds < DELAY_LEAST_SECONDS)
        entry.delay_seconds = DELAY_LEAST_SECONDS;
    entry.reason = reason_with_skipped (r, reason);
    r->row_position = row->position;
    r->doctors += entry.target == TARGET_KIND_PERSON || entry.target == TARGET_KIND_ROTATION;
    result->items[result->count++] = entry;
}

static const char *row_reason (struct resolving *r, const struct chain_row *row, int64_t day, const char *what)
{
    enum day_class class = calendar_class (day);
    const char *class_word = words_of (&day_class_type, class);
    const char *tag_word = row->tags.count ? words_of (&condition_tag_type, r->tag) : NULL;
    int end = row_end (row);
    bool whole_day = row->from_minute == 0 && end >= DAY_MINUTES;
    const char *band = whole_day ? "終日" : arena_print (r->arena, "%d:%02d–%s%d:%02d", (int) row->from_minute / 60,
        (int) row->from_minute % 60, end > DAY_MINUTES ? "翌" : "", end > DAY_MINUTES ? end / 60 - 24 : end / 60, end % 60);

    return arena_print (r->arena, "%s曜・%s %s%s%s：%s", calendar_weekday_ja (calendar_weekday (day)), class_word, band,
                        tag_word ? "・" : "", tag_word ? tag_word : "", what);
}

/* A person may be asked unless away or gone. */
static bool can_be_asked (struct resolving *r, const char *person_id)
{
    const struct known_person *person = person_of (r->input, person_id);
    int64_t until;

    if (person && person->left) {
        skip (r, arena_print (r->arena, "%sは退職・異動", name_of (r->input, person_id)));
        return false;
    }
    if (is_absent (r->input->absences, r->input->absence_count, person_id, r->instant, &until)) {
        struct tokyo end = tokyo_of (until);

        skip (r, arena_print (r->arena, "%sは不在（%d/%d %d:%02dまで）", name_of (r->input, person_id), end.month, end.day,
                              end.minute / 60, end.minute % 60));
        return false;
    }
    return true;
}

static struct answerer person_entry (const struct resolver_input *input, enum target_kind target, const char *person_id,
                                     const char *office_id)
{
    const struct known_person *person = person_of (input, person_id);
    const struct known_office *office = office_of (input, office_id);

    return (struct answerer) {
        .target = target,
        .person_id = person_id,
        .office_id = office_id ? office_id : person ? person->office_id : NULL,
        .name = name_of (input, person_id),
        .office = office ? office->name : person ? person->office : NULL,
        .phone = person && person->phone ? person->phone : office ? office->phone : NULL,
    };
}

static void ask_person (struct resolving *r, const struct chain_row *row, int64_t day)
{
    if (row->person_id && can_be_asked (r, row->person_id))
        add_entry (r, row, person_entry (r->input, TARGET_KIND_PERSON, row->person_id, row->office_id), row_reason (r, row, day, "担当の医師等"));
}

static void ask_office (struct resolving *r, const struct chain_row *row, int64_t day)
{
    const struct known_office *office = office_of (r->input, row->office_id);
    struct answerer entry = { .target = TARGET_KIND_OFFICE, .office_id = row->office_id };

    if (!row->office_id)
        return;
    entry.name = entry.office = office && office->name ? office->name : "事業所（名称未取得）";
    entry.phone = office ? office->phone : NULL;
    add_entry (r, row, entry, row_reason (r, row, day, "24時間の連絡窓口"));
}

static bool has_consent (const struct resolver_input *input, const char *rotation_id)
{
    for (size_t i = 0; i < input->consented_count; i++)
        if (strcmp (input->consented_rotations[i], rotation_id) == 0)
            return true;
    return false;
}

static void ask_duty (struct resolving *r, const struct chain_row *row, int64_t day, size_t rotation)
{
    const struct rotation_rule *rule = &r->input->rotations[rotation];
    const struct duty_span *duty = duty_at (&r->input->shifts[rotation], r->instant);
    const char *person_id = duty ? duty->person_id : NULL;
    struct answerer entry;

    if (!person_id) {
        skip (r, duty && duty->absent_id ? arena_print (r->arena, "当番の%sは不在", name_of (r->input, duty->absent_id))
                                         : arena_print (r->arena, "%sは当番なし", rule->name));
        return;
    }
    if (!can_be_asked (r, person_id))
        return;
    entry = person_entry (r->input, TARGET_KIND_ROTATION, person_id, duty->office_id);
    entry.rotation_id = rule->rotation_id;
    add_entry (r, row, entry, row_reason (r, row, day, arena_print (r->arena, "往診当番「%s」", words_clip (r->arena, rule->name, 60))));
}

static void ask_rotation (struct resolving *r, const struct chain_row *row, int64_t day)
{
    if (!row->rotation_id)
        return;
    if (!has_consent (r->input, row->rotation_id)) {
        r->consent_missing = true;
        skip (r, "往診当番への同意なし");
        return;
    }
    for (size_t i = 0; i < r->input->rotation_count; i++)
        if (strcmp (r->input->rotations[i].rotation_id, row->rotation_id) == 0) {
            ask_duty (r, row, day, i);
            return;
        }
    skip (r, "当番表なし");
}

static int by_position (const void *a, const void *b)
{
    const struct chain_row *const *one = a, *const *other = b;

    if ((*one)->position != (*other)->position)
        return (*one)->position < (*other)->position ? -1 : 1;
    return *one < *other ? -1 : *one > *other;          /* stable: rows are elements of one array */
}

static void ask_chain (struct resolving *r)
{
    size_t count = r->input->row_count;
    const struct chain_row **rows = arena_alloc (r->arena, (count + 1) * sizeof *rows);
    int64_t day;

    for (size_t i = 0; i < count; i++)
        rows[i] = &r->input->rows[i];
    qsort (rows, count, sizeof *rows, by_position);
    for (size_t i = 0; i < count; i++) {
        if (!chain_row_matches (rows[i], r->instant, r->tag, &day))
            continue;
        if (rows[i]->target == TARGET_KIND_PERSON)
            ask_person (r, rows[i], day);
        else if (rows[i]->target == TARGET_KIND_ROTATION)
            ask_rotation (r, rows[i], day);
        else if (rows[i]->target == TARGET_KIND_OFFICE)
            ask_office (r, rows[i], day);
    }
}

/* Without a usable chain: the attending doctor's office, beside the last resort. */
static void ask_attending_office (struct resolving *r)
{
    static const struct chain_row always = { .position = 1, .target = TARGET_KIND_OFFICE };
    const struct known_office *office = office_of (r->input, r->input->attending_office_id);
    struct answerer entry = { .target = TARGET_KIND_OFFICE, .office_id = r->input->attending_office_id };

    if (!entry.office_id)
        return;
    entry.name = entry.office = office && office->name ? office->name : "在宅主治医の医療機関";
    entry.phone = office ? office->phone : NULL;
    add_entry (r, &always, entry, "在宅主治医の医療機関");
}

static void ask_last_resort (struct resolving *r)
{
    const struct resolver_input *input = r->input;
    struct resolution *result = &r->result;
    struct answerer entry = {
        .target = TARGET_KIND_LAST_RESORT,
        .office_id = input->last_resort_office_id,
        .name = input->last_resort_name,
        .office = input->last_resort_name,
        .phone = input->last_resort_phone,
        .delay_seconds = LAST_RESORT_REPEAT_SECONDS,
    };

    if (!input->last_resort_name)
        return;
    entry.position = result->count == 0 ? 1 : result->items[result->count - 1].position + 1;
    for (size_t i = 0; r->doctors == 0 && i < result->count; i++)
        entry.position = result->items[i].position = 1;
    entry.reason = reason_with_skipped (r, r->doctors ? "最終連絡先（必ず最後に連絡）" : "最終連絡先（対応できる医師がいないためすぐに連絡）");
    result->items[result->count++] = entry;
}

static const char *note_of (const struct resolving *r)
{
    if (!r->input->team_consent)
        return "共有の同意が登録されていないため、在宅主治医の医療機関と最終連絡先に連絡します";
    if (r->input->row_count == 0)
        return "連絡順が登録されていないため、在宅主治医の医療機関と最終連絡先に連絡します";
    if (r->consent_missing)
        return "往診当番の医師への同意がないため、当番医を除いて連絡します";
    return r->doctors ? NULL : "この時間に対応できる医師がいないため、最終連絡先にすぐ連絡します";
}

struct resolution resolve (struct arena *arena, const struct resolver_input *input, int64_t instant, enum condition_tag tag)
{
    struct resolving r = { .arena = arena, .input = input, .instant = instant, .tag = tag };

    r.result.items = arena_alloc (arena, (input->row_count + 2) * sizeof *r.result.items);
    if (input->team_consent && input->row_count > 0)
        ask_chain (&r);
    else
        ask_attending_office (&r);
    r.result.chain_note = note_of (&r);
    ask_last_resort (&r);
    return r.result;
}
