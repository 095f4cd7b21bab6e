/* duty_sheet.c - see duty_sheet.h. */
#include "duty_sheet.h"
#include "calendar.h"
#include "clock.h"
#include "words.h"

enum { LINES_MOST = 2000, ACROSS_MOST = 5, ROTATIONS_MOST = 400, DAYS_MOST = 31 };

bool duty_month_read (const char *text, struct duty_month *ret)
{
    int year, month, used = 0;

    if (strlen (text) != 7 || sscanf (text, "%4d-%2d%n", &year, &month, &used) != 2 || used != 7 || text[strspn (text, "0123456789-")]
        || year < 2000 || year > 2099 || month < 1 || month > 12)
        return false;
    *ret = (struct duty_month) { year, month, day_number_of (year, month, 1),
                                 day_number_of (month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) };
    return true;
}

int64_t duty_line_day (const struct duty_line *line)
{
    return line->day ? day_number_of_text (line->day) : tokyo_of (line->from).day_number;
}

static int by_rotation_and_start (const void *a, const void *b)
{
    const struct duty_line *one = a, *other = b;
    int order = strcmp (one->rotation, other->rotation);

    if (order == 0)
        order = strcmp (one->rotation_id, other->rotation_id);
    return order ? order : one->from < other->from ? -1 : one->from > other->from;
}

void duty_month_lines (struct arena *arena, const struct duty_lines *lines, const struct duty_month *month, const char *rotation_id,
                       struct duty_line_list *ret)
{
    struct duty_line *items = arena_alloc (arena, (lines->count + 1) * sizeof *items);

    ret->count = 0;
    for (size_t i = 0; i < lines->count && ret->count < LINES_MOST; i++) {
        const struct duty_line *line = &lines->items[i];
        int64_t day = duty_line_day (line);

        if (day >= month->first_day && day < month->next_first_day && (!rotation_id || strcmp (line->rotation_id, rotation_id) == 0))
            items[ret->count++] = *line;
    }
    qsort (items, ret->count, sizeof *items, by_rotation_and_start);
    ret->items = items;
}

/* ---- on paper --------------------------------------------------------------------------------------------------------------------- */

struct across { size_t first[ROTATIONS_MOST + 1]; size_t count; };     /* where each rotation's lines begin */

static struct across rotations_of (const struct duty_line_list *lines)
{
    struct across across = { .count = 0 };

    for (size_t i = 0; i < lines->count && across.count < ROTATIONS_MOST; i++)
        if (i == 0 || strcmp (lines->items[i].rotation_id, lines->items[i - 1].rotation_id) != 0)
            across.first[across.count++] = i;
    across.first[across.count] = lines->count;
    return across;
}

static const char *clock_text (struct arena *arena, int64_t day, int64_t at, bool ends)
{
    int64_t minute = (at - tokyo_instant (day, 0)) / (60 * (int64_t) SECOND_US);

    if (minute == 1440 && ends)
        return "24:00";
    return arena_print (arena, "%s%d:%02d", minute >= 1440 ? "翌" : "", (int) (minute / 60 % 24), (int) (minute % 60));
}

/* "18:00–翌8:30 見本 太郎" for every shift of that day. */
static const char *cell_text (struct arena *arena, const struct duty_line_list *lines, size_t from, size_t to, int64_t day)
{
    const char *text = "";

    for (size_t i = from; i < to; i++) {
        const struct duty_line *line = &lines->items[i];

        if (duty_line_day (line) == day)
            text = arena_print (arena, "%s%s%s–%s %s", text, *text ? "\n" : "", clock_text (arena, day, line->from, false),
                                clock_text (arena, day, line->to, true), line->name ? line->name : "【空き】");
    }
    return text;
}

/* A local closure is known from the lines. */
static enum day_class class_of (const struct duty_line_list *lines, int64_t day)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->items[i].day_class == DAY_CLASS_LOCAL && duty_line_day (&lines->items[i]) == day)
            return DAY_CLASS_LOCAL;
    return calendar_class (day);
}

static bool is_day_off (enum day_class class)
{
    return class != DAY_CLASS_WEEKDAY && class != DAY_CLASS_SATURDAY;
}

static void put_day (struct paper *paper, const struct duty_line_list *lines, const struct across *across, size_t begin, size_t count,
                     int64_t day)
{
    const char **cells = arena_alloc (paper->arena, PAPER_COLUMNS_MAX * sizeof *cells);
    struct tokyo at = tokyo_of (tokyo_instant (day, 0));
    enum day_class class = class_of (lines, day);

    cells[0] = arena_print (paper->arena, "%d日（%s）%s%s", at.day, calendar_weekday_ja (at.weekday),
                            class == DAY_CLASS_NATIONAL || class >= DAY_CLASS_YEAREND ? " " : "",
                            class == DAY_CLASS_NATIONAL || class >= DAY_CLASS_YEAREND ? words_of (&day_class_type, (int) class) : "");
    for (size_t i = 0; i < count; i++)
        cells[i + 1] = cell_text (paper->arena, lines, across->first[begin + i], across->first[begin + i + 1], day);
    paper_row (paper, is_day_off (class) ? PAPER_SHADED : PAPER_PLAIN, cells);
}

static void put_rotations (struct paper *paper, const struct duty_sheet_head *head, const struct duty_line_list *lines,
                           const struct across *across, size_t begin, size_t count)
{
    struct paper_column *columns = arena_alloc (paper->arena, (count + 1) * sizeof *columns);

    columns[0] = (struct paper_column) { .title = "日", .share = 1.3 };
    for (size_t i = 0; i < count; i++)
        columns[i + 1] = (struct paper_column) { .title = lines->items[across->first[begin + i]].rotation, .share = 3 };
    paper_table (paper, columns, count + 1);
    for (int64_t day = head->month.first_day; day < head->month.next_first_day; day++)
        put_day (paper, lines, across, begin, count, day);
}

static bool is_listed (const struct duty_line_list *lines, size_t before, const struct duty_line *line)
{
    for (size_t i = 0; i < before; i++)
        if (lines->items[i].person_id && strcmp (lines->items[i].person_id, line->person_id) == 0)
            return true;
    return false;
}

static void put_telephones (struct paper *paper, const struct duty_line_list *lines)
{
    static const struct paper_column columns[] = { { .title = "氏名", .share = 2 }, { .title = "所属", .share = 4 },
                                                   { .title = "電話", .share = 2 } };

    paper_heading (paper, 3, "連絡先");
    paper_table (paper, columns, 3);
    for (size_t i = 0; i < lines->count; i++) {
        const struct duty_line *line = &lines->items[i];
        const char **cells;

        if (!line->person_id || is_listed (lines, i, line))
            continue;
        cells = arena_alloc (paper->arena, PAPER_COLUMNS_MAX * sizeof *cells);
        cells[0] = line->name;
        cells[1] = line->office;
        cells[2] = line->phone;
        paper_row (paper, PAPER_PLAIN, cells);
    }
}

int duty_sheet_print (struct arena *arena, const struct duty_sheet_head *head, const struct duty_line_list *lines, struct bytes *ret,
                      struct error *err)
{
    struct across across = rotations_of (lines);
    const char *title = arena_print (arena, "%s 往診当番表 %d年%d月", head->municipality, head->month.year, head->month.month);
    struct paper paper = { .arena = arena, .title = title, .owner = head->municipality, .issued_at = head->as_of,
                           .landscape = across.count > 2 };

    paper_heading (&paper, 1, title);
    paper_small (&paper, "発行した時点の当番です。その後の代診・交代は当番の画面で確認してください。夜の当番は、始まる日の行に書かれています。");
    if (across.count == 0)
        paper_text (&paper, "この月の当番は登録されていません。");
    for (size_t i = 0; i < across.count; i += ACROSS_MOST)
        put_rotations (&paper, head, lines, &across, i, across.count - i < ACROSS_MOST ? across.count - i : ACROSS_MOST);
    if (across.count)
        put_telephones (&paper, lines);
    return paper_print (&paper, ret, NULL, err);
}
