/* night_rules.c - see night_rules.h. */
#include "night_rules.h"
#include "calendar.h"
#include "clock.h"

enum { MORNING = 7 * 60 + 30, NOON = 12 * 60, READING_MINUTES = 120 };

bool night_holds (uint64_t bands, const struct night_calendar *calendar, int64_t instant)
{
    struct tokyo now = tokyo_of (instant);
    uint64_t holds = night_whole_day (calendar, now.day_number);

    if (now.minute >= NIGHT_EVENING || now.minute < NIGHT_MORNING)
        holds |= 1u << (NIGHT_BAND_NIGHT - 1);
    return (bands & holds) != 0;
}

const char *night_office (const struct night_entrusted *entrusted, size_t count, const struct night_calendar *calendar, int64_t instant)
{
    for (size_t i = 0; i < count; i++)
        if (entrusted[i].from <= instant && instant < entrusted[i].until && night_holds (entrusted[i].bands, calendar, instant))
            return entrusted[i].office_id;
    return NULL;
}

int64_t night_letter_at (int64_t reported_at)
{
    struct tokyo at = tokyo_of (reported_at);

    if (at.minute >= MORNING && at.minute < NOON)
        return reported_at;
    return tokyo_instant (at.day_number + (at.minute >= NOON), MORNING);
}

static int64_t working_day (int64_t day)
{
    while (calendar_class (day) != DAY_CLASS_WEEKDAY)
        day++;
    return day;
}

int64_t night_read_by (int64_t letter_at, int hour)
{
    int64_t due = tokyo_instant (working_day (tokyo_of (letter_at).day_number), hour * 60);
    int64_t least = letter_at + READING_MINUTES * 60 * (int64_t) SECOND_US;

    return due > least ? due : least;
}

int64_t night_again_at (int64_t now, int hour)
{
    return tokyo_instant (working_day (tokyo_of (now).day_number + 1), hour * 60);
}

const char *night_letter_subject (void)
{
    return "【連携】夜間往診の報告が届いています";
}

const char *night_letter_text (struct arena *arena, int64_t reports)
{
    return arena_print (arena, "夜間・休日の往診の報告が%lld件届いています。\n\n連携の「今日」の画面で読み、「読みました」を押してください。\n"
                               "お読みいただけないときは、副主治医と診療所、訪問した事業所へお知らせします。\n",
                        (long long) reports);
}

const char *night_unread_subject (void)
{
    return "【連携】夜間往診の報告がまだ読まれていません";
}

const char *night_unread_text (struct arena *arena, int64_t reports)
{
    return arena_print (arena, "夜間・休日の往診の報告のうち%lld件が、主治医・副主治医にまだ読まれていません。\n\n"
                               "主治医・副主治医の方は連携の「今日」の画面でお読みください。それ以外の方は、主治医へ電話などでお伝えください。\n",
                        (long long) reports);
}
