/* roster_gaps.c - see roster_gaps.h. */
#include "roster_gaps.h"
#include <string.h>
#include "clock.h"
#include "duty_layers.h"

enum { DAY_MINUTES = 1440, YEAREND_DAY = 29, NEWYEAR_DAY = 3, YEAREND_AHEAD_DAYS = 45 };
static const int64_t MINUTE_US = 60LL * SECOND_US, DAY_US = 86400LL * SECOND_US;

static const struct known_person *person_of (const struct known_person *people, size_t count, const char *person_id)
{
    for (size_t i = 0; person_id && i < count; i++)
        if (strcmp (people[i].person_id, person_id) == 0)
            return &people[i];
    return NULL;
}

/* ---- rotations ---------------------------------------------------------------------------------------------------------------------- */

static enum gap_kind kind_of (const struct duty_span *span, const struct known_person *people, size_t count)
{
    const struct known_person *person = person_of (people, count, span->person_id);

    if (!span->person_id)
        return span->absent_id ? GAP_KIND_ABSENT : GAP_KIND_NOBODY;
    return person && (person->left || person->unreachable) ? GAP_KIND_UNREACHABLE : 0;
}

static bool same (const char *a, const char *b)
{
    return a && b ? strcmp (a, b) == 0 : a == b;
}

static void add_gap (struct gaps *gaps, struct gap gap)
{
    struct gap *last = gaps->count ? &gaps->items[gaps->count - 1] : NULL;

    if (last && last->to == gap.from && last->kind == gap.kind && same (last->person_id, gap.person_id))
        last->to = gap.to;
    else
        gaps->items[gaps->count++] = gap;
}

/* On duty, but for some of the time no telephone is answered. */
static void add_silence (struct gaps *gaps, size_t room, struct gap gap, const struct known_person *person,
                         const struct phone_calendar *calendar)
{
    int64_t end = gap.to;

    gap.kind = GAP_KIND_UNREACHABLE;
    while (gaps->count < room && phone_next_silent (&person->phones, calendar, gap.from, end, &gap.from, &gap.to)) {
        add_gap (gaps, gap);
        gap.from = gap.to;
    }
}

struct gaps rotation_gaps (struct arena *arena, const struct duty_spans *spans, const struct known_person *people, size_t person_count,
                           const struct phone_calendar *calendar, int64_t from, int64_t to)
{
    struct gaps gaps = { .items = arena_alloc (arena, (spans->count + GAP_PARTS + 1) * sizeof *gaps.items) };

    for (size_t i = 0; i < spans->count; i++) {
        const struct duty_span *span = &spans->items[i];
        const struct known_person *person = person_of (people, person_count, span->person_id);
        struct gap gap = { kind_of (span, people, person_count), span->from > from ? span->from : from, span->to < to ? span->to : to,
                           span->person_id ? span->person_id : span->absent_id };

        if (gap.from >= gap.to)
            continue;
        if (gap.kind)
            add_gap (&gaps, gap);
        else if (person && person->by_hours)
            add_silence (&gaps, i + GAP_PARTS, gap, person, calendar);
    }
    return gaps;
}

/* ---- orders of doctors -------------------------------------------------------------------------------------------------------------- */

struct board { struct arena *arena; const struct resolver_input *input; int64_t from, to; unsigned char *minutes; size_t count; };

static bool is_usable (const struct board *board, const char *person_id)
{
    const struct known_person *person = person_of (board->input->people, board->input->person_count, person_id);

    return person_id && !(person && (person->left || person->unreachable));
}

/* Whole minutes of [from, to). */
static void paint (struct board *board, int64_t from, int64_t to)
{
    int64_t first, end;

    if (from < board->from)
        from = board->from;
    if (to > board->to)
        to = board->to;
    if (from >= to)
        return;
    first = (from - board->from + MINUTE_US - 1) / MINUTE_US;
    end = (to - board->from) / MINUTE_US;
    if (end > first)
        memset (board->minutes + first, 1, (size_t) (end - first));
}

/* The person may be called in these spans; with the office's telephone alone while that is answered. */
static void paint_spoken (struct board *board, const char *person_id, int64_t from, int64_t to)
{
    const struct known_person *person = person_of (board->input->people, board->input->person_count, person_id);
    const struct phone_calendar calendar = { &board->input->closures, board->input->area };
    int64_t begin, end;

    if (!person || !person->by_hours) {
        paint (board, from, to);
        return;
    }
    for (; phone_next_open (&person->phones, &calendar, from, to, &begin, &end); from = end)
        paint (board, begin, end);
}

static int row_end (const struct chain_row *row)
{
    return (int) (row->to_minute > row->from_minute ? row->to_minute : row->to_minute + DAY_MINUTES);
}

/* The stretches for which a row speaks. */
static struct duty_spans row_spans (struct board *board, const struct chain_row *row)
{
    int64_t first = tokyo_of (board->from).day_number - 2, last = tokyo_of (board->to).day_number;
    struct duty_builder builder = { .arena = board->arena };

    for (int64_t day = first; day <= last; day++) {
        int64_t begin = tokyo_instant (day, (int) row->from_minute), end = tokyo_instant (day, row_end (row));

        if (end > board->from && begin < board->to && chain_row_speaks_of (board->input, row, day, CONDITION_TAG_OTHER))
            duty_add (&builder, (struct duty_span) { .from = begin, .to = end, .day = day, .person_id = row->person_id,
                                                     .turn_id = row->person_id });
    }
    return builder.spans;
}

static void paint_person (struct board *board, const struct chain_row *row, struct duty_spans spans)
{
    const struct rotation_rule everywhere = { .changes = board->input->changes, .change_count = board->input->change_count };

    if (!row->person_id)
        return;
    spans = duty_lay (board->arena, &everywhere, spans, board->input->absences, board->input->absence_count);
    for (size_t i = 0; i < spans.count; i++)
        if (is_usable (board, spans.items[i].person_id))
            paint_spoken (board, spans.items[i].person_id, spans.items[i].from, spans.items[i].to);
}

static const struct duty_spans *shifts_of (const struct resolver_input *input, const char *rotation_id)
{
    bool consented = false;

    for (size_t i = 0; rotation_id && i < input->consented_count; i++)
        consented = consented || strcmp (input->consented_rotations[i], rotation_id) == 0;
    for (size_t i = 0; consented && i < input->rotation_count; i++)
        if (strcmp (input->rotations[i].rotation_id, rotation_id) == 0)
            return &input->shifts[i];
    return NULL;
}

static void paint_rotation (struct board *board, const struct chain_row *row, const struct duty_spans *spans)
{
    const struct duty_spans *shifts = shifts_of (board->input, row->rotation_id);
    size_t first = 0;

    for (size_t i = 0; shifts && i < spans->count; i++) {
        while (first < shifts->count && shifts->items[first].to <= spans->items[i].from)
            first++;
        for (size_t j = first; j < shifts->count && shifts->items[j].from < spans->items[i].to; j++) {
            int64_t from = shifts->items[j].from > spans->items[i].from ? shifts->items[j].from : spans->items[i].from;
            int64_t to = shifts->items[j].to < spans->items[i].to ? shifts->items[j].to : spans->items[i].to;

            if (is_usable (board, shifts->items[j].person_id))
                paint_spoken (board, shifts->items[j].person_id, from, to);
        }
    }
}

static void paint_rows (struct board *board)
{
    for (size_t i = 0; i < board->input->row_count; i++) {
        const struct chain_row *row = &board->input->rows[i];
        struct duty_spans spans;

        if (row->target != TARGET_KIND_PERSON && row->target != TARGET_KIND_ROTATION)
            continue;
        spans = row_spans (board, row);
        if (row->target == TARGET_KIND_PERSON)
            paint_person (board, row, spans);
        else
            paint_rotation (board, row, &spans);
    }
}

static void paint_seat (struct board *board, const struct known_seat *seat)
{
    const struct chain_row row = { .person_id = seat->person_id };
    struct duty_builder builder = { .arena = board->arena };

    duty_add (&builder, (struct duty_span) { .from = board->from, .to = board->to, .person_id = seat->person_id,
                                             .turn_id = seat->person_id });
    paint_person (board, &row, builder.spans);
}

static struct gaps stretches (const struct board *board, size_t most)
{
    struct gaps gaps = { .items = arena_alloc (board->arena, (most + 1) * sizeof *gaps.items) };
    size_t at = 0;

    while (at < board->count && gaps.count < most) {
        size_t from = at;

        while (at < board->count && !board->minutes[at])
            at++;
        if (at > from)
            gaps.items[gaps.count++] = (struct gap) { .kind = GAP_KIND_NO_DOCTOR, .from = board->from + (int64_t) from * MINUTE_US,
                                                      .to = board->from + (int64_t) at * MINUTE_US };
        while (at < board->count && board->minutes[at])
            at++;
    }
    return gaps;
}

struct gaps chain_gaps (struct arena *arena, const struct resolver_input *input, int64_t from, int64_t to, size_t most)
{
    struct board board = { .arena = arena, .input = input, .from = from - from % MINUTE_US, .to = to - to % MINUTE_US };

    bool seats = input->terminal && (input->attending.person_id || input->deputy_count > 0);

    if (!input->team_consent || (input->row_count == 0 && !seats) || to <= from
        || to - from > (GAP_DAYS + 1) * DAY_US)
        return (struct gaps) { 0 };
    board.count = (size_t) ((board.to - board.from) / MINUTE_US);
    board.minutes = arena_alloc (arena, board.count + 1);
    if (!input->terminal || input->terminal_rows) {
        paint_rows (&board);
    } else {
        if (input->attending.person_id)
            paint_seat (&board, &input->attending);
        for (size_t i = 0; i < input->deputy_count; i++)
            paint_seat (&board, &input->deputies[i]);
    }
    return stretches (&board, most);
}

/* ---- when it matters ---------------------------------------------------------------------------------------------------------------- */

static bool is_yearend_day (int64_t day)
{
    struct tokyo date = tokyo_of (tokyo_instant (day, 0));

    return (date.month == GAP_YEAREND_MONTH && date.day >= YEAREND_DAY) || (date.month == 1 && date.day <= NEWYEAR_DAY);
}

bool gap_is_yearend (int64_t from, int64_t to)
{
    int64_t last = tokyo_of (to - 1).day_number;

    for (int64_t day = tokyo_of (from).day_number; day <= last; day++)
        if (is_yearend_day (day))
            return true;
    return false;
}

bool gap_is_soon (int64_t from, int64_t to, int64_t now)
{
    struct tokyo today = tokyo_of (now);

    if (to <= now)
        return false;
    if (from < now + GAP_SOON_DAYS * DAY_US)
        return true;
    return (today.month == GAP_YEAREND_MONTH || is_yearend_day (today.day_number)) && from < now + YEAREND_AHEAD_DAYS * DAY_US
        && gap_is_yearend (from, to);
}
