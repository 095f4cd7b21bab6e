/* fairness.c - see fairness.h. */
#include "fairness.h"
#include "calendar.h"
#include "clock.h"
#include "duty_sheet.h"

enum { PEOPLE_MOST = 500, OFFICES_MOST = 200, NIGHT_FROM = 22 * 60, NIGHT_TO = 29 * 60, NIGHT_LEAST = 120 };

static const int64_t MINUTE = 60 * (int64_t) SECOND_US;

bool duty_is_night (int64_t from, int64_t to)
{
    int64_t night = 0;

    for (int64_t day = tokyo_of (from).day_number - 1; tokyo_instant (day, NIGHT_FROM) < to; day++) {
        int64_t begins = tokyo_instant (day, NIGHT_FROM), ends = tokyo_instant (day, NIGHT_TO);
        int64_t common = (to < ends ? to : ends) - (from > begins ? from : begins);

        night = common > night ? common : night;
    }
    return night >= NIGHT_LEAST * MINUTE;
}

/* ---- one shift -------------------------------------------------------------------------------------------------------------------- */

static void count_shift (struct fairness_line *line, const struct duty_line *shift)
{
    enum day_class class = calendar_class (duty_line_day (shift));
    struct tokyo day = tokyo_of (tokyo_instant (duty_line_day (shift), 0));
    bool year_end = (day.month == 12 && day.day >= 29) || (day.month == 1 && day.day <= 3);

    line->shifts++;
    line->hours += (shift->to - shift->from + 30 * MINUTE) / (60 * MINUTE);
    line->nights += duty_is_night (shift->from, shift->to);
    line->year_end += year_end;
    line->holidays += !year_end && (class == DAY_CLASS_SUNDAY || class == DAY_CLASS_NATIONAL);
}

/* ---- everybody -------------------------------------------------------------------------------------------------------------------- */

struct count {                                      /* by person id, so that a person is found quickly */
    const struct fairness_input *input;
    struct fairness_line *people;
    int64_t *own;                                   /* shifts of each person in the present rotation */
    size_t people_count;
};

static int by_person (const void *a, const void *b)
{
    return strcmp (((const struct fairness_line *) a)->person_id, ((const struct fairness_line *) b)->person_id);
}

static struct fairness_line *find (const struct count *count, const char *person_id)
{
    const struct fairness_line wanted = { .person_id = person_id };

    return person_id ? bsearch (&wanted, count->people, count->people_count, sizeof wanted, by_person) : NULL;
}

static void count_line (const struct count *count, const struct duty_line *line, int64_t *all)
{
    const struct fairness_input *input = count->input;
    struct fairness_line *person = find (count, line->person_id);
    bool in_year = line->from >= input->since_52 && line->from < input->to;

    *all += in_year && line->person_id;
    if (!person)
        return;
    if (line->from >= input->from && line->from < input->to)
        count_shift (person, line);
    person->shifts_52 += in_year;
    count->own[person - count->people] += in_year;
}

static const struct rotation_rule *rule_of (const struct fairness_input *input, const char *rotation_id)
{
    for (size_t i = 0; i < input->rotations->count; i++)
        if (strcmp (input->rotations->items[i].rotation_id, rotation_id) == 0)
            return &input->rotations->items[i];
    return NULL;
}

/* Tenths of a shift above an equal share of one rotation. */
static void balance (const struct count *count, const struct rotation_rule *rule, int64_t all)
{
    for (size_t i = 0; i < count->people_count; i++) {
        count->people[i].balance_52 += 10 * count->own[i];
        count->people[i].has_balance_52 |= count->own[i] > 0;
        count->own[i] = 0;
    }
    for (size_t i = 0; rule && i < rule->member_count; i++) {
        struct fairness_line *person = find (count, rule->members[i]);

        if (person) {
            person->balance_52 -= (10 * all + (int64_t) rule->member_count / 2) / (int64_t) rule->member_count;
            person->has_balance_52 = true;
        }
    }
}

/* The lines come rotation by rotation. */
static void count_duty (const struct count *count)
{
    const struct duty_lines *lines = count->input->lines;
    int64_t all = 0;

    for (size_t i = 0; i < lines->count; i++) {
        count_line (count, &lines->items[i], &all);
        if (i + 1 < lines->count && strcmp (lines->items[i].rotation_id, lines->items[i + 1].rotation_id) == 0)
            continue;
        balance (count, rule_of (count->input, lines->items[i].rotation_id), all);
        all = 0;
    }
}

static void count_figures (const struct count *count)
{
    for (size_t i = 0; i < count->input->figures->count; i++) {
        const struct duty_figures *figures = &count->input->figures->items[i];
        struct fairness_line *person = find (count, figures->person_id);

        if (!person)
            continue;
        person->calls = figures->calls;
        person->accepts = figures->accepts;
        person->notices = figures->notices;
        person->read = figures->read;
        person->has_muted = true;
        person->muted = figures->muted;
        person->has_median_seconds = figures->has_median;
        person->median_seconds = figures->median_seconds;
    }
}

static struct count begin (struct arena *arena, const struct fairness_input *input)
{
    struct count count = { .input = input, .people = arena_alloc (arena, (input->staff->count + 1) * sizeof *count.people),
                           .own = arena_alloc (arena, (input->staff->count + 1) * sizeof *count.own), .people_count = input->staff->count };

    for (size_t i = 0; i < input->staff->count; i++)
        count.people[i] = (struct fairness_line) { .person_id = input->staff->items[i].person_id, .name = input->staff->items[i].name,
                                                   .office = input->staff->items[i].office };
    qsort (count.people, count.people_count, sizeof *count.people, by_person);
    return count;
}

static bool says_something (const struct fairness_line *line)
{
    return line->shifts || line->calls || line->notices || line->shifts_52;
}

/* ---- sums ------------------------------------------------------------------------------------------------------------------------- */

static void add (struct fairness_line *sum, const struct fairness_line *line)
{
    sum->shifts += line->shifts;
    sum->hours += line->hours;
    sum->nights += line->nights;
    sum->holidays += line->holidays;
    sum->year_end += line->year_end;
    sum->calls += line->calls;
    sum->accepts += line->accepts;
    sum->notices += line->notices;
    sum->read += line->read;
    sum->has_muted |= line->has_muted;
    sum->muted += line->muted;
    sum->shifts_52 += line->shifts_52;
}

static int by_name (const void *a, const void *b)
{
    const struct fairness_line *one = a, *other = b;

    return strcmp (one->name ? one->name : "", other->name ? other->name : "");
}

static void add_to_office (struct fairness_line *offices, size_t *count, const struct fairness_line *person)
{
    size_t i = 0;

    while (i < *count && strcmp (offices[i].name, person->office) != 0)
        i++;
    if (i == OFFICES_MOST)
        return;
    if (i == *count)
        offices[(*count)++] = (struct fairness_line) { .name = person->office };
    add (&offices[i], person);
}

/* The median of everybody's medians tells nothing; sums have none. */
void fairness_count (struct arena *arena, const struct fairness_input *input, struct fairness_result *ret)
{
    struct count count = begin (arena, input);
    struct fairness_line *offices = arena_alloc (arena, (OFFICES_MOST + 1) * sizeof *offices);
    size_t people = 0, office_count = 0;

    *ret = (struct fairness_result) { 0 };
    count_duty (&count);
    count_figures (&count);
    for (size_t i = 0; i < count.people_count; i++) {
        const struct fairness_line line = count.people[i];

        if (!says_something (&line))
            continue;
        count.people[people++] = line;
        add (&ret->total, &line);
        if (line.office)
            add_to_office (offices, &office_count, &line);
    }
    qsort (count.people, people, sizeof *count.people, by_name);
    qsort (offices, office_count, sizeof *offices, by_name);
    ret->people = (struct fairness_line_list) { count.people, people < PEOPLE_MOST ? people : PEOPLE_MOST };
    ret->offices = (struct fairness_line_list) { offices, office_count };
}
