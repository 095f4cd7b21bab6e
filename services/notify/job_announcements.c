/* job_announcements.c - the institutions an announcement was recorded for are told: everybody there in the application, who answers for the
 * office also by e-mail; an institution without anybody by FAX where its number is confirmed (U-22, KU-05).
 *
 * At most ANNOUNCEMENTS_TOLD_A_RUN institutions a run, in one transaction with the mark that they were told: never twice, and alerts, whose
 * turn the feeds take, never wait for a whole region.
 */
#include "announcement_store.h"
#include "delivery_store.h"
#include "feed_store.h"
#include "notify.h"

#define BIT(role) (1ull << ((role) - 1))
/* Who reads letters for an institution; where there is nobody of these, everybody. */
#define DESK_ROLES (BIT (ROLE_CLINIC_PROXY) | BIT (ROLE_ROTA_OFFICE) | BIT (ROLE_SERVICE_MANAGER) | BIT (ROLE_LAST_RESORT) \
                    | BIT (ROLE_HOSPITAL_LIAISON) | BIT (ROLE_HOSPITAL_NIGHT_DESK) | BIT (ROLE_SUPPORT_CENTRE))

static int add_notices (struct job_run *run, const struct announcement_due *due, const struct announcement_people *people,
                        struct error *err)
{
    struct feed_writer feed = { .db = run->db, .arena = run->arena, .batch = run->batch };
    const struct notice notice = { .kind = due->again ? FEED_KIND_ANNOUNCEMENT_REMINDER : FEED_KIND_ANNOUNCEMENT, .at = run->now,
                                   .by = due->sent_by };
    const char **ids = arena_alloc (run->arena, (people->count + 1) * sizeof *ids);

    for (size_t i = 0; i < people->count; i++)
        ids[i] = people->items[i].person_id;            /* who works in two of them has one notice: feed_add takes each once */
    return feed_add_people (&feed, &notice, (struct text_list) { .items = ids, .count = people->count }, err);
}

/* The people come office by office: [first, next) is one of them. */
static int write_to_office (struct job_run *run, const struct announcement_due *due, const struct announcement_people *people, size_t first,
                            size_t next, struct error *err)
{
    const char *subject = announcement_letter_subject (due->again);
    const char *text = announcement_letter_text (run->arena, due->municipality, due->from_office, due->title, due->again);
    uint64_t all = 0;

    for (size_t i = first; i < next; i++)
        all |= people->items[i].roles;
    for (size_t i = first; i < next; i++) {
        const struct letter letter = { .municipality = due->located_in, .person_id = people->items[i].person_id, .subject = subject,
                                       .text = text, .now = run->now, .can_wait = true };

        if (all & DESK_ROLES && !(people->items[i].roles & DESK_ROLES))
            continue;
        if (delivery_add_letter (run->db, &letter, err) < 0)
            return -1;
    }
    return 0;
}

static int tell_office (struct job_run *run, const struct announcement_due *due, const struct announcement_told *office,
                        const struct announcement_people *people, struct error *err)
{
    size_t first = 0, next;

    while (first < people->count && strcmp (people->items[first].office_id, office->office_id) != 0)
        first++;
    for (next = first; next < people->count && strcmp (people->items[next].office_id, office->office_id) == 0; next++)
        ;
    if (write_to_office (run, due, people, first, next, err) < 0)
        return -1;
    if (office->by_fax && office->fax
        && announcement_fax (run, due, office,
                             announcement_page_text (run->arena, due->from_office, due->from_phone, due->title, due->text), err) < 0)
        return -1;
    return announcement_was_told (run, due, office->office_id, (int64_t) (next - first), err);
}

int notify_job_announcements (void *service, struct job_run *run, struct error *err)
{
    struct announcement_due due;
    struct announcement_people people;

    (void) service;
    if (announcement_next (run, &due, err) < 0)
        return -1;
    if (due.count == 0)
        return 0;
    *run->again = true;
    poke_after_commit (run->batch, "deliver");
    if (announcement_people_of (run, &due, &people, err) < 0 || add_notices (run, &due, &people, err) < 0)
        return -1;
    for (size_t i = 0; i < due.count; i++)
        if (tell_office (run, &due, &due.items[i], &people, err) < 0)
            return -1;
    return 0;
}
