/* job_night_reports.c - reports of visits at night: the morning's letter to the person's doctors, and who else is told when nobody has read
 * one in time (U-33, night_rules.h).
 *
 * What is due stands in rows, and moves on in the transaction that queues the messages: killed anywhere, nothing is said twice or not at
 * all.  Letters name nobody; one letter a person and run, however many reports.
 */
#include "delivery_store.h"
#include "feed_store.h"
#include "night_rules.h"
#include "night_store.h"
#include "notify.h"
#include "options.h"

static int write_to (struct job_run *run, const struct night_addressee *to, const char *subject, const char *text, struct error *err)
{
    const struct letter letter = { .municipality = to->municipality, .person_id = to->person_id, .subject = subject, .text = text,
                                   .now = run->now, .can_wait = true, .or_sms = true };

    return delivery_add_letter (run->db, &letter, err);
}

static int send_letters (struct job_run *run, int hour, struct error *err)
{
    struct night_addressees doctors;

    if (night_letters_due (run->db, run->arena, run->now, night_read_by (run->now, hour), &doctors, err) < 0)
        return -1;
    for (size_t i = 0; i < doctors.count; i++)
        if (write_to (run, &doctors.items[i], night_letter_subject (), night_letter_text (run->arena, doctors.items[i].reports), err) < 0)
            return -1;
    if (doctors.count)
        poke_after_commit (run->batch, "deliver");
    return 0;
}

/* Each person once, with the number of reports. */
static struct night_addressees gather (struct arena *arena, const struct night_unread_list *unread)
{
    struct night_addressees all = { 0 };
    size_t room = 0;

    for (size_t i = 0; i < unread->count; i++)
        room += unread->items[i].people.count;
    all.items = arena_alloc (arena, (room + 1) * sizeof *all.items);
    for (size_t i = 0; i < unread->count; i++)
        for (size_t j = 0; j < unread->items[i].people.count; j++) {
            const char *person = unread->items[i].people.items[j];
            size_t at = 0;

            while (at < all.count && strcmp (all.items[at].person_id, person) != 0)
                at++;
            if (at == all.count)
                all.items[all.count++] = (struct night_addressee) { unread->items[i].municipality, person, 0 };
            all.items[at].reports++;
        }
    return all;
}

static int tell_unread (struct job_run *run, int hour, struct error *err)
{
    struct feed_writer feed = { .db = run->db, .arena = run->arena, .batch = run->batch };
    struct night_unread_list unread;
    struct night_addressees people;

    if (night_unread_due (run->db, run->arena, run->now, night_again_at (run->now, hour), &unread, err) < 0)
        return -1;
    for (size_t i = 0; i < unread.count; i++) {
        const struct notice notice = { .kind = FEED_KIND_NIGHT_VISIT_UNREAD, .at = run->now, .patient_id = unread.items[i].patient_id };

        if (feed_add_people (&feed, &notice, unread.items[i].people, err) < 0)
            return -1;
    }
    people = gather (run->arena, &unread);
    for (size_t i = 0; i < people.count; i++)
        if (write_to (run, &people.items[i], night_unread_subject (), night_unread_text (run->arena, people.items[i].reports), err) < 0)
            return -1;
    if (people.count)
        poke_after_commit (run->batch, "deliver");
    return 0;
}

int notify_job_night_reports (void *service, struct job_run *run, struct error *err)
{
    const struct notify *self = service;
    int hour = self->night_hour ? self->night_hour : NIGHT_HOUR_STANDARD;

    if (send_letters (run, hour, err) < 0)
        return -1;
    return tell_unread (run, hour, err);
}
