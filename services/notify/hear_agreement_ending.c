/* hear_agreement_ending.c - an agreement between two municipalities ends in 60, 30 or 7 days: officers of both sides and who acts for the
 * region have it in their feeds, and by e-mail (KU-08).
 *
 * Takes:      agreement_ending           (proto/registry/agreement_ending.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    heard once (inbox)
 */
#include "act.h"
#include "delivery_store.h"
#include "projection_store.h"

static const char *words (struct arena *arena, const struct agreement_ending *event)
{
    return arena_print (arena, "%sから%sへの広域連携の協定は、あと%lld日（%s）で終わります。\n\n"
                               "翌日からは、協定で見えていた相手の市町村の情報は見えなくなります。続ける場合は、連携の「市町村の協定」の画面で新しい期間を登録してください。\n",
                        event->giving_name, event->receiving_name, (long long) event->days, event->to);
}

int notify_hear_agreement_ending (struct notify *self, struct hearing *hearing, const struct agreement_ending *event, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_AGREEMENT_ENDING, .at = hearing->event->time };
    const char *sides[] = { event->giving, event->receiving };
    struct letter letter = { .municipality = event->receiving, .subject = "【連携】市町村の協定がまもなく終わります",
                             .text = words (hearing->arena, event), .now = hearing->now, .can_wait = true };
    struct act act = act_of_hearing (self, hearing);
    struct feed_writer feed = act_feed (&act);
    struct text_list people;

    if (hearing->replay)
        return 0;
    if (projection_officers (hearing->db, hearing->arena, (struct text_list) { sides, 2 }, &people, err) < 0)
        return -1;
    for (size_t i = 0; i < people.count; i++) {
        letter.person_id = people.items[i];
        if (delivery_add_letter (hearing->db, &letter, err) < 0)
            return -1;
    }
    poke_after_commit (hearing->batch, "deliver");
    return feed_add_people (&feed, &notice, people, err);
}
