/* receipt_rules.h - what a provider's receipt does to a message.  Pure.
 *
 * Receipts come late, repeated and out of order: a message never moves backwards (N-55).  With sequences an older one is passed over; in any
 * case the rank decides: pending < sent < delivered < read.  "Failed" and "no answer" count only for the attempt made last and only while
 * nothing better is known.  A call nobody takes is made again, three times, while its answer is still wanted (N-53).
 */
#ifndef NOTIFY_RECEIPT_RULES_H
#define NOTIFY_RECEIPT_RULES_H

#include "messages.h"

enum receipt_kind { RECEIPT_SENT = 1, RECEIPT_DELIVERED, RECEIPT_READ, RECEIPT_NO_ANSWER, RECEIPT_FAILED };
enum { RECALLS_MOST = 3, RECALL_SECONDS = 60 };

struct receipt_facts {
    enum delivery_state state;
    bool latest;                        /* of the attempt made last */
    bool has_last, has_sequence;
    int64_t last_sequence, sequence;
    int64_t recalls;
    bool wanted;                        /* its answer is still wanted: an open alert's question, or information */
};

enum receipt_follow { RECEIPT_NOTHING, RECEIPT_RAISE, RECEIPT_RECALL, RECEIPT_GIVE_UP };
struct receipt_move { enum receipt_follow follow; enum delivery_state next; };

struct receipt_move receipt_move (const struct receipt_facts *facts, enum receipt_kind kind);
enum receipt_kind receipt_kind_of (const char *word);          /* "delivered"; 0: unknown */

#endif
