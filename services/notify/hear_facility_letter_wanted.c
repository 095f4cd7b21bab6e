/* hear_facility_letter_wanted.c - a facility is asked to confirm or to answer a survey: an e-mail with its name and the link, nothing else.
 *
 * Takes:      facility_letter_wanted     (proto/registry/facility_letter_wanted.event)
 * Refuses:    nothing
 * Publishes:  a message to the outside, but not while a projection is rebuilt nor when the link is no longer good
 * Repeats:    heard once (inbox)
 */
#include "clock.h"
#include "delivery_store.h"
#include "notify.h"

static const char *subject_of (const struct facility_letter_wanted *event)
{
    if (event->kind == LETTER_KIND_SURVEY)
        return event->again ? "【再度のお願い】調査へのご回答" : "調査へのご協力のお願い";
    return event->again ? "【再度のお願い】登録内容の確認" : "登録内容の確認のお願い";
}

static const char *text_of (struct arena *arena, const struct facility_letter_wanted *event)
{
    struct tokyo until = tokyo_of (event->until);

    return arena_print (arena, "%s 御中\n\n%s\n\n" MESSAGE_LETTER "\n\n%d年%d月%d日まで、1回だけ使えます。ログインは要りません。\n", event->name,
                        event->kind == LETTER_KIND_SURVEY ? "次のページから回答をお願いします。"
                                                          : "次のページで、登録内容に変わりがないか確認をお願いします。",
                        until.year, until.month, until.day);
}

int notify_hear_facility_letter_wanted (struct notify *self, struct hearing *hearing, const struct facility_letter_wanted *event,
                                        struct error *err)
{
    (void) self;
    if (hearing->replay || event->until <= hearing->now || !hearing->event->municipality)
        return 0;
    poke_after_commit (hearing->batch, "deliver");
    return delivery_add_facility_letter (hearing->db, event, hearing->event->municipality, subject_of (event),
                                         text_of (hearing->arena, event), hearing->now, err);
}
