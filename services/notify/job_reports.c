/* job_reports.c - every morning at 7:30 who has duty, to each organisation (N-72); every Monday the week's figures (N-65, X-03).
 *
 * One municipality a run, in one transaction with the mark that it was sent: never twice.  A morning that was missed is made up for until
 * noon, a Monday until Wednesday; later nobody would read it as what it is.
 */
#include "clock.h"
#include "delivery_store.h"
#include "fairness_load.h"
#include "feed_store.h"
#include "notify.h"
#include "report_store.h"
#include "report_text.h"
#include "shift_cache_store.h"

enum { MORNING = 7 * 60 + 30, NOON = 12 * 60, WEEK = 7 };

#define BIT(role) (1ull << ((role) - 1))
/* Who reads for an organisation: all of them; where there is none, everybody who takes part in its calls.  Nobody is left out: whoever wants
 * fewer letters says so (preferences). */
#define DESK_ROLES (BIT (ROLE_CLINIC_PROXY) | BIT (ROLE_ROTA_OFFICE) | BIT (ROLE_SERVICE_MANAGER) | BIT (ROLE_LAST_RESORT) \
                    | BIT (ROLE_HOSPITAL_LIAISON) | BIT (ROLE_HOSPITAL_NIGHT_DESK) | BIT (ROLE_SUPPORT_CENTRE))
#define STAFF_ROLES (BIT (ROLE_DOCTOR) | BIT (ROLE_VISITING_NURSE) | BIT (ROLE_CARE_MANAGER))

struct post {
    struct job_run *run;
    const char *municipality, *name;
    struct staff_list staff;
    const char **told;                      /* whoever was written to */
    size_t count;
};

static int begin (struct post *post, struct job_run *run, enum report_kind kind, const char *municipality, struct error *err)
{
    *post = (struct post) { .run = run, .municipality = municipality };
    if (report_municipality (run->db, run->arena, municipality, &post->name, err) < 0
        || (kind == REPORT_DAILY ? report_readers : report_staff) (run->db, run->arena, municipality, &post->staff, err) < 0)
        return -1;
    post->told = arena_alloc (run->arena, (post->staff.count + 1) * sizeof *post->told);
    return 0;
}

/* In the feed each person once, also who reads for two offices. */
static bool is_told (const struct post *post, const char *person_id)
{
    for (size_t i = 0; i < post->count; i++)
        if (strcmp (post->told[i], person_id) == 0)
            return true;
    return false;
}

static int write_to (struct post *post, const char *person_id, const char *subject, const char *text, struct error *err)
{
    const struct letter letter = { .municipality = post->municipality, .person_id = person_id, .subject = subject, .text = text,
                                   .now = post->run->now, .can_wait = true };

    if (!is_told (post, person_id))
        post->told[post->count++] = person_id;
    return delivery_add_letter (post->run->db, &letter, err);
}

static int end (struct post *post, enum report_kind kind, const char *day, struct error *err)
{
    struct feed_writer feed = { .db = post->run->db, .arena = post->run->arena, .batch = post->run->batch };
    const struct notice notice = { .kind = kind == REPORT_DAILY ? FEED_KIND_DAILY_SUMMARY : FEED_KIND_WEEKLY_REPORT, .at = post->run->now };
    const struct text_list people = { post->told, post->count };

    *post->run->again = true;
    poke_after_commit (post->run->batch, "deliver");
    if (post->count && feed_add_people (&feed, &notice, people, err) < 0)
        return -1;
    return report_sent (post->run->db, kind, day, post->municipality, (int64_t) post->count, post->run->now, err);
}

/* ---- every morning ---------------------------------------------------------------------------------------------------------------- */

/* The staff come office by office: [first, next) is one of them. */
static int write_to_office (struct post *post, const struct duty_lines *lines, size_t first, size_t next, struct error *err)
{
    struct arena *arena = post->run->arena;
    const struct daily_facts facts = { .municipality = post->name, .office = post->staff.items[first].office, .lines = lines,
                                       .now = post->run->now };
    const char *subject = NULL, *text = NULL;
    uint64_t all = 0, wanted;

    for (size_t i = first; i < next; i++)
        all |= post->staff.items[i].roles;
    wanted = all & DESK_ROLES ? DESK_ROLES : STAFF_ROLES;
    for (size_t i = first; i < next; i++) {
        if (!(post->staff.items[i].roles & wanted))
            continue;
        subject = subject ? subject : daily_subject (arena, &facts);
        text = text ? text : daily_text (arena, &facts);
        if (write_to (post, post->staff.items[i].person_id, subject, text, err) < 0)
            return -1;
    }
    return 0;
}

static int send_daily (struct post *post, int64_t today, const char *day, struct error *err)
{
    const struct shift_source source = { NULL, shift_cache_shifts };
    const struct staff_list *staff = &post->staff;
    struct duty_lines lines;

    if (duty_load (post->run->db, post->run->arena, &source, post->municipality, post->run->now, tokyo_instant (today + WEEK + 1, 0),
                   &lines, err) < 0)
        return -1;
    for (size_t first = 0, next; first < staff->count; first = next) {
        for (next = first + 1; next < staff->count && strcmp (staff->items[next].office_id, staff->items[first].office_id) == 0; next++)
            ;
        if (write_to_office (post, &lines, first, next, err) < 0)
            return -1;
    }
    return end (post, REPORT_DAILY, day, err);
}

/* ---- every Monday ----------------------------------------------------------------------------------------------------------------- */

static const struct fairness_line *own_line (const struct fairness_result *result, const char *person_id)
{
    for (size_t i = 0; i < result->people.count; i++)
        if (strcmp (result->people.items[i].person_id, person_id) == 0)
            return &result->people.items[i];
    return NULL;
}

static int send_weekly (struct post *post, int64_t monday, const char *day, struct error *err)
{
    struct arena *arena = post->run->arena;
    struct fairness_result result;
    const struct weekly_facts facts = { .municipality = post->name, .first_day = monday - WEEK, .last_day = monday - 1, .result = &result };

    if (fairness_load (post->run->db, arena, post->municipality, monday - WEEK, monday, &result, err) < 0)
        return -1;
    for (size_t i = 0; i < post->staff.count; i++) {
        const struct staff_member *member = &post->staff.items[i];
        const struct fairness_line *own = own_line (&result, member->person_id);
        bool rota = member->roles & BIT (ROLE_ROTA_OFFICE), officer = member->roles & BIT (ROLE_MUNICIPAL_OFFICER);

        if ((rota || officer || (own && (own->shifts || own->calls)))
            && write_to (post, member->person_id, weekly_subject (arena, &facts), weekly_text (arena, &facts, own, rota), err) < 0)
            return -1;
    }
    return end (post, REPORT_WEEKLY, day, err);
}

/* ---- what is due ------------------------------------------------------------------------------------------------------------------ */

static int send_next (struct job_run *run, enum report_kind kind, int64_t day, bool *ret_sent, struct error *err)
{
    const char *municipality;
    struct post post;
    char date[11];

    day_number_text (day, date);
    if (report_next (run->db, run->arena, kind, date, &municipality, err) < 0)
        return -1;
    *ret_sent = municipality != NULL;
    if (!municipality)
        return 0;
    if (begin (&post, run, kind, municipality, err) < 0)
        return -1;
    return kind == REPORT_DAILY ? send_daily (&post, day, date, err) : send_weekly (&post, day, date, err);
}

int notify_job_reports (void *service, struct job_run *run, struct error *err)
{
    struct tokyo now = tokyo_of (run->now);
    bool morning = now.minute >= MORNING && now.minute < NOON;
    bool monday = now.weekday <= 3 && (now.weekday > 1 || now.minute >= MORNING), sent = false;

    (void) service;
    if (morning && send_next (run, REPORT_DAILY, now.day_number, &sent, err) < 0)
        return -1;
    if (!sent && monday)
        return send_next (run, REPORT_WEEKLY, now.day_number - (now.weekday - 1), &sent, err);
    return 0;
}
