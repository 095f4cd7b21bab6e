/* N-32: for every minute of December 2026 the engine's resolver, the roster, the printed month, the calendar and the reply to dispatch name
 * the same person: with a rotation over day and night, holidays, the year's end, an absence, a 代診 that begins in the middle of a night, a swap and a gap. */
#include "alert_contacts.h"
#include "clock.h"
#include "duty_sheet.h"
#include "ical_duty.h"
#include "resolver.h"
#include "tap.h"

static struct arena arena;

static const char *const members[] = { "R0", "R1", "R2" }, *const offices[] = { "O0", "O1", "O2" };
static const struct known_person people[] = {
    { .person_id = "R0", .name = "当番医零" }, { .person_id = "R1", .name = "当番医一" }, { .person_id = "R2",
                                                                                    .name = "当番医二" }, { .person_id = "X", .name = "代診医" } };

static int64_t at (int day, int minute) { return tokyo_instant (day_number_of (2026, 12, 1) + day - 1, minute); }

/* ---- one rotation, with what was done to it ------------------------------------------------------------------------------------------ */

static struct rotation_rule rule_of (void)
{
    static struct duty_change changes[3];

    changes[0] = (struct duty_change) { .change_id = "c1", .kind = DUTY_CHANGE_KIND_OVERRIDE, .rotation_id = "R", .from = at (8, 1380),
                                        .to = at (9, 200),
                                        .add_id = "X", .add_office_id = "O0" };
    changes[1] = (struct duty_change) { .change_id = "c2", .kind = DUTY_CHANGE_KIND_SWAP, .rotation_id = "R", .from = at (24, 510),
                                        .to = at (25, 510),
                                        .add_id = "R2", .add_office_id = "O2" };
    changes[2] = (struct duty_change) { .change_id = "c3", .kind = DUTY_CHANGE_KIND_OVERRIDE, .rotation_id = "R", .from = at (17, 600),
                                        .to = at (17, 700) };
    return (struct rotation_rule) { .rotation_id = "R", .name = "内科当番", .area = "011002", .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = day_number_of (2026, 1, 1), .handoff_minute = 510, .day_classes = 0x7f,
        .from_minute = 510, .to_minute = 1950, .members = members, .offices = offices, .member_count = 3, .changes = changes, .change_count = 3 };
}

static struct absence away (void) { return (struct absence) { .person_id = "R1", .from = at (11, 300), .to = at (14, 777) }; }

static const char *name_of (const char *person_id)
{
    for (size_t i = 0; person_id && i < sizeof people / sizeof *people; i++)
        if (strcmp (people[i].person_id, person_id) == 0)
            return people[i].name;
    return NULL;
}

static struct duty_lines lines_of (const struct duty_spans *spans)
{
    struct duty_lines lines = { arena_alloc (&arena, (spans->count + 1) * sizeof *lines.items), spans->count };

    for (size_t i = 0; i < spans->count; i++) {
        const struct duty_span *span = &spans->items[i];
        char *day = arena_alloc (&arena, 11);

        day_number_text (span->day, day);
        lines.items[i] = (struct duty_line) { .rotation_id = "R", .rotation = "内科当番", .municipality = "011002", .from = span->from,
            .to = span->to, .person_id = span->person_id, .name = name_of (span->person_id), .gap = !span->person_id, .day = day };
    }
    return lines;
}

/* ---- what each of them says ------------------------------------------------------------------------------------------------------------
 * */

/* The engine: NULL when nobody of the rotation would be asked. */
static const char *engine_says (struct resolver_input *input, int64_t instant)
{
    ARENA (own);
    struct resolution result = resolve (&own, input, instant, CONDITION_TAG_OTHER);

    for (size_t i = 0; i < result.count; i++)
        if (result.items[i].rotation_id && result.items[i].person_id)
            return name_of (result.items[i].person_id);
    return NULL;
}

/* Dispatch: the first contact that is no last resort, and the last resort behind it. */
static const char *reply_says (struct resolver_input *input, int64_t instant, bool *ret_last)
{
    ARENA (own);
    const struct try_rows nobody_asked = { 0 };
    const struct seat_rows no_seats = { 0 };
    struct resolver_input dispatch = *input;
    struct resolution order;
    struct ems_contact_list list;

    dispatch.reporter = REPORTER_KIND_DISPATCH;
    order = resolve (&own, &dispatch, instant, CONDITION_TAG_OTHER);
    list = contacts_of (&own, &order, &nobody_asked, &no_seats, instant);
    *ret_last = list.count > 0 && list.items[list.count - 1].target == TARGET_KIND_LAST_RESORT && list.items[list.count - 1].state == EMS_CONTACT_STATE_ALWAYS;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].target == TARGET_KIND_ROTATION)
            for (size_t j = 0; j < sizeof people / sizeof *people; j++)
                if (strcmp (people[j].name, list.items[i].name) == 0)
                    return people[j].name;
    return NULL;
}

static const char *sheet_says (const struct duty_line_list *sheet, int64_t instant)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->items[i].from <= instant && instant < sheet->items[i].to)
            return sheet->items[i].name;
    return NULL;
}

/* Read back from the text, as another program would. */
struct told { int64_t from, to; const char *summary; };
static struct told told[400];
static size_t told_count;

static int64_t time_in (const char *text, const char *name)
{
    int year, month, day, hour, minute, second;
    const char *found = strstr (text, name);

    if (!found || sscanf (found + strlen (name), "%4d%2d%2dT%2d%2d%2dZ", &year, &month, &day, &hour, &minute, &second) != 6)
        return -1;
    return tokyo_instant (day_number_of (year, month, day), hour * 60 + minute + 9 * 60) + second * (int64_t) SECOND_US;
}

static void read_calendar (struct bytes bytes)
{
    const char *text = arena_copy (&arena, (const char *) bytes.data, bytes.size);

    for (told_count = 0; (text = strstr (text, "BEGIN:VEVENT")) != NULL && told_count < 400; text += 12) {
        const char *summary = strstr (text, "SUMMARY:") + 8;

        told[told_count++] = (struct told) { time_in (text, "DTSTART:"), time_in (text, "DTEND:"),
                                             arena_copy (&arena, summary, strcspn (summary, "\r")) };
    }
}

static const char *calendar_says (int64_t instant)
{
    for (size_t i = 0; i < told_count; i++)
        if (told[i].from <= instant && instant < told[i].to)
            return told[i].summary;
    return NULL;
}

static bool same (const char *one, const char *other)
{
    return one && other ? strcmp (one, other) == 0 : one == other;
}

/* ---- every minute ----------------------------------------------------------------------------------------------------------------------
 * */

struct world { struct rotation_rule rule; struct absence away; struct duty_spans spans; struct resolver_input input; struct duty_line_list sheets[2]; };

static void make (struct world *world)
{
    static const int days[] = { 1, 2, 3, 4, 5, 6, 7 };
    static const struct chain_row rows[] = { { .position = 1, .day_classes = { days, 7 }, .from_minute = 0, .to_minute = 1440,
                                               .target = TARGET_KIND_ROTATION, .rotation_id = "R" } };
    static const char *const consented[] = { "R" };
    const struct ical_address address = { .scope = CALENDAR_SCOPE_ROTATION, .subject = "R", .name = "内科当番" };
    struct ical_events none = { 0 }, shifts = { 0 }, events;
    struct duty_lines lines;
    struct duty_month month;

    world->rule = rule_of ();
    world->away = away ();
    world->spans = rotation_shifts (&arena, &world->rule, &world->away, 1, at (-1, 0), at (33, 0));
    lines = lines_of (&world->spans);
    for (int i = 0; i < 2; i++) {
        duty_month_read (i ? "2026-12" : "2026-11", &month);
        duty_month_lines (&arena, &lines, &month, NULL, &world->sheets[i]);
    }
    ical_add_duty (&arena, &address, (struct text_list) { 0 }, &lines, &shifts);
    events = ical_merge (&arena, &none, &shifts, at (-1, 0), at (1, 0));
    read_calendar (ical_text (&arena, "当番", &events));
    world->input = (struct resolver_input) { .rows = rows, .row_count = 1, .rotations = &world->rule, .shifts = &world->spans,
                                             .rotation_count = 1,
        .absences = &world->away, .absence_count = 1, .people = people, .person_count = 4, .consented_rotations = consented, .consented_count = 1,
        .team_consent = true, .last_resort_office_id = "Z", .last_resort_name = "夜間連絡センター", .last_resort_phone = "000-9", .area = "011002" };
}

static void every_minute (struct world *world)
{
    int64_t engine = 0, sheet = 0, calendar = 0, reply = 0, without_desk = 0, nobody = 0, others = 0;
    bool last;

    for (int minute = 0; minute < 31 * 1440; minute++) {
        int64_t instant = at (1, 0) + minute * 60 * (int64_t) SECOND_US;
        const struct duty_span *span = duty_at (&world->spans, instant);
        const char *name = span ? name_of (span->person_id) : NULL, *summary = calendar_says (instant);
        const char *paper = sheet_says (&world->sheets[1], instant);

        if (!paper)
            paper = sheet_says (&world->sheets[0], instant);        /* the last night of November */
        reply += !same (reply_says (&world->input, instant, &last), name);
        without_desk += !last;
        engine += !same (engine_says (&world->input, instant), name);
        sheet += !same (paper, name);
        calendar += name ? !summary || !strstr (summary, name) : summary && !strstr (summary, "【空き】");
        nobody += !name;
        others += name && strcmp (name, "代診医") == 0;
    }
    is_number (engine, 0, "N-32: the engine asks who the roster names, every minute of December");
    is_number (sheet, 0, "N-32: …the printed month has the same person");
    is_number (calendar, 0, "N-32: …and so has the calendar, read back from its text");
    is_number (reply, 0, "N-32, EMS-05: …and so has the reply to dispatch");
    is_number (without_desk, 0, "EMS-05: …with the last resort last");
    ok (nobody > 1000 && others == 260, "(the month had an absence, a gap and a night that was taken over)");
}

/* N-23: the second before a handover and the handover itself. */
static void handovers (struct world *world)
{
    int64_t wrong = 0, count = 0;
    bool last;

    for (size_t i = 0; i < world->spans.count; i++) {
        const struct duty_span *span = &world->spans.items[i];

        for (int second = -1; second <= 1; second++) {
            int64_t instant = span->from + second * (int64_t) SECOND_US;
            const struct duty_span *now = duty_at (&world->spans, instant);
            const char *name = now ? name_of (now->person_id) : NULL, *summary = calendar_says (instant);

            if (instant < at (1, 0) || instant >= at (32, 0))
                continue;
            count++;
            wrong += !same (engine_says (&world->input, instant), name) || !same (reply_says (&world->input, instant, &last), name) || !last
                  || (name && (!summary || !strstr (summary, name)));
        }
    }
    ok (count > 90 && wrong == 0, "N-23, N-32: also one second before and after every handover");
}

int main (void)
{
    static struct world world;

    make (&world);
    every_minute (&world);
    handovers (&world);
    arena_done (&arena);
    return done ();
}
