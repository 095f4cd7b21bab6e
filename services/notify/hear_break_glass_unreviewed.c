/* hear_break_glass_unreviewed.c - a record opened without consent was not reviewed for a day, or one more: whoever reviews, operators and
 * the person's care manager, who were told when it was opened, have it in their feeds again, and by letter (S-36).
 *
 * Takes:      break_glass_unreviewed         (proto/sharing/break_glass_unreviewed.event)
 * Refuses:    nothing
 * Publishes:  nothing
 * Repeats:    heard once (inbox)
 */
#include "act.h"
#include "delivery_store.h"
#include "incident_store.h"

/* Names nobody (N-58). */
static const char *words (struct arena *arena, int64_t step)
{
    return arena_print (arena, "同意のない方の記録を救急隊が開いてから%lld時間たちましたが、妥当だったかの確認がまだ終わっていません。\n\n"
                               "市町村の担当の方は、連携の「同意なしの閲覧の確認」の画面で結果を記録してください。"
                               "ケアマネジャーと運用者の方は、市町村の担当者に確認を頼んでください。\n",
                        (long long) step * 24);
}

int notify_hear_break_glass_unreviewed (struct notify *self, struct hearing *hearing, const struct break_glass_unreviewed *event,
                                        struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_EMERGENCY_UNREVIEWED, .at = hearing->now, .urgent = true,
                                   .patient_id = event->patient_id };
    struct letter letter = { .municipality = hearing->event->municipality, .subject = "【連携】同意なしの閲覧の確認が終わっていません",
                             .text = words (hearing->arena, event->step), .now = hearing->now, .can_wait = true, .or_sms = true };
    struct act act = act_of_hearing (self, hearing);
    struct feed_writer feed = act_feed (&act);
    struct text_list people;

    if (hearing->replay)
        return 0;
    if (team_managers_and_keepers (hearing->db, hearing->arena, event->patient_id, hearing->event->municipality, &people, err) < 0)
        return -1;
    for (size_t i = 0; i < people.count; i++) {
        letter.person_id = people.items[i];
        if (delivery_add_letter (hearing->db, &letter, err) < 0)
            return -1;
    }
    poke_after_commit (hearing->batch, "deliver");
    return feed_add_people (&feed, &notice, people, err);
}
