/* Whom an emergency calls outside the own hours, and which telephone rings instead (practice.md "Care manager"): weekdays, holidays, 12/29-1/3. */
#include "clock.h"
#include "informed.h"
#include "tap.h"

#define SET(class) (1u << ((class) - 1))
static struct arena arena;
static const struct closure town_closed = { .area = "011002", .first_day = 20640, .last_day = 20640 };         /* 2026-07-06, a Monday */
static const struct closures closures = { &town_closed, 1 };
static const struct phone_calendar calendar = { &closures, "011002" };

static const struct phone_band working[] = { { SET (DAY_CLASS_WEEKDAY), 540, 1080 } };
static const struct phone_band always_closed[] = { { SET (DAY_CLASS_SATURDAY) | SET (DAY_CLASS_SUNDAY) | SET (DAY_CLASS_NATIONAL) | SET (DAY_CLASS_YEAREND)
                                                     | SET (DAY_CLASS_NEWYEAR), 0, 1440 } };
static const struct phone_line own = { "m", "-", working, 1 };
static const struct phone_line lines[] = { { "O", "closed days", always_closed, 1 }, { "O", "other", NULL, 0 } };

static int64_t at (int year, int month, int day, int hour)
{
    return tokyo_instant (day_number_of (year, month, day), hour * 60);
}

/* "m calls" or "m silent", and what rings. */
static const char *told (struct informed one, int64_t now)
{
    struct informed both[2] = { one, one };
    const struct informed_list list = { both, 2 };
    struct text_list silent;
    struct phone_lines rings;

    both[1].person_id = "n";
    silent = informed_silent (&arena, &list, &calendar, now);
    rings = informed_lines (&arena, &list, &calendar, now);
    return arena_print (&arena, "%zu silent, %s%s", silent.count, rings.count ? rings.items[0].number : "nothing", rings.count > 1 ? " and more" : "");
}

int main (void)
{
    struct informed one = { .person_id = "m", .office_id = "O", .manages = true, .hours = { &own, 1 }, .lines = { lines, 2 } };

    is (told (one, at (2026, 7, 3, 10)), "0 silent, nothing", "within the own hours both are called, no office rings");
    is (told (one, at (2026, 7, 3, 18)), "2 silent, other", "Care manager: outside them neither; the office's line rings, once");
    is (told (one, at (2026, 7, 4, 10)), "2 silent, closed days", "on Saturday by day, too, by the telephone of that day");
    is (told (one, at (2026, 7, 20, 10)), "2 silent, closed days", "on a holiday that is a Monday");
    is (told (one, at (2026, 12, 29, 10)), "2 silent, closed days", "on 12/29, a Tuesday");
    is (told (one, at (2027, 1, 3, 10)), "2 silent, closed days", "...to 1/3");
    is (told (one, at (2027, 1, 4, 10)), "0 silent, nothing", "...not on 1/4");
    is (told (one, at (2026, 7, 6, 10)), "2 silent, other", "on a day on which the town is closed");
    one.on_call = true;
    is (told (one, at (2026, 7, 4, 10)), "0 silent, nothing", "who wants to be called is, and the office is left alone");
    one.on_call = false, one.manages = false;
    is (told (one, at (2026, 7, 4, 10)), "2 silent, nothing", "only a care manager's office rings");
    one.manages = true, one.lines.count = 1;
    is (told (one, at (2026, 7, 3, 18)), "2 silent, nothing", "...and not when nobody answers there");
    one.lines.count = 2, one.hours.count = 0;
    is (told (one, at (2026, 7, 3, 18)), "0 silent, nothing", "without own hours what is not quiet is one's own");
    one.quiet = true;
    is (told (one, at (2026, 7, 3, 22)), "0 silent, other", "...in quiet hours the preference holds calls back, and the office rings");
    arena_done (&arena);
    return done ();
}
