/* receipt_rules.c - see receipt_rules.h. */
#include "receipt_rules.h"
#include <string.h>

static int rank (enum delivery_state state)
{
    switch (state) {
    case DELIVERY_STATE_SENT:
        return 1;
    case DELIVERY_STATE_DELIVERED:
        return 2;
    case DELIVERY_STATE_READ:
        return 3;
    case DELIVERY_STATE_CANCELLED:
        return 9;                       /* called off: what an earlier attempt did changes nothing */
    default:
        return 0;
    }
}

static struct receipt_move raise_to (const struct receipt_facts *facts, enum delivery_state next)
{
    return (struct receipt_move) { rank (facts->state) < rank (next) ? RECEIPT_RAISE : RECEIPT_NOTHING, next };
}

static struct receipt_move failed (const struct receipt_facts *facts, bool may_repeat)
{
    if (!facts->latest || facts->state != DELIVERY_STATE_SENT)
        return (struct receipt_move) { RECEIPT_NOTHING, facts->state };
    if (may_repeat && facts->wanted && facts->recalls < RECALLS_MOST)
        return (struct receipt_move) { RECEIPT_RECALL, DELIVERY_STATE_PENDING };
    return (struct receipt_move) { RECEIPT_GIVE_UP, DELIVERY_STATE_FAILED };
}

struct receipt_move receipt_move (const struct receipt_facts *facts, enum receipt_kind kind)
{
    if (facts->has_sequence && facts->has_last && facts->sequence <= facts->last_sequence)
        return (struct receipt_move) { RECEIPT_NOTHING, facts->state };
    switch (kind) {
    case RECEIPT_SENT:
        return facts->latest && facts->state == DELIVERY_STATE_PENDING ? (struct receipt_move) { RECEIPT_NOTHING, facts->state }
                                                                       : raise_to (facts, DELIVERY_STATE_SENT);
    case RECEIPT_DELIVERED:
        return raise_to (facts, DELIVERY_STATE_DELIVERED);
    case RECEIPT_READ:
        return raise_to (facts, DELIVERY_STATE_READ);
    case RECEIPT_NO_ANSWER:
        return failed (facts, true);
    case RECEIPT_FAILED:
        return failed (facts, false);
    }
    return (struct receipt_move) { RECEIPT_NOTHING, facts->state };
}

enum receipt_kind receipt_kind_of (const char *word)
{
    static const char *const words[] = { "", "sent", "delivered", "read", "no_answer", "failed" };

    for (int i = 1; i <= RECEIPT_FAILED; i++)
        if (strcmp (words[i], word) == 0)
            return (enum receipt_kind) i;
    return 0;
}
