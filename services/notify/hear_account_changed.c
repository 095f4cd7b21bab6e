/* hear_account_changed.c - something happened to a person's account: the person hears of it in the feed and by e-mail.
 *
 * Takes:      account_changed            (proto/registry/account_changed.event)
 * Refuses:    nothing
 * Publishes:  a notice and a message to the outside, but not while a projection is rebuilt
 * Repeats:    heard once (inbox)
 */
#include "account_text.h"
#include "delivery_store.h"
#include "feed_store.h"
#include "notify.h"

static int write_letter (struct hearing *hearing, const struct account_changed *event, struct error *err)
{
    const struct letter letter = { .municipality = hearing->event->municipality, .person_id = event->person_id,
        .subject = account_subject (event->change), .text = account_body (hearing->arena, event->change, hearing->event->time),
        .now = hearing->now };

    if (!letter.municipality || !letter.subject)
        return 0;
    poke_after_commit (hearing->batch, "deliver");
    return delivery_add_letter (hearing->db, &letter, err);
}

int notify_hear_account_changed (struct notify *self, struct hearing *hearing, const struct account_changed *event, struct error *err)
{
    struct feed_writer feed = { .db = hearing->db, .arena = hearing->arena, .batch = hearing->batch };
    const bool password = event->change == ACCOUNT_CHANGE_PASSWORD_CHANGED;
    const struct notice notice = { .kind = password ? FEED_KIND_PASSWORD_CHANGED : FEED_KIND_SESSION_ENDED, .at = hearing->event->time,
                                   .by = event->by };

    (void) self;
    if (hearing->replay)
        return 0;
    if (feed_add_people (&feed, &notice, (struct text_list) { .items = &event->person_id, .count = 1 }, err) < 0)
        return -1;
    return write_letter (hearing, event, err);
}
