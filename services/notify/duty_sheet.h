/* duty_sheet.h - a month's duty as rows and on paper: the same lines the roster, the calendars and the engine read (N-32).
 *
 * Pure.  Memory: the arena's.  Errors of printing: see paper.h.
 */
#ifndef NOTIFY_DUTY_SHEET_H
#define NOTIFY_DUTY_SHEET_H

#include "duty.h"
#include "paper.h"

struct duty_month { int year, month; int64_t first_day, next_first_day; };      /* day numbers */
bool duty_month_read (const char *text, struct duty_month *ret);                /* "YYYY-MM", 2000 to 2099 */

/* The day a line belongs to: a night belongs to the day it starts. */
int64_t duty_line_day (const struct duty_line *line);

/* The lines of days of the month, of one rotation (NULL: all): rotation by rotation, by start.  At most 2,000. */
void duty_month_lines (struct arena *arena, const struct duty_lines *lines, const struct duty_month *month, const char *rotation_id,
                       struct duty_line_list *ret);

struct duty_sheet_head { const char *municipality; struct duty_month month; int64_t as_of; };
int duty_sheet_print (struct arena *arena, const struct duty_sheet_head *head, const struct duty_line_list *lines, struct bytes *ret,
                      struct error *err);

#endif
