/* night_rules.c - see night_rules.h. */
#include "night_rules.h"
#include "calendar.h"
#include "clock.h"

enum { MORNING = 7 * 60 + 30, NOON = 12 * 60, READING_MINUTES = 120, EVENING = 18 * 60, EARLY = 8 * 60 + 30 };

bool night_holds (unsigned bands, int64_t instant)
{
    struct tokyo now = tokyo_of (instant);
    enum day_class class = calendar_class (now.day_number);
    unsigned holds = 1u << (NIGHT_BAND_ALWAYS - 1);

    if (now.minute >= EVENING || now.minute < EARLY)
        holds |= 1u << (NIGHT_BAND_NIGHT - 1);
    if (class != DAY_CLASS_WEEKDAY)
        holds |= 1u << ((class == DAY_CLASS_SATURDAY ? NIGHT_BAND_SATURDAY : NIGHT_BAND_HOLIDAY) - 1);
    return (bands & holds) != 0;
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
