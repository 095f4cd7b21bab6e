/* answer_reply_link.c - what the page of a one-time link shows: enough to answer, nothing about the person concerned.
 *
 * Takes:      reply_link                     (proto/notify/reply_link.query)
 * Refuses:    not_for_you     no link of this region
 * Publishes:  nothing; no ledger row is due: it shows nothing about the person concerned
 * Repeats:    reads again
 */
#include "reply_act.h"
#include "link_token.h"

int notify_handle_reply_link (struct notify *self, struct request *request, const struct reply_link *message,
                              struct reply_link_answer *answer, struct error *err)
{
    char reply_id[UUID_TEXT];
    struct reply_people people;
    struct replier replier;
    const char **names;

    if (!link_token_read (&self->links, "reply", message->token, reply_id))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not made here");
    if (reply_by_id (request->db, request->arena, reply_id, &replier, err) < 0)
        return -1;
    if (!replier.reply_id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "forgotten");
    if (reply_page (request->db, request->arena, &replier, answer, err) < 0
        || reply_people (request->db, request->arena, &replier, &people, err) < 0)
        return -1;
    names = arena_alloc (request->arena, (people.count + 1) * sizeof *names);
    for (size_t i = 0; i < people.count; i++)
        names[i] = people.items[i].name;
    answer->names = (struct text_list) { names, replier.person_id ? 0 : people.count };
    return 0;
}
