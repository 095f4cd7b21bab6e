/* import_dates.c - see import_dates.h. */
#include "import_dates.h"
#include <stdlib.h>
#include <string.h>
#include "text.h"

/* The first year of an era is the year behind it, plus one.  Longer names first: 明治 is more than 明. */
static const struct { const char *name; int before; } eras[] = {
    { "令和", 2018 }, { "平成", 1988 }, { "昭和", 1925 }, { "大正", 1911 }, { "明治", 1867 }, { "令", 2018 }, { "平", 1988 }, { "昭", 1925 },
    { "大", 1911 }, { "明", 1867 }, { "R", 2018 }, { "H", 1988 }, { "S", 1925 }, { "T", 1911 }, { "M", 1867 },
};

static const char *skip (const char *at, const char *one, const char *other)
{
    at += strspn (at, " ");
    if (strncmp (at, one, strlen (one)) == 0)
        at += strlen (one);
    else if (*at && strchr (other, *at))
        at++;
    else
        return NULL;
    return at + strspn (at, " ");
}

/* 元 is 1; 0 when no number stands there. */
static int number_at (const char **at)
{
    int number = 0;

    *at += strspn (*at, " ");
    if (strncmp (*at, "元", strlen ("元")) == 0) {
        *at += strlen ("元");
        return 1;
    }
    for (int digits = 0; **at >= '0' && **at <= '9' && digits < 4; digits++)
        number = number * 10 + *(*at)++ - '0';
    return number;
}

static int year_at (const char **at)
{
    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++)
        if (strncmp (*at, eras[i].name, strlen (eras[i].name)) == 0) {
            int year;

            *at += strlen (eras[i].name);
            year = number_at (at);
            return year > 0 && year < 100 ? eras[i].before + year : 0;
        }
    return number_at (at);
}

static int days_of (int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && year % 4 == 0 && (year % 100 || year % 400 == 0) ? 29 : days[month - 1];
}

const char *import_date (struct arena *arena, const char *narrow, const char **ret_rest)
{
    const char *at = narrow + strspn (narrow, " ");
    int year = year_at (&at), month, day;

    if (year < 1868 || year > 2199 || !(at = skip (at, "年", "./-")))
        return NULL;
    month = number_at (&at);
    if (month < 1 || month > 12 || !(at = skip (at, "月", "./-")))
        return NULL;
    day = number_at (&at);
    if (day < 1 || day > days_of (year, month))
        return NULL;
    if (strncmp (at, "日", strlen ("日")) == 0)
        at += strlen ("日");
    *ret_rest = at + strspn (at, " ");
    return arena_print (arena, "%04d-%02d-%02d", year, month, day);
}

bool import_period (struct arena *arena, const char *cell, const char **ret_from, const char **ret_until)
{
    static const char *const marks[] = { "~", "〜", "-", "から" };
    const char *at = text_narrow (arena, cell);

    *ret_until = NULL;
    *ret_from = import_date (arena, at, &at);
    if (!*ret_from)
        return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp (at, marks[i], strlen (marks[i])) == 0) {
            at += strlen (marks[i]);
            if (!at[strspn (at, " ")])
                return true;
            *ret_until = import_date (arena, at, &at);
            return *ret_until && strcmp (*ret_from, *ret_until) <= 0;
        }
    return !*at;
}
