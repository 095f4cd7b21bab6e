/* import_hours.c - see import_hours.h. */
#include "import_hours.h"
#include <stdio.h>
#include <string.h>
#include "import_values.h"
#include "json_text.h"
#include "text.h"

enum { DAY_MINUTES = 1440, OPEN = 1, CLOSED = 0, NOTHING = -1, BOTH = 2 };

void hours_nothing (struct hours_said *said)
{
    memset (said, NOTHING, sizeof *said);
    said->note = NULL;
}

int hours_minute (struct arena *arena, const char *cell)
{
    const char *text = text_narrow (arena, cell);
    int next = strncmp (text, "翌", strlen ("翌")) == 0 ? DAY_MINUTES : 0, hour = 0, minute = 0, used = 0;

    text += next ? strlen ("翌") : 0;
    if (sscanf (text, "%2d:%2d%n", &hour, &minute, &used) != 2 || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > DAY_MINUTES)
        return -1;
    text += used;
    return !*text || strcmp (text, ":00") == 0 ? next + hour * 60 + minute : -1;
}

static const char *take_flag (signed char *flag, const char *cell)
{
    int said = strcmp (cell, "1") == 0 ? OPEN : strcmp (cell, "0") == 0 ? CLOSED : NOTHING;

    if (said == NOTHING)
        return "0か1ではありません";
    *flag = (signed char) (*flag == NOTHING || *flag == said ? said : BOTH);
    return NULL;
}

static const char *take_minute (short *minute, struct arena *arena, const char *cell)
{
    *minute = (short) hours_minute (arena, cell);
    return *minute < 0 ? "時刻として読み取れません" : NULL;
}

const char *hours_take (struct hours_said *said, const struct profile_time *time, struct arena *arena, const char *cell)
{
    int slot = time->slot ? time->slot : 1;

    if (!*cell)
        return NULL;
    switch (time->what) {
    case TIME_WEEKLY:
        return take_flag (&said->weekly[time->day], text_narrow (arena, cell));
    case TIME_NTH:
        return time->day < HOURS_DAYS ? take_flag (&said->nth[time->day][time->week], text_narrow (arena, cell)) : NULL;
    case TIME_HOLIDAY:
        return take_flag (&said->weekly[HOURS_DAYS], text_narrow (arena, cell));
    case TIME_NOTE:
        said->note = value_long (arena, cell).text;
        return NULL;
    case TIME_FROM:
        return take_minute (&said->from[time->day][slot], arena, cell);
    case TIME_TO:
        return take_minute (&said->to[time->day][slot], arena, cell);
    }
    return NULL;
}

/* 1-8 for the day a text begins with, 0 when it is none. */
static int day_at (const char *text)
{
    static const char *const days[] = { "月", "火", "水", "木", "金", "土", "日", "祝" };

    for (int i = 0; i < HOURS_DAYS; i++)
        if (strncmp (text, days[i], strlen (days[i])) == 0)
            return i + 1;
    return 0;
}

static size_t length_of (const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strncmp (text, *words, strlen (*words)) == 0)
            return strlen (*words);
    return 0;
}

/* Marks days of the text; false when something else stands there. */
static bool mark_days (const char *text, bool open[HOURS_DAYS + 1])
{
    static const char *const between[] = { "曜日", "曜", "・", "、", ",", ";", "/", " ", "日", NULL };
    static const char *const until[] = { "~", "〜", "-", "から", NULL };
    int last = 0, day;

    while (*text) {
        size_t skip = last ? length_of (text, between) : 0, range = last ? length_of (text, until) : 0;

        if (skip && (strncmp (text, "日", 3) != 0 || last == HOURS_DAYS)) {
            text += skip;
        } else if (range && (day = day_at (text + range)) >= last) {
            for (; last <= day; last++)
                open[last] = true;
            text += range + 3;
            last = day;
        } else if ((day = day_at (text)) > 0) {
            open[last = day] = true;
            text += 3;
        } else
            return false;
    }
    return last > 0;
}

static bool days_of (const char *text, bool open[HOURS_DAYS + 1])
{
    static const struct { const char *word; int until; } known[] = { { "平日", 5 }, { "毎日", 7 }, { "全日", 7 }, { "年中無休", 8 } };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp (known[i].word, text) == 0) {
            for (int day = 1; day <= known[i].until; day++)
                open[day] = true;
            return true;
        }
    return mark_days (text, open);
}

const char *hours_take_days (struct hours_said *said, struct arena *arena, const char *days, const char *opens, const char *closes)
{
    bool open[HOURS_DAYS + 1] = { false };
    int from = opens && *opens ? hours_minute (arena, opens) : -1, to = closes && *closes ? hours_minute (arena, closes) : -1;

    if (!days_of (text_narrow (arena, days), open))
        return "曜日として読み取れません";
    for (int day = 1; day <= HOURS_DAYS; day++)
        if (open[day]) {
            said->weekly[day] = OPEN;
            said->from[day][1] = (short) from;
            said->to[day][1] = (short) to;
        } else if (day < HOURS_DAYS)
            said->weekly[day] = CLOSED;
    return (opens && *opens && from < 0) || (closes && *closes && to < 0) ? "時刻として読み取れません" : NULL;
}

static int weeks_saying (const struct hours_said *said, int day, int what)
{
    int weeks = 0;

    for (int week = 1; week <= HOURS_WEEKS; week++)
        if (said->nth[day][week] == what)
            weeks |= 1 << (week - 1);
    return weeks;
}

static bool has_times (const struct hours_said *said, int day)
{
    for (int band = 1; band <= HOURS_BANDS; band++)
        if (said->from[day][band] >= 0 && said->to[day][band] >= 0 && said->from[day][band] + said->to[day][band] > 0)
            return true;
    return false;
}

/* The weeks a day is open in; 0 closed, -1 nothing is known. */
static int weeks_open (const struct hours_said *said, int day)
{
    int open = weeks_saying (said, day, OPEN), closed = weeks_saying (said, day, CLOSED);

    if (said->weekly[day] == CLOSED)
        return open == HOURS_EVERY_WEEK ? 0 : open;
    if (said->weekly[day] == OPEN || (said->weekly[day] == NOTHING && has_times (said, day)))
        return HOURS_EVERY_WEEK & ~closed;
    if (said->weekly[day] == NOTHING && (open || closed == HOURS_EVERY_WEEK))
        return open;
    return -1;
}

static void add_slot (struct hours_read *ret, int day, int weeks, int from, int to)
{
    if (to < from)
        to += DAY_MINUTES;
    if (from == to && from)
        ret->doubt = "開始と終了の時刻が同じです";
    else
        ret->slots[ret->count++] = (struct opening_slot) { day, weeks, from, to };
}

static void read_day (const struct hours_said *said, int day, struct hours_read *ret)
{
    int weeks = weeks_open (said, day), before = ret->count;

    if (said->weekly[day] == BOTH)
        ret->doubt = "開いている曜日と休みの曜日が食い違っています";
    if (weeks <= 0) {
        ret->closed |= weeks == 0 ? 1 << (day - 1) : 0;
        if (weeks == 0 && has_times (said, day))
            ret->doubt = "休みの曜日に時刻があります";
        return;
    }
    for (int band = 1; band <= HOURS_BANDS; band++) {
        int from = said->from[day][band], to = said->to[day][band];

        if (from >= 0 && to >= 0 && from + to > 0)
            add_slot (ret, day, weeks, from, to);
        else if ((from >= 0) != (to >= 0))
            ret->doubt = "開始と終了の片方だけでは使えません";
    }
    if (ret->count == before)
        add_slot (ret, day, weeks, 0, 0);
}

void hours_read (const struct hours_said *said, struct hours_read *ret)
{
    *ret = (struct hours_read) { .note = said->note };
    for (int day = 1; day <= HOURS_DAYS; day++)
        read_day (said, day, ret);
}

const char *hours_json (const struct hours_read *hours, struct arena *arena)
{
    struct json_text json = { .arena = arena };

    if (hours->count == 0 && !hours->closed && !hours->note)
        return NULL;
    json_put (&json, "{\"slots\":[");
    for (int i = 0; i < hours->count; i++) {
        const struct opening_slot *slot = &hours->slots[i];

        json_put (&json, arena_print (arena, "%s[%d,%d,%d,%d]", i ? "," : "", slot->day, slot->weeks, slot->from, slot->to));
    }
    json_put (&json, arena_print (arena, "],\"closed\":%d", hours->closed));
    if (hours->note)
        json_member (&json, "words", text_cut (arena, hours->note, 400));
    json_put (&json, "}");
    return json.text;
}
