/* N-71: the calendar's text, letter by letter and as libical reads it; what a calendar says after a shift has moved, changed hands or
 * gone. */
#include <dlfcn.h>
#include <stddef.h>
#include "clock.h"
#include "ical.h"
#include "tap.h"
#include "text.h"

#define UID(n) "00000000-0000-8000-8000-0000000000" n

static struct arena arena;

static const int64_t HOUR = 3600 * (int64_t) SECOND_US;
static const int64_t NOON = 1795402800ll * SECOND_US;           /* 2026-11-23 12:00 in Japan */

static struct ical_event shift (const char *uid, int64_t from_hour, int64_t to_hour, const char *summary)
{
    return (struct ical_event) { .uid = uid, .from = NOON + from_hour * HOUR, .to = NOON + to_hour * HOUR, .summary = summary };
}

static struct bytes text_of (const char *name, const struct ical_event *items, size_t count)
{
    struct ical_events events = { (struct ical_event *) items, count };

    return ical_text (&arena, name, &events);
}

static const char *as_text (struct bytes bytes)
{
    return arena_copy (&arena, (const char *) bytes.data, bytes.size);
}

/* ---- letter by letter --------------------------------------------------------------------------------------------------------------- */

/* Every line ends in CRLF, holds at most 75 octets and whole characters. */
static bool lines_are_strict (struct bytes bytes)
{
    const char *at = as_text (bytes);

    while (*at) {
        const char *line_end = strstr (at, "\r\n");
        size_t size = line_end ? (size_t) (line_end - at) : 0;

        if (!line_end || size > 75 || memchr (at, '\n', size) || memchr (at, '\r', size) || !text_is_utf8 (at, size))
            return false;
        at = line_end + 2;
    }
    return true;
}

static const char *unfolded (struct bytes bytes)
{
    char *all = arena_alloc (&arena, bytes.size + 1), *end = all;
    const char *text = as_text (bytes);

    for (; *text; text++)
        if (strncmp (text, "\r\n ", 3) == 0)
            text += 2;
        else
            *end++ = *text;
    return all;
}

static void form (void)
{
    struct ical_event one = shift (UID ("01"), 6, 20, "往診当番：見本 太郎");
    struct bytes bytes;
    const char *text;

    one.changed_at = NOON;
    one.sequence = 3;
    bytes = text_of ("当番 見本 太郎", &one, 1);
    text = unfolded (bytes);
    ok (lines_are_strict (bytes), "N-71: CRLF, lines of at most 75 octets, no character cut");
    ok (strncmp (text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:", 37) == 0, "it begins as a calendar");
    ok (strstr (text, "END:VEVENT\r\nEND:VCALENDAR\r\n"), "…and ends as one");
    ok (strstr (text, "\r\nDTSTART:20261123T090000Z\r\nDTEND:20261123T230000Z\r\n"), "times are in UTC: 18:00 in Japan is 9:00");
    ok (strstr (text, "\r\nDTSTAMP:20261123T030000Z\r\n"), "…so is when it was changed");
    ok (strstr (text, "\r\nUID:" UID ("01") "\r\n") && strstr (text, "\r\nSEQUENCE:3\r\n"), "a shift has its id and its sequence");
    ok (strstr (text, "\r\nSUMMARY:往診当番：見本 太郎\r\n") && strstr (text, "\r\nSTATUS:CONFIRMED\r\n"), "…and says what it is");
    ok (!strstr (text, "METHOD"), "it is no message of iTIP");
}

static void escapes (void)
{
    static const struct { const char *summary, *wanted, *name; } cases[] = {
        { "a,b;c\\d", "SUMMARY:a\\,b\\;c\\\\d\r\n", "comma, semicolon and backslash are escaped" },
        { "一行目\n二行目", "SUMMARY:一行目\\n二行目\r\n", "a line's end becomes \\n" },
        { "a\r\nb", "SUMMARY:a\\nb\r\n", "…whichever it was" },
        { "a\x01\x7f\tb", "SUMMARY:ab\r\n", "what is no text is left out" },
        { "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "SUMMARY:x\\nEND:VEVENT\\nBEGIN:VEVENT\r\n", "no text becomes a line of the calendar" },
        { "", "SUMMARY:\r\n", "nothing stays nothing" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ical_event one = shift (UID ("01"), 0, 1, cases[i].summary);

        ok (strstr (unfolded (text_of ("名", &one, 1)), cases[i].wanted), cases[i].name);
    }
}

/* Every length of Japanese and other text around the 75th octet. */
static void folding (void)
{
    static const char *const letters[] = { "当", "a", "é", "𠮷", "," };
    bool strict = true, whole = true;

    for (size_t letter = 0; letter < 5; letter++)
        for (int length = 1; length <= 190 / (int) strlen (letters[letter]); length++) {
            const char *summary = "";
            struct ical_event one;
            struct bytes bytes;

            for (int i = 0; i < length; i++)
                summary = arena_print (&arena, "%s%s", summary, letters[letter]);
            one = shift (UID ("01"), 0, 1, summary);
            bytes = text_of (summary, &one, 1);
            strict = strict && lines_are_strict (bytes);
            if (letter < 4)
                whole = whole && strstr (unfolded (bytes), arena_print (&arena, "\r\nSUMMARY:%s\r\n", summary));
        }
    ok (strict, "N-71: no line is longer than 75 octets and no character is cut, whatever the text");
    ok (whole, "…and unfolded it is the same text again");
}

static void extremes (void)
{
    static struct ical_event many[3000];
    struct ical_event one = shift (UID ("01"), 0, 1, "時刻");
    struct bytes bytes;

    one.from = 1798729199ll * SECOND_US + 999999;               /* 2026-12-31 23:59:59.999999 in Japan */
    one.to = one.from + 1;
    ok (strstr (unfolded (text_of ("名", &one, 1)), "DTSTART:20261231T145959Z"), "seconds are told, not rounded up");
    for (size_t i = 0; i < 3000; i++)
        many[i] = shift (arena_print (&arena, "00000000-0000-8000-8000-%012zu", i), (int64_t) i, (int64_t) i + 1, "往診当番：見本 太郎（見本クリニック）");
    bytes = text_of ("多い", many, 3000);
    ok (bytes.size < 512 * 1024 && strstr (as_text (bytes), "END:VEVENT\r\nEND:VCALENDAR\r\n"),
        "too many shifts: the far ones are left out, the text is whole");
    ok (lines_are_strict (bytes), "…and strict");
}

/* ---- as libical reads it ------------------------------------------------------------------------------------------------------------ */

struct ical_time { int year, month, day, hour, minute, second, is_date, is_daylight; const void *zone; };

static struct {
    void *(*parse) (const char *);
    int (*count_errors) (void *);
    int (*check) (void *);
    void *(*first) (void *, int), *(*next) (void *, int);
    const char *(*summary) (void *), *(*uid) (void *);
    int (*sequence) (void *);
    struct ical_time (*start) (void *);
    void (*release) (void *);
} libical;

enum { VEVENT = 4 };

static bool load_libical (void)
{
    static const struct { const char *name; size_t at; } functions[] = {
        { "icalcomponent_new_from_string", offsetof (typeof (libical), parse) }, { "icalcomponent_count_errors",
                                                                                   offsetof (typeof (libical), count_errors) },
        { "icalrestriction_check", offsetof (typeof (libical), check) }, { "icalcomponent_get_first_component",
                                                                           offsetof (typeof (libical), first) },
        { "icalcomponent_get_next_component", offsetof (typeof (libical), next) }, { "icalcomponent_get_summary",
                                                                                     offsetof (typeof (libical), summary) },
        { "icalcomponent_get_uid", offsetof (typeof (libical), uid) }, { "icalcomponent_get_sequence", offsetof (typeof (libical),
            sequence) },
        { "icalcomponent_get_dtstart", offsetof (typeof (libical), start) }, { "icalcomponent_free", offsetof (typeof (libical), release) },
    };
    void *library = dlopen ("libical.so.3", RTLD_NOW);

    for (size_t i = 0; library && i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym (library, functions[i].name);

        if (!function)
            return false;
        memcpy ((char *) &libical + functions[i].at, &function, sizeof function);
    }
    return library != NULL;
}

static void as_others_read_it (void)
{
    struct ical_event items[] = { shift (UID ("01"), 6, 20, "往診当番：見本 太郎（長い名前の見本内科クリニック）、その他;\\"),
                                  shift (UID ("02"), 30, 44, "次の日"), shift (UID ("03"), 54, 68, "なくなった当番") };
    void *calendar, *event;
    struct ical_time start;

    items[1].sequence = 2;
    items[2].cancelled = true;
    calendar = libical.parse (as_text (text_of ("当番 見本 太郎", items, 3)));
    ok (calendar && libical.check (calendar) && libical.count_errors (calendar) == 0, "N-71: libical finds no error");
    event = libical.first (calendar, VEVENT);
    is (libical.summary (event), items[0].summary, "…reads the words as they were written");
    is (libical.uid (event), UID ("01"), "…the id");
    start = libical.start (event);
    ok (start.year == 2026 && start.month == 11 && start.day == 23 && start.hour == 9 && start.minute == 0, "…the start in UTC");
    event = libical.next (calendar, VEVENT);
    is_number (libical.sequence (event), 2, "…how often it was changed");
    ok (libical.next (calendar, VEVENT) && !libical.next (calendar, VEVENT), "…and every shift once");
    libical.release (calendar);
    calendar = libical.parse (as_text (text_of ("空", NULL, 0)));
    ok (calendar && libical.check (calendar) && libical.count_errors (calendar) == 0, "a calendar without a shift is one, too");
    libical.release (calendar);
}

/* ---- what has changed --------------------------------------------------------------------------------------------------------------- */

static struct ical_events merged (const struct ical_events *stored, struct ical_event *shifts, size_t count, int64_t now)
{
    const struct ical_events list = { shifts, count };

    return ical_merge (&arena, stored, &list, now - 30 * 24 * HOUR, now);
}

static size_t fresh_in (const struct ical_events *events)
{
    size_t count = 0;

    for (size_t i = 0; i < events->count; i++)
        count += events->items[i].fresh;
    return count;
}

static void unmark (struct ical_events *events)
{
    for (size_t i = 0; i < events->count; i++)
        events->items[i].fresh = false;
}

static void changes (void)
{
    struct ical_event shifts[] = { shift (UID ("02"), 30, 44, "次"), shift (UID ("01"), 6, 20, "今夜") };
    struct ical_events none = { NULL, 0 }, first = merged (&none, shifts, 2, NOON), next;

    ok (first.count == 2 && strcmp (first.items[0].uid, UID ("01")) == 0 && first.items[0].sequence == 0 && fresh_in (&first) == 2,
        "the first reading tells every shift, by start, with sequence 0");
    unmark (&first);
    next = merged (&first, shifts, 2, NOON + HOUR);
    ok (fresh_in (&next) == 0 && next.items[0].changed_at == NOON, "as long as nothing changes it says the same");
    shifts[1].to -= HOUR;
    next = merged (&first, shifts, 2, NOON + HOUR);
    ok (fresh_in (&next) == 1 && next.items[0].sequence == 1 && next.items[0].changed_at == NOON + HOUR && next.items[1].sequence == 0,
        "N-71: a shift that ends earlier has a higher SEQUENCE, the others keep theirs");
    unmark (&next);
    first = next;
    shifts[1].summary = "今夜：交代した人";
    next = merged (&first, shifts, 2, NOON + 2 * HOUR);
    is_number (next.items[0].sequence, 2, "…so has one that changed hands");
    unmark (&next);
    first = next;
    next = merged (&first, shifts, 1, NOON + 3 * HOUR);
    ok (next.count == 2 && next.items[0].cancelled && next.items[0].sequence == 3,
        "N-71: one that is no more is CANCELLED, not just left out");
    unmark (&next);
    first = next;
    next = merged (&first, shifts, 1, NOON + 4 * HOUR);
    ok (fresh_in (&next) == 0 && next.items[0].cancelled, "…and stays so");
    first = next;
    next = merged (&first, shifts, 2, NOON + 5 * HOUR);
    ok (!next.items[0].cancelled && next.items[0].sequence == 4, "…until it is there again, under the same id");
    unmark (&next);
    first = next;
    next = merged (&first, NULL, 0, NOON + 60 * 24 * HOUR);
    is_number ((int64_t) next.count, 0, "what ended more than 30 days ago is forgotten");
}

int main (void)
{
    form ();
    escapes ();
    folding ();
    extremes ();
    if (ok (load_libical (), "libical is there"))
        as_others_read_it ();
    changes ();
    arena_done (&arena);
    return done ();
}
