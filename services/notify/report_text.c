/* report_text.c - see report_text.h. */
#include "report_text.h"
#include "clock.h"
#include "duty_sheet.h"
#include "words.h"

enum { DAYS_AHEAD = 7 };

static const char *date_words (struct arena *arena, int64_t day)
{
    const char *text = words_time (arena, tokyo_instant (day, 0));     /* "11月22日（日）0:00" */

    return arena_copy (arena, text, strlen (text) - strlen ("0:00"));
}

static const char *hour_words (struct arena *arena, int64_t day, int64_t at)
{
    struct tokyo t = tokyo_of (at);

    return arena_print (arena, "%s%d:%02d", t.day_number > day ? "翌" : t.day_number < day ? "前日" : "", t.minute / 60, t.minute % 60);
}

/* ---- the day ---------------------------------------------------------------------------------------------------------------------- */

struct letter_text { struct arena *arena; const struct daily_facts *facts; const char *text; size_t lines, left_out; };

static bool is_own (const struct letter_text *letter, const struct duty_line *line)
{
    return line->office && letter->facts->office && strcmp (line->office, letter->facts->office) == 0;
}

static void add_line (struct letter_text *letter, const struct duty_line *line, int64_t day)
{
    bool own = is_own (letter, line);

    if (letter->lines >= REPORT_LINES_MOST && !own) {
        letter->left_out++;
        return;
    }
    letter->lines++;
    letter->text = arena_print (letter->arena, "%s%s %s–%s %s %s%s%s%s%s%s\n", letter->text, own ? "★" : "・",
                                hour_words (letter->arena, day, line->from), hour_words (letter->arena, day, line->to), line->rotation,
                                line->person_id ? line->name : "【空き】", line->office ? "（" : "", line->office ? line->office : "",
                                line->office ? "）" : "", line->phone ? " 電話 " : "", line->phone ? line->phone : "");
}

static void add_title (struct letter_text *letter, const char *title)
{
    letter->text = arena_print (letter->arena, "%s\n■ %s\n", letter->text, title);
}

enum part { BY_DAY, BY_NIGHT, ALL };

static void add_part (struct letter_text *letter, const char *title, int64_t day, enum part part)
{
    const struct duty_lines *lines = letter->facts->lines;
    bool any = false;

    add_title (letter, title);
    for (size_t i = 0; i < lines->count; i++) {
        const struct duty_line *line = &lines->items[i];
        bool night = duty_is_night (line->from, line->to), begins = duty_line_day (line) == day;
        bool runs_on = part == BY_DAY && !begins && line->from < letter->facts->now && line->to > letter->facts->now;

        if ((begins && (part == ALL || night == (part == BY_NIGHT))) || runs_on) {
            add_line (letter, line, day);
            any = true;
        }
    }
    if (!any)
        letter->text = arena_print (letter->arena, "%s（当番はありません）\n", letter->text);
}

const char *daily_subject (struct arena *arena, const struct daily_facts *facts)
{
    return arena_print (arena, "【連携】%sの当番 %s", facts->municipality, date_words (arena, tokyo_of (facts->now).day_number));
}

const char *daily_text (struct arena *arena, const struct daily_facts *facts)
{
    int64_t today = tokyo_of (facts->now).day_number;
    struct letter_text letter = { .arena = arena, .facts = facts };

    letter.text = arena_print (arena, "%sの往診当番です（%s現在）。\n", facts->municipality, words_time (arena, facts->now));
    add_part (&letter, "本日", today, BY_DAY);
    add_part (&letter, "今夜", today, BY_NIGHT);
    for (int64_t day = today + 1; day <= today + DAYS_AHEAD; day++)
        add_part (&letter, date_words (arena, day), day, ALL);
    if (letter.left_out)
        letter.text = arena_print (arena, "%s\nほかに%zu件あります。当番の画面で確認してください。\n", letter.text, letter.left_out);
    return arena_print (arena, "%s\n★は貴事業所の当番です。この後の代診・交代は当番の画面で確認してください。\n", letter.text);
}

/* ---- the week --------------------------------------------------------------------------------------------------------------------- */

static const char *rate_words (struct arena *arena, const struct fairness_line *line)
{
    return line->notices ? arena_print (arena, "%lld%%", (long long) (100 * line->read / line->notices)) : "―";
}

static const char *median_words (struct arena *arena, const struct fairness_line *line)
{
    if (!line->has_median_seconds)
        return "";
    return arena_print (arena, "、引受けまで（中央値）%lld分%02lld秒", (long long) (line->median_seconds / 60),
                        (long long) (line->median_seconds % 60));
}

static const char *balance_words (struct arena *arena, const struct fairness_line *line)
{
    int64_t tenths = line->balance_52 < 0 ? -line->balance_52 : line->balance_52;

    if (!line->has_balance_52)
        return "";
    return arena_print (arena, "、52週の均等割との差 %s%lld.%lld回", line->balance_52 < 0 ? "−" : "+", (long long) (tenths / 10),
                        (long long) (tenths % 10));
}

static const char *figures (struct arena *arena, const struct fairness_line *line)
{
    return arena_print (arena, "当番%lld回（夜%lld・休日%lld・年末年始%lld、計%lld時間）、呼出し%lld件、引受け%lld件%s%s、お知らせ%lld件（既読%s）",
                        (long long) line->shifts, (long long) line->nights, (long long) line->holidays, (long long) line->year_end,
                        (long long) line->hours, (long long) line->calls, (long long) line->accepts, median_words (arena, line),
                        balance_words (arena, line), (long long) line->notices, rate_words (arena, line));
}

const char *weekly_subject (struct arena *arena, const struct weekly_facts *facts)
{
    return arena_print (arena, "【連携】今週のまとめ %s", facts->municipality);
}

const char *weekly_text (struct arena *arena, const struct weekly_facts *facts, const struct fairness_line *own, bool per_person)
{
    const struct fairness_line_list *people = &facts->result->people;
    const char *text = arena_print (arena, "%s %sから%sまで\n", facts->municipality, date_words (arena, facts->first_day),
                                    date_words (arena, facts->last_day));

    if (own)
        text = arena_print (arena, "%s\n■ あなた\n%s\n", text, figures (arena, own));
    text = arena_print (arena, "%s\n■ 全体（%zu人）\n%s、お知らせを1日1通にまとめている・止めている方%lld人\n", text, people->count,
                        figures (arena, &facts->result->total), (long long) facts->result->total.muted);
    if (!per_person)
        return text;
    text = arena_print (arena, "%s\n■ 一人ずつ（当番調整の方だけに送っています）\n", text);
    for (size_t i = 0; i < people->count && i < REPORT_LINES_MOST; i++)
        text = arena_print (arena, "%s・%s：%s\n", text, people->items[i].name, figures (arena, &people->items[i]));
    return text;
}
