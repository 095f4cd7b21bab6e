/* handle_preference_put.c - how the actor wants to be told: channels in order, quiet hours, digest.
 *
 * Takes:      preference_put                 (proto/notify/preference_put.command)
 * Refuses:    field_missing       quiet hours with one end only
 *             field_out_of_range  a minute outside the day, a channel that follows later than two minutes
 *             item_twice          a channel named twice
 *             field_missing, field_out_of_range, period_reversed   own hours that are none
 * Publishes:  nothing
 * Repeats:    writes the same again
 *
 * What asks in an emergency goes by every channel all the same, also by one that is switched off.
 */
#include "notify.h"
#include "office_phones.h"
#include "preference_store.h"

enum { MINUTE_MOST = 1439 };

static int check_range (int64_t value, int64_t most, const char *pointer, struct error *err)
{
    if (value >= 0 && value <= most)
        return 0;
    return fail_range (err, pointer, 0, most);
}

static int check_channels (const struct preference_put *message, struct error *err)
{
    unsigned seen = 0;

    for (size_t i = 0; i < message->channels.count; i++) {
        const struct channel_preference *channel = &message->channels.items[i];

        if (seen >> channel->kind & 1)
            return fail (err, ERROR_ITEM_TWICE, "/channels", "a channel twice");
        seen |= 1u << channel->kind;
        if (channel->has_after_seconds && check_range (channel->after_seconds, AFTER_MOST, "/channels", err) < 0)
            return -1;
    }
    return 0;
}

int notify_handle_preference_put (struct notify *self, struct request *request, const struct preference_put *message, struct done *answer,
                                  struct error *err)
{
    (void) self;
    (void) answer;
    if (message->has_quiet_from != message->has_quiet_to)
        return fail (err, ERROR_FIELD_MISSING, message->has_quiet_from ? "/quiet_to" : "/quiet_from", "quiet hours have two ends");
    if (check_range (message->quiet_from, MINUTE_MOST, "/quiet_from", err) < 0
        || check_range (message->quiet_to, MINUTE_MOST, "/quiet_to", err) < 0
        || check_channels (message, err) < 0
        || hours_check (message->hours, "", request->arena, err) < 0)
        return -1;
    return preference_set (request, message, err);
}
