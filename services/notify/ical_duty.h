/* ical_duty.h - from lines of duty to the events of somebody's calendar.  Pure; memory: the arena's. */
#ifndef NOTIFY_ICAL_DUTY_H
#define NOTIFY_ICAL_DUTY_H

#include "duty.h"
#include "ical_store.h"

/* Adds the lines that belong into this calendar.  staff: of an office; others none.  A shift keeps its uid while its start (and, but in a
 * rotation's calendar, its person) stays. */
void ical_add_duty (struct arena *arena, const struct ical_address *address, struct text_list staff, const struct duty_lines *lines,
                    struct ical_events *events);
const char *ical_title (struct arena *arena, const struct ical_address *address);

#endif
