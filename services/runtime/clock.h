/* clock.h - decision time comes from the database (request->now); here is the rest.
 *
 * Japan has kept UTC+9 without summer time since 1952; rules in Asia/Tokyo use tokyo_* on instants after that.
 * Times are µs since 1970 UTC.
 */
#ifndef RUNTIME_CLOCK_H
#define RUNTIME_CLOCK_H

#include <stdint.h>

enum { SECOND_US = 1000000 };

int64_t clock_real_us (void);           /* CLOCK_REALTIME: only for TOTP, UUIDs and logs */
int64_t clock_monotonic_us (void);      /* for intervals */

struct tokyo {
    int year, month, day, weekday /* 1 Monday … 7 Sunday */, minute /* of the day */;
    int64_t day_number /* since 1970-01-01 */;
};
struct tokyo tokyo_of (int64_t us);
int64_t tokyo_instant (int64_t day_number, int minute);             /* minute may exceed 1439: "26:00" */
int64_t day_number_of (int year, int month, int day);               /* proleptic Gregorian */
int64_t day_number_of_text (const char *date);                      /* "YYYY-MM-DD"; INT64_MIN when not a date */
void day_number_text (int64_t day_number, char ret[11]);

#endif
