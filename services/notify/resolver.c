/* resolver.c - see resolver.h. */
#include "resolver.h"
#include "bits.h"
#include "calendar.h"
#include "clock.h"
#include "duty_layers.h"
#include "resolver_order.h"
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
    const char *passed_over;            /* since the last entry, in words */
    size_t skipped_room;
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
    static const struct resolver_input no_closures;

    return chain_row_speaks (&no_closures, row, instant, tag, ret_day);
}

static const struct known_person *person_of (const struct resolver_input *input, const char *person_id)
{
    for (size_t i = 0; person_id && i < input->person_count; i++)
        if (strcmp (input->people[i].person_id, person_id) == 0)
            return &input->people[i];
    return NULL;
}

/* Class of the day for a row: a clinic that is closed on a weekday counts for the rows that name it. */
static enum day_class class_for (const struct resolver_input *input, const struct chain_row *row, int64_t day)
{
    const struct known_person *person = row->office_id || !row->person_id ? NULL : person_of (input, row->person_id);

    return calendar_class_at (&input->closures, input->area, person ? person->office_id : row->office_id, day);
}

bool chain_row_speaks_of (const struct resolver_input *input, const struct chain_row *row, int64_t day, enum condition_tag tag)
{
    return calendar_in (bits_of_enums (row->day_classes), class_for (input, row, day)) && names_weekday (row, calendar_weekday (day))
        && names_tag (row, tag);
}

bool chain_row_speaks (const struct resolver_input *input, const struct chain_row *row, int64_t instant, enum condition_tag tag,
                       int64_t *ret_day)
{
    struct tokyo now = tokyo_of (instant);

    for (int back = 0; back <= 2; back++) {
        int64_t day = now.day_number - back;
        bool inside = instant >= tokyo_instant (day, (int) row->from_minute) && instant < tokyo_instant (day, row_end (row));

        if (inside && chain_row_speaks_of (input, row, day, tag)) {
            *ret_day = day;
            return true;
        }
    }
    return false;
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

/* ---- telephones with hours ------------------------------------------------------------------------------------------------------------ */

const char *office_number_at (const struct resolver_input *input, const struct known_office *office, int64_t instant)
{
    const struct phone_calendar calendar = { &input->closures, input->area };
    const struct phone_line *line = office->phones.count ? phone_at (&office->phones, &calendar, NULL, instant) : NULL;

    return office->phones.count == 0 ? office->phone : line ? line->number : NULL;
}

static bool has_hours (const struct phone_lines *phones, const char *office_id)
{
    for (size_t i = 0; office_id && i < phones->count; i++)
        if (strcmp (phones->items[i].office_id, office_id) == 0)
            return true;
    return false;
}

const char *person_number_at (const struct resolver_input *input, const struct known_person *person, int64_t instant)
{
    const struct phone_calendar calendar = { &input->closures, input->area };
    bool own_hours = has_hours (&person->phones, person->office_id);
    const struct phone_line *line = phone_at (&person->phones, &calendar, own_hours ? person->office_id : NULL, instant);

    if (!line && person->by_office)
        line = phone_at (&person->phones, &calendar, NULL, instant);
    return !own_hours && person->phone ? person->phone : line ? line->number : NULL;
}

bool office_is_silent (const struct resolver_input *input, const struct known_office *office, int64_t instant)
{
    return office->phones.count && !office->staff && !office_number_at (input, office, instant);
}

bool person_is_silent (const struct resolver_input *input, const struct known_person *person, int64_t instant)
{
    const struct phone_calendar calendar = { &input->closures, input->area };

    return person->by_hours && !phone_at (&person->phones, &calendar, NULL, instant);
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

/* Passed over: the next entry's reason says so. */
static void skip (struct resolving *r, enum skip_why why, const char *person_id, const char *office_id, const char *rotation_id,
                  const char *text)
{
    struct resolution *result = &r->result;

    r->passed_over = r->passed_over ? arena_print (r->arena, "%s、%s", r->passed_over, text) : text;
    if (result->skipped_count < r->skipped_room)
        result->skipped[result->skipped_count++] = (struct skipped) { why, person_id, office_id, rotation_id, text };
}

/* An office that cannot be called now is passed over, and why. */
static bool office_passed_over (struct resolving *r, const struct known_office *office, const char *name)
{
    bool silent = office && !office->unreachable && office_is_silent (r->input, office, r->instant);

    if (!office || (!office->unreachable && !silent))
        return false;
    skip (r, SKIP_UNREACHABLE, NULL, office->office_id, NULL, arena_print (r->arena, silent ? "%sは時間外の電話番号" : "%sは連絡先なし", name));
    return true;
}

static const char *reason_with_skipped (struct resolving *r, const char *reason)
{
    const char *text = r->passed_over ? arena_print (r->arena, "%s（%s）", reason, r->passed_over) : reason;

    r->passed_over = NULL;
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
    entry.settled = true;
    if (!entry.person_id) {
        entry.rings = entry.phone;
        entry.rings_at = entry.office_id;
    }
    r->row_position = row->position;
    r->doctors += entry.target == TARGET_KIND_PERSON || entry.target == TARGET_KIND_ROTATION;
    result->items[result->count++] = entry;
}

static const char *row_reason (struct resolving *r, const struct chain_row *row, int64_t day, const char *what)
{
    enum day_class class = class_for (r->input, row, day);
    const char *class_word = words_of (&day_class_type, class);
    const char *tag_word = row->tags.count ? words_of (&condition_tag_type, r->tag) : NULL;
    int end = row_end (row);
    bool whole_day = row->from_minute == 0 && end >= DAY_MINUTES;
    const char *band = whole_day ? "終日" : arena_print (r->arena, "%d:%02d–%s%d:%02d", (int) row->from_minute / 60,
        (int) row->from_minute % 60, end > DAY_MINUTES ? "翌" : "", end > DAY_MINUTES ? end / 60 - 24 : end / 60, end % 60);

    return arena_print (r->arena, "%s曜・%s %s%s%s：%s", calendar_weekday_ja (calendar_weekday (day)), class_word, band,
                        tag_word ? "・" : "", tag_word ? tag_word : "", what);
}

static const char *until_text (struct resolving *r, int64_t until)
{
    struct tokyo end = tokyo_of (until);

    return arena_print (r->arena, "%d/%d %d:%02dまで", end.month, end.day, end.minute / 60, end.minute % 60);
}

/* A person may be asked unless gone or out of reach; unless away, too, when the rule and not somebody's hand chose him. */
static bool can_be_asked (struct resolving *r, const char *person_id, bool by_hand)
{
    const struct known_person *person = person_of (r->input, person_id);
    int64_t until;

    if (person && person->left) {
        skip (r, SKIP_LEFT, person_id, NULL, NULL, arena_print (r->arena, "%sは退職・異動", name_of (r->input, person_id)));
        return false;
    }
    if (!by_hand && is_absent (r->input->absences, r->input->absence_count, person_id, r->instant, &until)) {
        skip (r, SKIP_ABSENT, person_id, NULL, NULL,
              arena_print (r->arena, "%sは不在（%s）", name_of (r->input, person_id), until_text (r, until)));
        return false;
    }
    if (person && (person->unreachable || person_is_silent (r->input, person, r->instant))) {
        skip (r, SKIP_UNREACHABLE, person_id, person->office_id, NULL,
              arena_print (r->arena, person->unreachable ? "%sは連絡先なし" : "%sは時間外の電話番号", name_of (r->input, person_id)));
        return false;
    }
    return true;
}

static struct answerer person_entry (const struct resolver_input *input, int64_t instant, enum target_kind target, const char *person_id,
                                     const char *office_id)
{
    const struct known_person *person = person_of (input, person_id);
    const struct known_office *office = office_of (input, office_id);
    const char *number = person ? person_number_at (input, person, instant) : NULL;

    return (struct answerer) {
        .target = target,
        .person_id = person_id,
        .office_id = office_id ? office_id : person ? person->office_id : NULL,
        .name = name_of (input, person_id),
        .office = office ? office->name : person ? person->office : NULL,
        .phone = number ? number : office ? office_number_at (input, office, instant) : NULL,
        .rings = person && person->by_office ? number : NULL,
        .rings_at = person ? person->office_id : NULL,
    };
}

static void ask_known (struct resolving *r, const struct chain_row *row, const char *person_id, const char *office_id, bool by_hand,
                       const char *reason)
{
    if (can_be_asked (r, person_id, by_hand))
        add_entry (r, row, person_entry (r->input, r->instant, TARGET_KIND_PERSON, person_id, office_id), reason);
}

/* 代診: whoever stands in for that person, wherever he would be asked. */
static void ask_substitute (struct resolving *r, const struct chain_row *row, int64_t day, const struct duty_change *change)
{
    const char *name = name_of (r->input, row->person_id);

    if (!change->add_id)
        skip (r, SKIP_REMOVED, row->person_id, NULL, NULL, arena_print (r->arena, "%sは休み（%s）", name, until_text (r, change->to)));
    else
        ask_known (r, row, change->add_id, change->add_office_id, true,
                   row_reason (r, row, day, arena_print (r->arena, "代診（本来は%s）", words_clip (r->arena, name, 60))));
}

static const char *entrusted_word (struct resolving *r)
{
    const char *closure = r->input->entrusted_closure;

    return closure ? arena_print (r->arena, "往診代行（主治医の依頼、%s）", words_clip (r->arena, closure, 60)) : "往診代行（主治医の依頼）";
}

/* 往診代行: the duty of the office that visits for the attending doctor. */
static bool ask_entrusted (struct resolving *r, const struct chain_row *row, int64_t day)
{
    const struct known_office *office = office_of (r->input, r->input->entrusted_office_id);
    struct answerer entry = { .target = TARGET_KIND_OFFICE, .office_id = r->input->entrusted_office_id, .stands_in = true };

    if (!office)
        return false;
    if (office_passed_over (r, office, arena_print (r->arena, "往診代行の%s", office->name)))
        return false;
    entry.name = entry.office = office->name;
    entry.phone = office_number_at (r->input, office, r->instant);
    r->doctors++;
    add_entry (r, row, entry, row_reason (r, row, day, entrusted_word (r)));
    return true;
}

static bool names_attending (const struct resolver_input *input, const struct chain_row *row)
{
    return row->target == TARGET_KIND_PERSON && row->person_id && input->attending.person_id
        && strcmp (row->person_id, input->attending.person_id) == 0;
}

static void ask_person (struct resolving *r, const struct chain_row *row, int64_t day)
{
    const struct duty_change *change = duty_person_change (r->input->changes, r->input->change_count, row->person_id, r->instant);

    if (!row->person_id || (names_attending (r->input, row) && ask_entrusted (r, row, day)))
        return;
    if (change)
        ask_substitute (r, row, day, change);
    else
        ask_known (r, row, row->person_id, row->office_id, false, row_reason (r, row, day, "担当の医師等"));
}

static void ask_office_as (struct resolving *r, const struct chain_row *row, const char *reason)
{
    const struct known_office *office = office_of (r->input, row->office_id);
    struct answerer entry = { .target = row->target, .office_id = row->office_id };

    entry.name = entry.office = office && office->name ? office->name : "事業所（名称未取得）";
    entry.phone = office ? office_number_at (r->input, office, r->instant) : NULL;
    if (!office_passed_over (r, office, entry.name))
        add_entry (r, row, entry, reason);
}

static void ask_office (struct resolving *r, const struct chain_row *row, int64_t day)
{
    if (row->office_id)
        ask_office_as (r, row, row_reason (r, row, day, row->target == TARGET_KIND_HOSPITAL ? "病院" : "24時間の連絡窓口"));
}

/* The last resort where a row wants it earlier than at the end. */
static void ask_centre (struct resolving *r, const struct chain_row *row, int64_t day)
{
    const struct resolver_input *input = r->input;
    const struct answerer entry = { .target = TARGET_KIND_LAST_RESORT, .office_id = input->last_resort_office_id,
        .name = input->last_resort_name, .office = input->last_resort_name, .phone = input->last_resort_phone };

    if (input->last_resort_name)
        add_entry (r, row, entry, row_reason (r, row, day, "最終連絡先（連絡順の途中）"));
}

static bool has_consent (const struct resolver_input *input, const char *rotation_id)
{
    for (size_t i = 0; i < input->consented_count; i++)
        if (strcmp (input->consented_rotations[i], rotation_id) == 0)
            return true;
    return false;
}

static void skip_empty_duty (struct resolving *r, const struct rotation_rule *rule, const struct duty_span *duty)
{
    const char *absent = duty ? duty->absent_id : NULL;

    if (absent)
        skip (r, SKIP_ABSENT, absent, NULL, rule->rotation_id, arena_print (r->arena, "当番の%sは不在", name_of (r->input, absent)));
    else
        skip (r, SKIP_NOBODY, NULL, NULL, rule->rotation_id, arena_print (r->arena, "%sは当番なし", rule->name));
}

static const char *duty_word (struct resolving *r, const struct rotation_rule *rule, const struct duty_span *duty)
{
    const char *what = arena_print (r->arena, "往診当番「%s」", words_clip (r->arena, rule->name, 60));

    if (!duty_is_by_hand (duty))
        return what;
    return arena_print (r->arena, "%s%s%s%s%s", what, words_of (&duty_change_kind_type, duty->change->kind), duty->turn_id ? "（本来は" : "",
                        duty->turn_id ? words_clip (r->arena, name_of (r->input, duty->turn_id), 60) : "", duty->turn_id ? "）" : "");
}

static void ask_duty (struct resolving *r, const struct chain_row *row, int64_t day, size_t rotation)
{
    const struct rotation_rule *rule = &r->input->rotations[rotation];
    const struct duty_span *duty = duty_at (&r->input->shifts[rotation], r->instant);
    struct answerer entry;

    if (!duty || !duty->person_id) {
        skip_empty_duty (r, rule, duty);
        return;
    }
    if (!can_be_asked (r, duty->person_id, duty_is_by_hand (duty))) {
        if (r->result.skipped_count)
            r->result.skipped[r->result.skipped_count - 1].rotation_id = rule->rotation_id;
        return;
    }
    entry = person_entry (r->input, r->instant, TARGET_KIND_ROTATION, duty->person_id, duty->office_id);
    entry.rotation_id = rule->rotation_id;
    add_entry (r, row, entry, row_reason (r, row, day, duty_word (r, rule, duty)));
}

static void ask_rotation (struct resolving *r, const struct chain_row *row, int64_t day)
{
    if (!row->rotation_id)
        return;
    if (!has_consent (r->input, row->rotation_id)) {
        r->consent_missing = true;
        skip (r, SKIP_NOT_CONSENTED, NULL, NULL, row->rotation_id, "往診当番への同意なし");
        return;
    }
    for (size_t i = 0; i < r->input->rotation_count; i++)
        if (strcmp (r->input->rotations[i].rotation_id, row->rotation_id) == 0) {
            ask_duty (r, row, day, i);
            return;
        }
    skip (r, SKIP_NOBODY, NULL, NULL, row->rotation_id, "当番表なし");
}

static int by_position (const void *a, const void *b)
{
    const struct chain_row *const *one = a, *const *other = b;

    if ((*one)->position != (*other)->position)
        return (*one)->position < (*other)->position ? -1 : 1;
    return *one < *other ? -1 : *one > *other;          /* stable: rows are elements of one array */
}

static void ask_row (struct resolving *r, const struct chain_row *row, int64_t day)
{
    switch (row->target) {
    case TARGET_KIND_PERSON: ask_person (r, row, day); break;
    case TARGET_KIND_ROTATION: ask_rotation (r, row, day); break;
    case TARGET_KIND_OFFICE:
    case TARGET_KIND_HOSPITAL: ask_office (r, row, day); break;
    case TARGET_KIND_LAST_RESORT: ask_centre (r, row, day); break;
    }
}

/* Where no row names the attending doctor, who visits for him stands in the first step. */
static void ask_entrusted_first (struct resolving *r, const struct chain_row *const *rows, size_t count)
{
    static const struct chain_row always = { .position = 1, .target = TARGET_KIND_OFFICE, .to_minute = DAY_MINUTES };
    const struct chain_row *first = NULL;
    int64_t day, first_day = tokyo_of (r->instant).day_number;

    if (!r->input->entrusted_office_id)
        return;
    for (size_t i = 0; i < count; i++) {
        if (!chain_row_speaks (r->input, rows[i], r->instant, r->tag, &day))
            continue;
        if (names_attending (r->input, rows[i]))
            return;
        first_day = first ? first_day : day;
        first = first ? first : rows[i];
    }
    ask_entrusted (r, first ? first : &always, first_day);
}

/* The rows that speak for the instant, by position; only: those of this kind (0: all). */
static void ask_chain (struct resolving *r, enum target_kind only)
{
    size_t count = r->input->row_count;
    const struct chain_row **rows = arena_alloc (r->arena, (count + 1) * sizeof *rows);
    int64_t day;

    for (size_t i = 0; i < count; i++)
        rows[i] = &r->input->rows[i];
    qsort (rows, count, sizeof *rows, by_position);
    if (!only)
        ask_entrusted_first (r, rows, count);
    for (size_t i = 0; i < count; i++)
        if ((!only || rows[i]->target == only) && chain_row_speaks (r->input, rows[i], r->instant, r->tag, &day))
            ask_row (r, rows[i], day);
}

static bool asks_station (const struct resolving *r)
{
    for (size_t i = 0; i < r->result.count; i++)
        if (r->result.items[i].target == TARGET_KIND_OFFICE && !r->result.items[i].stands_in)
            return true;
    return false;
}

/* Behind everybody, where no row has brought a station. */
static void ask_team_stations (struct resolving *r)
{
    if (asks_station (r))
        return;
    for (size_t i = 0; i < r->input->station_count; i++) {
        const struct chain_row row = { .position = INT32_MAX, .target = TARGET_KIND_OFFICE, .office_id = r->input->stations[i] };

        ask_office_as (r, &row, "ケアチームの訪問看護");
    }
}

/* 看取り without rows of its own: the stations with the attending doctor, then the deputies. */
static void ask_terminal (struct resolving *r)
{
    static const int64_t first = 1;
    const struct resolver_input *input = r->input;
    struct chain_row row = { .position = first, .target = TARGET_KIND_PERSON, .to_minute = DAY_MINUTES,
                             .person_id = input->attending.person_id, .office_id = input->attending.office_id };
    int64_t today = tokyo_of (r->instant).day_number;

    ask_chain (r, TARGET_KIND_OFFICE);
    ask_team_stations (r);
    for (size_t i = 0; i < r->result.count; i++)
        r->result.items[i].position = (int) first;
    r->row_position = first;
    ask_person (r, &row, today);
    for (size_t i = 0; i < input->deputy_count; i++) {
        row.position = first + 1;
        row.person_id = input->deputies[i].person_id;
        row.office_id = input->deputies[i].office_id;
        ask_person (r, &row, today);
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
    entry.phone = office ? office_number_at (r->input, office, r->instant) : NULL;
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
    if (r->doctors == 0)
        order_all_at_once (result);
    entry.position = result->count == 0 ? 1 : result->items[result->count - 1].position + (r->doctors != 0);
    entry.reason = reason_with_skipped (r, r->doctors ? "最終連絡先（必ず最後に連絡）" : "最終連絡先（対応できる医師がいないためすぐに連絡）");
    result->items[result->count++] = entry;
}

static const char *terminal_note (const struct resolving *r)
{
    if (!r->doctors)
        return "看取りの連絡順が登録されておらず、対応できる医師がいないため、最終連絡先にすぐ連絡します";
    return asks_station (r) ? "看取りの連絡順が登録されていないため、訪問看護と在宅主治医、副主治医の順に連絡します"
                            : "看取りの連絡順が登録されていないため、在宅主治医、副主治医の順に連絡します（訪問看護は連絡順に入っていません）";
}

static const char *note_of (const struct resolving *r)
{
    if (!r->input->team_consent)
        return "共有の同意が登録されていないため、在宅主治医の医療機関と最終連絡先に連絡します";
    if (r->result.terminal && !r->input->terminal_rows)
        return terminal_note (r);
    if (r->input->row_count == 0)
        return "連絡順が登録されていないため、在宅主治医の医療機関と最終連絡先に連絡します";
    if (r->consent_missing)
        return "往診当番の医師への同意がないため、往診当番医を除いて連絡します";
    return r->doctors ? NULL : "この時間に対応できる医師がいないため、最終連絡先にすぐ連絡します";
}

static bool has_order (const struct resolver_input *input)
{
    return input->team_consent && (input->row_count > 0 || (input->terminal && (input->attending.person_id || input->deputy_count > 0)));
}

struct resolution resolve (struct arena *arena, const struct resolver_input *input, int64_t instant, enum condition_tag tag)
{
    struct resolving r = { .arena = arena, .input = input, .instant = instant, .tag = tag,
                           .skipped_room = input->row_count + input->deputy_count + input->station_count + 1 };
    struct resolution *result = &r.result;

    result->items = arena_alloc (arena, (input->row_count + input->deputy_count + input->station_count + 4) * sizeof *result->items);
    result->skipped = arena_alloc (arena, (r.skipped_room + 1) * sizeof *result->skipped);
    result->calendar_unsettled = tokyo_of (instant).year > CALENDAR_SETTLED_YEAR;
    result->terminal = input->terminal && has_order (input);
    if (!has_order (input) && input->team_consent)
        ask_entrusted_first (&r, NULL, 0);
    if (!has_order (input))
        ask_attending_office (&r);
    else if (input->terminal && !input->terminal_rows)
        ask_terminal (&r);
    else
        ask_chain (&r, 0);
    if (has_order (input) && !input->terminal && input->reporter == REPORTER_KIND_DISPATCH)
        ask_team_stations (&r);
    if (has_order (input) && !input->terminal)
        order_for_reporter (arena, result, input->reporter, input->emergency_nursing);
    result->chain_note = note_of (&r);
    ask_last_resort (&r);
    return *result;
}
