/* ical.c - see ical.h. */
#include "ical.h"
#include "clock.h"
#include "words.h"

enum { LINE_OCTETS = 75, SUMMARY_BYTES = 200 };

/* ---- what has changed ------------------------------------------------------------------------------------------------------------- */

static int by_uid (const void *a, const void *b)
{
    return strcmp (((const struct ical_event *) a)->uid, ((const struct ical_event *) b)->uid);
}

static int by_start (const void *a, const void *b)
{
    const struct ical_event *one = a, *other = b;

    return one->from < other->from ? -1 : one->from > other->from ? 1 : strcmp (one->uid, other->uid);
}

static struct ical_event *sorted (struct arena *arena, const struct ical_events *events)
{
    struct ical_event *items = arena_alloc (arena, (events->count + 1) * sizeof *items);

    if (events->count)
        memcpy (items, events->items, events->count * sizeof *items);
    qsort (items, events->count, sizeof *items, by_uid);
    return items;
}

static bool says_the_same (const struct ical_event *stored, const struct ical_event *shift)
{
    return !stored->cancelled && stored->from == shift->from && stored->to == shift->to && strcmp (stored->summary, shift->summary) == 0;
}

static struct ical_event changed (const struct ical_event *stored, const struct ical_event *now_is, bool cancelled, int64_t now)
{
    struct ical_event event = *now_is;

    event.sequence = stored ? stored->sequence + 1 : 0;
    event.changed_at = now;
    event.cancelled = cancelled;
    event.fresh = true;
    return event;
}

struct ical_events ical_merge (struct arena *arena, const struct ical_events *stored, const struct ical_events *shifts, int64_t since,
                               int64_t now)
{
    struct ical_event *old = sorted (arena, stored), *new = sorted (arena, shifts);
    struct ical_events ret = { arena_alloc (arena, (stored->count + shifts->count + 1) * sizeof *ret.items), 0 };
    size_t i = 0, k = 0;

    while (i < stored->count || k < shifts->count) {
        int order = i == stored->count ? 1 : k == shifts->count ? -1 : strcmp (old[i].uid, new[k].uid);
        const struct ical_event *was = order <= 0 ? &old[i++] : NULL, *is = order >= 0 ? &new[k++] : NULL;

        if (is)
            ret.items[ret.count++] = was && says_the_same (was, is) ? *was : changed (was, is, false, now);
        else if (was->to > since)
            ret.items[ret.count++] = was->cancelled ? *was : changed (was, was, true, now);
    }
    qsort (ret.items, ret.count, sizeof *ret.items, by_start);
    return ret;
}

/* ---- the text --------------------------------------------------------------------------------------------------------------------- */

struct sheet { char *text; size_t used, room, line; struct arena *arena; };

static void add (struct sheet *sheet, const char *bytes, size_t size)
{
    if (sheet->room - sheet->used < size + 1) {
        size_t room = 2 * sheet->room + size + 4096;
        char *more = arena_alloc (sheet->arena, room);

        memcpy (more, sheet->text ? sheet->text : "", sheet->used);
        sheet->text = more;
        sheet->room = room;
    }
    memcpy (sheet->text + sheet->used, bytes, size);
    sheet->used += size;
}

static size_t octets_of (const char *character)
{
    unsigned char c = (unsigned char) *character;
    size_t size = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

    return strnlen (character, size);
}

/* One character, or one escape, that is not to be cut. */
static void add_piece (struct sheet *sheet, const char *bytes, size_t size)
{
    if (sheet->line + size > LINE_OCTETS) {
        add (sheet, "\r\n ", 3);
        sheet->line = 1;
    }
    add (sheet, bytes, size);
    sheet->line += size;
}

static void end_line (struct sheet *sheet)
{
    add (sheet, "\r\n", 2);
    sheet->line = 0;
}

static void add_plain (struct sheet *sheet, const char *text)
{
    for (size_t size; *text; text += size) {
        size = octets_of (text);
        add_piece (sheet, text, size);
    }
}

/* TEXT of RFC 5545 §3.3.11. */
static void add_text (struct sheet *sheet, const char *text)
{
    for (size_t size; *text; text += size) {
        size = octets_of (text);
        if (strchr ("\\;,", *text))
            add_piece (sheet, (char[]) { '\\', *text, '\0' }, 2);
        else if (*text == '\n')
            add_piece (sheet, "\\n", 2);
        else if ((unsigned char) *text >= 0x20 && *text != 0x7f)
            add_piece (sheet, text, size);
    }
}

static void put (struct sheet *sheet, const char *line)
{
    add_plain (sheet, line);
    end_line (sheet);
}

static void put_text (struct sheet *sheet, const char *name, const char *text)
{
    add_plain (sheet, name);
    add_text (sheet, text);
    end_line (sheet);
}

static void put_time (struct sheet *sheet, const char *name, int64_t us)
{
    struct tokyo at = tokyo_of (us - 9 * 3600 * (int64_t) SECOND_US);      /* the clock of Greenwich */
    int second = (int) ((us / SECOND_US) % 60);
    char line[80];

    snprintf (line, sizeof line, "%s:%04d%02d%02dT%02d%02d%02dZ", name, at.year, at.month, at.day, at.minute / 60, at.minute % 60, second);
    put (sheet, line);
}

static void put_event (struct sheet *sheet, const struct ical_event *event)
{
    char line[80];

    put (sheet, "BEGIN:VEVENT");
    snprintf (line, sizeof line, "UID:%s", event->uid);
    put (sheet, line);
    put_time (sheet, "DTSTAMP", event->changed_at);
    put_time (sheet, "LAST-MODIFIED", event->changed_at);
    snprintf (line, sizeof line, "SEQUENCE:%lld", (long long) event->sequence);
    put (sheet, line);
    put_time (sheet, "DTSTART", event->from);
    put_time (sheet, "DTEND", event->to);
    put_text (sheet, "SUMMARY:", words_clip (sheet->arena, event->summary, SUMMARY_BYTES));
    put (sheet, event->cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    put (sheet, event->cancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
    put (sheet, "END:VEVENT");
}

static void put_zone (struct sheet *sheet)
{
    static const char *const lines[] = { "BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                                         "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:JST", "END:STANDARD", "END:VTIMEZONE" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        put (sheet, lines[i]);
}

struct bytes ical_text (struct arena *arena, const char *name, const struct ical_events *events)
{
    struct sheet sheet = { .arena = arena };

    put (&sheet, "BEGIN:VCALENDAR");
    put (&sheet, "VERSION:2.0");
    put (&sheet, "PRODID:-//Renkei//Duty//JA");
    put (&sheet, "CALSCALE:GREGORIAN");
    put_text (&sheet, "NAME:", name);
    put_text (&sheet, "X-WR-CALNAME:", name);
    put (&sheet, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    put (&sheet, "X-PUBLISHED-TTL:PT1H");
    if (events->count == 0)
        put_zone (&sheet);
    for (size_t i = 0; i < events->count && sheet.used < ICAL_TEXT_MOST; i++)
        put_event (&sheet, &events->items[i]);
    put (&sheet, "END:VCALENDAR");
    return (struct bytes) { (const unsigned char *) sheet.text, sheet.used };
}
