#include "night_calendar.h"

static uint64_t bit (enum night_band band)
{
    return 1ull << (band - 1);
}

const struct closure *night_closure (const struct night_calendar *calendar, int64_t day_number)
{
    return calendar_closure (&calendar->closures, calendar->area, calendar->office_id, day_number);
}

uint64_t night_whole_day (const struct night_calendar *calendar, int64_t day_number)
{
    enum day_class class = calendar_class (day_number);
    uint64_t bands = bit (NIGHT_BAND_ALWAYS);

    if (class == DAY_CLASS_SATURDAY)
        bands |= bit (NIGHT_BAND_SATURDAY);
    else if (class != DAY_CLASS_WEEKDAY)
        bands |= bit (NIGHT_BAND_HOLIDAY);
    if (night_closure (calendar, day_number))
        bands |= bit (NIGHT_BAND_HOLIDAY);
    return bands;
}
