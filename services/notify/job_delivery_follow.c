/* job_delivery_follow.c - what follows sending: messages that waited for the end of quiet hours leave, together where there are several;
 * whoever has a contact that does not work is told, and the rota office with him.
 *
 * Every second; one contact a transaction, more at once by job_run.again.
 */
#include "alert_store.h"
#include "delivery_store.h"
#include "feed_store.h"
#include "follow_store.h"
#include "ids.h"
#include "notify.h"
#include "words.h"

static int tell_together (struct job_run *run, bool *ret_any, struct error *err)
{
    struct digest_items items;
    char bundle_id[UUID_TEXT];

    if (follow_due (run->db, run->arena, run->now, &items, err) < 0)
        return -1;
    *ret_any = items.count > 0;
    if (items.count == 0)
        return 0;
    poke_after_commit (run->batch, "deliver");
    if (items.count == 1)
        return follow_release (run->db, &items.items[0], run->now, err);
    uuid_new (bundle_id);
    return follow_bundle (run->db, run->arena, &items, bundle_id, run->now, err);
}

static int write_letter (struct job_run *run, const struct trouble *trouble, struct error *err)
{
    const struct letter letter = { .municipality = trouble->municipality, .person_id = trouble->person_id,
        .subject = "【連携】連絡先に届きませんでした", .now = run->now,
        .text = arena_print (run->arena, "登録されている連絡先（%s）に届きませんでした。\n理由：%s\n\n設定の「連絡先」で確かめ、直してください。\n",
                             words_of (&contact_kind_type, trouble->kind), trouble->reason) };

    /* an e-mail about an e-mail address that does not work would come back itself */
    return !trouble->municipality || trouble->kind == CONTACT_KIND_EMAIL ? 0 : delivery_add_letter (run->db, &letter, err);
}

static int tell_of_trouble (struct job_run *run, bool *ret_any, struct error *err)
{
    const struct notice notice = { .kind = FEED_KIND_CONTACT_UNREACHABLE, .at = run->now, .urgent = true };
    struct feed_writer feed = { .db = run->db, .arena = run->arena, .batch = run->batch };
    struct trouble trouble;
    struct text_list people;

    if (follow_trouble (run->db, run->arena, &trouble, err) < 0)
        return -1;
    *ret_any = trouble.contact_point_id != NULL;
    if (!*ret_any)
        return 0;
    poke_after_commit (run->batch, "deliver");
    if (follow_listeners (run->db, run->arena, &trouble, &people, err) < 0
        || feed_add_people (&feed, &notice, people, err) < 0
        || write_letter (run, &trouble, err) < 0)
        return -1;
    return follow_told (run->db, &trouble, run->now, err);
}

int notify_job_delivery_follow (void *self, struct job_run *run, struct error *err)
{
    bool told = false, sent = false;

    (void) self;
    if (tell_of_trouble (run, &told, err) < 0 || (!told && tell_together (run, &sent, err) < 0))
        return -1;
    *run->again = told || sent;
    return 0;
}
