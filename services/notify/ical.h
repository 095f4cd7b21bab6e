/* ical.h - duty as a calendar that other programs read (iCalendar, RFC 5545), and what has changed since they last could.
 *
 * Strict: CRLF, lines of at most 75 octets folded between characters, text escaped, times in UTC, UIDs that stay (RFC 7986 §5.3), a
 * SEQUENCE that grows with every change, STATUS:CANCELLED for a shift that is no more until its end has passed.  No METHOD: that would make
 * it a message of iTIP.  A calendar without a shift holds a time zone, because it must hold something.
 *
 * Pure: no clock, no I/O.  Times µs.  Memory: the arena's; texts may point into the input.  Limits: a text of 480 KiB, about 1,400
 * events (what does not fit is far ahead and left out); summaries are cut at 200 bytes.
 */
#ifndef NOTIFY_ICAL_H
#define NOTIFY_ICAL_H

#include <stdbool.h>
#include <stdint.h>
#include "arena.h"
#include "codec.h"

enum { ICAL_TEXT_MOST = 480 * 1024, ICAL_PAST_DAYS = 30, ICAL_AHEAD_DAYS = 200 };

struct ical_event {
    const char *uid;                        /* uuid */
    int64_t from, to, changed_at;
    const char *summary;
    int64_t sequence;
    bool cancelled;
    bool fresh;                             /* differs from what is stored */
};
struct ical_events { struct ical_event *items; size_t count; };

/* The stored events, brought to what is now.  shifts: uid, from, to, summary; each uid once.  Stored events that ended before `since` are
 * left out (and are to be deleted); those that are not among the shifts are cancelled.  By start, then uid. */
struct ical_events ical_merge (struct arena *arena, const struct ical_events *stored, const struct ical_events *shifts, int64_t since,
                               int64_t now);

struct bytes ical_text (struct arena *arena, const char *name, const struct ical_events *events);

#endif
