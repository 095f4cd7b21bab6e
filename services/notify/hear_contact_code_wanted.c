/* hear_contact_code_wanted.c - a contact is to be verified: its code is sent to it, and to nothing else.
 *
 * Takes:      contact_code_wanted        (proto/registry/contact_code_wanted.event)
 * Refuses:    nothing
 * Publishes:  a message to the outside, but not while a projection is rebuilt nor when the code is too old to be used
 * Repeats:    heard once (inbox)
 */
#include "delivery_store.h"
#include "notify.h"

static const char *text_of (enum contact_kind kind)
{
    return kind == CONTACT_KIND_VOICE
        ? "連携からの確認のお電話です。確認コードは、" MESSAGE_CODE "、くり返します、" MESSAGE_CODE "です。"
        : "連携の確認コードは " MESSAGE_CODE " です。15分以内に画面で入力してください。心当たりがないときは、この連絡を無視してください。";
}

int notify_hear_contact_code_wanted (struct notify *self, struct hearing *hearing, const struct contact_code_wanted *event,
                                     struct error *err)
{
    (void) self;
    if (hearing->replay || event->until <= hearing->now || !hearing->event->municipality)
        return 0;
    poke_after_commit (hearing->batch, "deliver");
    return delivery_add_code (hearing->db, event, hearing->event->municipality, "【連携】確認コード", text_of (event->kind), hearing->now, err);
}
