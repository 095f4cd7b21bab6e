/* import_profile_times.h - columns that say when a facility is open, many at once: "{day}_開店時間帯{slot}_開始時間" is 32 headers.  Pure.
 *
 * In a header {day} stands for 月 火 水 木 金 土 日 祝, {week} for 1-5, {slot} for 1-4.
 */
#ifndef REGISTRY_IMPORT_PROFILE_TIMES_H
#define REGISTRY_IMPORT_PROFILE_TIMES_H

#include "import_profile.h"

/* what: weekly, nth, holiday or note.  False when it is none of them or there are too many columns. */
bool profile_time_open (struct import_profile *profile, struct arena *arena, const char *what, const char *header);
bool profile_time_slot (struct import_profile *profile, struct arena *arena, const char *from, const char *to);

#endif
