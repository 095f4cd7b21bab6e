/* fake_adapter.h - adapters that do what a test tells them, without any network: accept, fail for now, fail for good; and remember. */
#ifndef TEST_FAKE_ADAPTER_H
#define TEST_FAKE_ADAPTER_H

#include "adapter.h"
#include "region.h"
#include "sender.h"

struct fake { enum sent mood; int taken, asked; char last_id[40], text[4000], address[200], all[60000]; bool last_possible_duplicate; };

static struct fake fakes[6];
static struct adapters fake_adapters;
static struct db *fake_db;

/* What leaves is searched for names when the test is over (own-database, N-58): one message a line. */
static inline void fake_left (const char *subject, const char *text)
{
    const char *path = getenv ("RENKEI_TEST_OUTGOING");
    FILE *file = path ? fopen (path, "a") : NULL;

    if (!file)
        return;
    fprintf (file, "%s ", subject ? subject : "");
    for (; *text; text++)
        fputc (*text == '\n' || *text == '\r' ? ' ' : *text, file);
    fputc ('\n', file);
    fclose (file);
}

static inline void fake_begin (struct adapter *adapter, struct hand *hand)
{
    struct fake *fake = (struct fake *) adapter->state;
    size_t used = strlen (fake->all);

    fake->asked++;
    fake->taken += fake->mood == SENT_DELIVERED || fake->mood == SENT_ACCEPTED;
    snprintf (fake->last_id, sizeof fake->last_id, "%s", hand->claim.delivery_id);
    snprintf (fake->text, sizeof fake->text, "%s", hand->claim.text);
    snprintf (fake->address, sizeof fake->address, "%s", hand->claim.address);
    snprintf (fake->all + used, sizeof fake->all - used, "%s %s\n", hand->claim.subject ? hand->claim.subject : "", hand->claim.text);
    fake_left (hand->claim.subject, hand->claim.text);
    fake->last_possible_duplicate = hand->claim.possible_duplicate;
    hand_answer (hand, fake->mood, fake->mood == SENT_TEMPORARY ? "つながりません" : fake->mood == SENT_PERMANENT ? "番号がありません" : NULL);
    hand->answer.provider_id = arena_print (hand->arena, "%s-%d", adapter->name, fake->asked);
}

#define FAKE_BIT(kind) (1u << (CONTACT_KIND_##kind - 1))

static inline void add_fake (const char *name, unsigned channels, enum sent mood)
{
    struct fake *fake = &fakes[fake_adapters.count];

    *fake = (struct fake) { .mood = mood };
    fake_adapters.items[fake_adapters.count++] =
        (struct adapter) { .name = name, .channels = channels, .begin = fake_begin, .state = fake };
}

static inline void open_fakes (struct region *region)
{
    char conninfo[400];
    size_t count = 0, receipts = 0;

    snprintf (conninfo, sizeof conninfo, "%s user=renkei_notify_engine", getenv ("RENKEI_TEST_DATABASE"));
    while (sender_statements[count].name)
        count++;
    while (receipt_statements[receipts].name)
        receipts++;
    fake_db = db_open (conninfo, &region->err);
    if (!fake_db || db_prepare (fake_db, sender_statements, count, &region->err) < 0
        || db_prepare (fake_db, receipt_statements, receipts, &region->err) < 0) {
        printf ("Bail out! %s\n", region->err.detail);
        exit (1);
    }
}

/* As many rounds; gives how many messages were claimed. */
static inline int64_t send_lanes (struct region *region, enum lane first, enum lane last, int rounds)
{
    size_t claimed, all = 0;

    for (int i = 0; i < rounds; i++) {
        if (sender_round_with (fake_db, &fake_adapters, first, last, &claimed, &region->err) < 0)
            note ("%s %s", error_name_of (&region->err), region->err.detail);
        all += claimed;
    }
    return (int64_t) all;
}

static inline int64_t send_rounds (struct region *region, int rounds)
{
    return send_lanes (region, LANE_E0, LANE_NEWS, rounds);
}

#endif
