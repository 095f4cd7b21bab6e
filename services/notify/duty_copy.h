/* duty_copy.h - this process's last copy of the duty table and of the last resorts, for the time the database is away.
 *
 * Made every ten seconds and after changes by job_duty_copy.c, in the process that holds that job's lease; another process has none and says so.  Holds the
 * spans of the coming days, not "who is on duty": an answer is made for the present, reckoned by the monotonic clock from the time of the
 * copy.  Professionals and desks only, nothing of a patient.  Limits: COPY_DAYS ahead, then it is worth nothing; a few hundred KiB.
 * Threads: one mutex.
 */
#ifndef NOTIFY_DUTY_COPY_H
#define NOTIFY_DUTY_COPY_H

#include "duty.h"

struct duty_copy;

enum { COPY_DAYS = DUTY_MOST_DAYS + 2 };

struct duty_copy *duty_copy_open (void);
void duty_copy_close (struct duty_copy **copy);

/* Replaces the copy by what was true at `now` (µs, decision time); everything is copied. */
void duty_copy_put (struct duty_copy *copy, int64_t now, const struct duty_lines *lines, const struct desk_line_list *desks);

/* The answer from the copy, stale, as of the time of the copy.  false: there is none, or it has run out. copy NULL: there is none. */
bool duty_copy_answer (struct duty_copy *copy, const struct duty_now *message, struct arena *arena, struct duty_now_answer *answer);

/* A municipality's last resort; false when the copy does not know it. */
bool duty_copy_desk (struct duty_copy *copy, const char *municipality, struct arena *arena, struct desk_line *ret);

#endif
