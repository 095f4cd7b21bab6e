/* today.h - the date in Japan at an instant, as text "YYYY-MM-DD". */
#ifndef SHARING_TODAY_H
#define SHARING_TODAY_H

#include "clock.h"

enum { DATE_TEXT = 11 };

static inline void today_text (int64_t now, char ret[DATE_TEXT])
{
    day_number_text (tokyo_of (now).day_number, ret);
}

#endif
