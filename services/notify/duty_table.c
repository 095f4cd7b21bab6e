/* duty_table.c - see duty_table.h. */
#include "duty_table.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "clock.h"
#include "text.h"
#include "words.h"

enum { CELLS_MOST = 8, HOUR_MOST = 48, DAY_MINUTES = 1440, HOUR_MINUTES = 60, WHY_BYTES = 200 };

struct reading {
    struct arena *arena;
    const struct month *month;
    const struct rotation_rule *rule;
    const struct table_people *people;
    struct table_read read;
    int64_t line, day;                              /* day: of the line before; INT64_MIN: none yet */
};

static void problem (struct reading *r, const char *why)
{
    if (r->read.problem_count < TABLE_PROBLEMS_MOST)
        r->read.problems[r->read.problem_count++] = (struct table_problem) { .line = r->line, .why = words_clip (r->arena, why, WHY_BYTES) };
}

/* ---- cells -------------------------------------------------------------------------------------------------------------------------- */

struct cells { const char *items[CELLS_MOST]; size_t count; };

/* One cell from *at, which is moved behind its separator; quotes doubled inside quotes are one. */
static const char *cell (struct arena *arena, const char **at, char separator)
{
    char *text = arena_alloc (arena, strlen (*at) + 1);
    bool quoted = false;
    size_t size = 0;

    for (; **at && (quoted || **at != separator); (*at)++) {
        if (**at == '"' && quoted && (*at)[1] == '"')
            text[size++] = *(*at)++;
        else if (**at == '"')
            quoted = !quoted;
        else
            text[size++] = **at;
    }
    if (**at)
        (*at)++;
    return text_trim (arena, text);
}

static struct cells cells_of (struct arena *arena, const char *line)
{
    char separator = strchr (line, '\t') ? '\t' : ',';
    struct cells cells = { 0 };

    while (*line && cells.count < CELLS_MOST)
        cells.items[cells.count++] = cell (arena, &line, separator);
    while (cells.count && !*cells.items[cells.count - 1])
        cells.count--;
    return cells;
}

static bool has_digit (const char *text)
{
    return strcspn (text, "0123456789") < strlen (text);
}

/* ---- dates -------------------------------------------------------------------------------------------------------------------------- */

static int64_t date_of (const struct month *month, const char *text)
{
    struct tokyo first = tokyo_of (tokyo_instant (month->first_day, 0));
    long numbers[4];
    size_t count = 0;

    for (const char *at = text; *at && *at != '(' && count < 4;) {
        if (!isdigit ((unsigned char) *at)) {
            at++;
            continue;
        }
        numbers[count++] = strtol (at, (char **) &at, 10);
    }
    if (count == 0 || count > 3)
        return INT64_MIN;
    if (numbers[count - 1] < 1 || numbers[count - 1] > 31 || (count >= 2 && numbers[count - 2] != first.month)
        || (count == 3 && numbers[0] != first.year))
        return INT64_MIN;
    if (month->first_day + numbers[count - 1] - 1 > month->last_day)
        return INT64_MIN;
    return month->first_day + numbers[count - 1] - 1;
}

/* ---- bands -------------------------------------------------------------------------------------------------------------------------- */

static bool starts (const char *text, const char *with)
{
    return strncmp (text, with, strlen (with)) == 0;
}

/* "18:00", "18時", "8時半", "26:00" from *at; -1: none. */
static int time_of (const char **at)
{
    bool next_day = false;
    long hour, minute = 0;

    while (**at && !isdigit ((unsigned char) **at)) {
        next_day = next_day || starts (*at, "翌");
        (*at)++;
    }
    if (!**at)
        return -1;
    hour = strtol (*at, (char **) at, 10);
    if (**at == ':' && isdigit ((unsigned char) (*at)[1])) {
        minute = strtol (*at + 1, (char **) at, 10);
    } else if (starts (*at, "時")) {
        *at += strlen ("時");
        if (starts (*at, "半"))
            minute = HOUR_MINUTES / 2;
        else if (isdigit ((unsigned char) **at))
            minute = strtol (*at, (char **) at, 10);
    }
    hour += next_day ? 24 : 0;
    return hour > HOUR_MOST || minute >= HOUR_MINUTES ? -1 : (int) (hour * HOUR_MINUTES + minute);
}

static bool is_band (const char *text)
{
    return starts (text, "終日") || (has_digit (text) && (strchr (text, ':') || strstr (text, "時")));
}

static bool band_of (const char *from_text, const char *to_text, int *ret_from, int *ret_to)
{
    const char *at = from_text;

    if (starts (from_text, "終日")) {
        *ret_from = 0;
        *ret_to = DAY_MINUTES;
        return true;
    }
    *ret_from = time_of (&at);
    *ret_to = to_text ? time_of (&to_text) : time_of (&at);
    if (*ret_to >= 0 && *ret_to <= *ret_from)
        *ret_to += DAY_MINUTES;
    return *ret_from >= 0 && *ret_from < DAY_MINUTES && *ret_to > *ret_from && *ret_to <= 2 * DAY_MINUTES;
}

/* ---- names -------------------------------------------------------------------------------------------------------------------------- */

static const char *bare_name (struct arena *arena, const char *name)
{
    static const char *const titles[] = { "先生", "医師", "Dr.", "Dr" };
    char *text = arena_text (arena, name);

    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        size_t size = strlen (text), title = strlen (titles[i]);

        if (size > title && strcmp (text + size - title, titles[i]) == 0)
            text[size - title] = '\0';
    }
    return text_fold (arena, text);
}

static bool is_nobody (const char *name)
{
    return !*name || strcmp (name, "なし") == 0 || strcmp (name, "空き") == 0 || strcmp (name, "-") == 0 || strcmp (name, "ー") == 0;
}

/* Whole names first, of members first; then how a member's name begins. */
static const struct table_person *find (struct reading *r, const char *name, size_t *ret_count)
{
    const char *wanted = bare_name (r->arena, name);
    const struct table_person *found = NULL;

    for (int way = 0; way < 3 && !found; way++) {
        *ret_count = 0;
        for (size_t i = 0; i < r->people->count; i++) {
            const struct table_person *person = &r->people->items[i];
            const char *known = text_fold (r->arena, person->name);
            bool fits = way == 2 ? person->member && starts (known, wanted) : strcmp (known, wanted) == 0 && (way == 1 || person->member);

            if (!fits || (found && strcmp (found->person_id, person->person_id) == 0))
                continue;
            found = person;
            (*ret_count)++;
        }
    }
    return *wanted ? found : NULL;
}

/* ---- lines -------------------------------------------------------------------------------------------------------------------------- */

static void add_line (struct reading *r, int64_t from, int64_t to, const char *name)
{
    struct table_read *read = &r->read;
    size_t count = 0;
    const struct table_person *person = find (r, name, &count);

    if (!person || count != 1) {
        problem (r, arena_print (r->arena, person ? "「%s」に当たる方が複数います。姓名で書いてください" : "「%s」さんが見つかりません", name));
        return;
    }
    for (size_t i = 0; i < read->count; i++)
        if (read->lines[i].from < to && from < read->lines[i].to) {
            problem (r, arena_print (r->arena, "%lld行目と時間が重なっています", (long long) read->lines[i].line));
            return;
        }
    if (read->count == TABLE_LINES_MOST) {
        problem (r, "行が多すぎます（400行まで）");
        return;
    }
    read->offices[read->count] = person->office_id;
    read->lines[read->count++] = (struct table_line) { .line = r->line, .from = from, .to = to, .person_id = person->person_id,
                                                       .name = person->name, .office = person->office };
}

static void read_shift (struct reading *r, const struct cells *cells)
{
    int from = r->rule->from_minute, to = r->rule->to_minute;
    size_t at = 1;

    if (cells->count > 2 && is_band (cells->items[1])) {
        bool ends_apart = cells->count > 3 && is_band (cells->items[2]);

        if (!band_of (cells->items[1], ends_apart ? cells->items[2] : NULL, &from, &to)) {
            problem (r, arena_print (r->arena, "時間帯「%s」が読めません", cells->items[1]));
            return;
        }
        at = ends_apart ? 3 : 2;
    } else if (cells->count > 2 && !*cells->items[1]) {
        at = 2;
    } else if (cells->count > 2 && has_digit (cells->items[1])) {
        problem (r, arena_print (r->arena, "時間帯「%s」が読めません", cells->items[1]));
        return;
    }
    if (at < cells->count && !is_nobody (cells->items[at]))
        add_line (r, tokyo_instant (r->day, from), tokyo_instant (r->day, to), cells->items[at]);
}

static void read_line (struct reading *r, const char *text)
{
    struct cells cells = cells_of (r->arena, text);

    if (cells.count == 0 || (r->line == 1 && !has_digit (text)))
        return;
    if (*cells.items[0])
        r->day = date_of (r->month, cells.items[0]);
    if (r->day == INT64_MIN)
        problem (r, *cells.items[0] ? arena_print (r->arena, "日付「%s」がこの月の日付として読めません", cells.items[0]) : "日付がありません");
    else
        read_shift (r, &cells);
}

struct table_read duty_table_read (struct arena *arena, const char *text, const struct month *month, const struct rotation_rule *rule,
                                   const struct table_people *people)
{
    struct reading r = { .arena = arena, .month = month, .rule = rule, .people = people, .day = INT64_MIN };
    char *narrow = text_narrow (arena, text), *next = narrow;

    r.read.lines = arena_alloc (arena, TABLE_LINES_MOST * sizeof *r.read.lines);
    r.read.offices = arena_alloc (arena, TABLE_LINES_MOST * sizeof *r.read.offices);
    r.read.problems = arena_alloc (arena, TABLE_PROBLEMS_MOST * sizeof *r.read.problems);
    if (starts (next, "\xef\xbb\xbf"))
        next += 3;
    while (*next) {
        size_t size = strcspn (next, "\r\n");
        char end = next[size];

        next[size] = '\0';
        r.line++;
        read_line (&r, next);
        next += size + (end != '\0');
        if (end == '\r' && *next == '\n')
            next++;
    }
    return r.read;
}

struct rotation_rule duty_table_rule (struct arena *arena, const struct rotation_rule *rule, const struct month *month,
                                      const struct table_read *read)
{
    struct duty_change *changes = arena_alloc (arena, (rule->change_count + read->count + 1) * sizeof *changes);
    struct table_days *tables = arena_alloc (arena, (rule->table_count + 1) * sizeof *tables);
    struct rotation_rule with = *rule;

    with.change_count = 0;
    for (size_t i = 0; i < rule->change_count; i++) {
        int64_t day = tokyo_of (rule->changes[i].from).day_number;

        if (rule->changes[i].kind != DUTY_CHANGE_KIND_TABLE || day < month->first_day || day > month->last_day)
            changes[with.change_count++] = rule->changes[i];
    }
    for (size_t i = 0; i < read->count; i++)
        changes[with.change_count++] = (struct duty_change) { .change_id = "", .kind = DUTY_CHANGE_KIND_TABLE,
            .rotation_id = rule->rotation_id, .from = read->lines[i].from, .to = read->lines[i].to, .add_id = read->lines[i].person_id,
            .add_office_id = read->offices[i] };
    if (rule->table_count)
        memcpy (tables, rule->tables, rule->table_count * sizeof *tables);
    tables[rule->table_count] = (struct table_days) { month->first_day, month->last_day };
    with.table_count = rule->table_count + 1;
    with.tables = tables;
    with.changes = changes;
    return with;
}
