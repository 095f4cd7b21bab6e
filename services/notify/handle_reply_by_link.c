/* handle_reply_by_link.c - one of the four answers by a one-time link.
 *
 * Takes:      reply_by_link                  (proto/notify/reply_by_link.command)
 * Refuses:    not_for_you         no link of this region
 *             arrival_needed      a visit without minutes
 *             field_out_of_range  minutes outside 5 to 720
 * Publishes:  as alert_answer
 * Repeats:    a used link answers that it was used; nothing is changed
 *
 * A link is used up by an answer that was taken, not by one that came too late.
 */
#include "reply_act.h"
#include "link_token.h"

enum { MINUTES_LEAST = 5, MINUTES_MOST = 720 };

static int check (const struct reply_by_link *message, struct error *err)
{
    if (message->answer != ALERT_ANSWER_KIND_VISIT)
        return 0;
    if (!message->has_minutes)
        return fail (err, ERROR_ARRIVAL_NEEDED, "/minutes", "a visit has a time");
    if (message->minutes >= MINUTES_LEAST && message->minutes <= MINUTES_MOST)
        return 0;
    return fail_range (err, "/minutes", MINUTES_LEAST, MINUTES_MOST);
}

int notify_handle_reply_by_link (struct notify *self, struct request *request, const struct reply_by_link *message,
                                 struct reply_taken *answer, struct error *err)
{
    const struct replied replied = { .answer = message->answer, .minutes = message->minutes, .decline = message->decline,
        .name = message->has_name && message->name >= 1 && message->name <= NAMES_MOST ? (char) ('0' + message->name) : '\0', .by = "リンク" };
    char reply_id[UUID_TEXT];
    struct replier replier;

    if (!link_token_read (&self->links, "reply", message->token, reply_id))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not made here");
    if (check (message, err) < 0
        || reply_by_id (request->db, request->arena, reply_id, &replier, err) < 0)
        return -1;
    if (!replier.reply_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "forgotten");
    if (replier.link_used) {
        *answer = (struct reply_taken) { .taken = false, .words = "このリンクはすでに使われました。" };
        return 0;
    }
    if (reply_act (self, request, &replier, &replied, answer, err) < 0)
        return -1;
    return answer->taken ? reply_link_use (request->db, reply_id, err) : 0;
}
