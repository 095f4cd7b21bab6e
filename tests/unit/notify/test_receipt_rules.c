/* Receipts, late, repeated and in every order: a message never moves backwards. */
#include "receipt_rules.h"
#include "tap.h"

static struct receipt_move move (enum delivery_state state, enum receipt_kind kind)
{
    return receipt_move (&(struct receipt_facts) { .state = state, .latest = true, .wanted = true }, kind);
}

static int rank (enum delivery_state state)
{
    return state == DELIVERY_STATE_READ ? 3 : state == DELIVERY_STATE_DELIVERED ? 2 : state == DELIVERY_STATE_SENT ? 1 : 0;
}

static void test_forward (void)
{
    is_number (move (DELIVERY_STATE_SENT, RECEIPT_DELIVERED).next, DELIVERY_STATE_DELIVERED, "X-05 sent, then delivered");
    is_number (move (DELIVERY_STATE_DELIVERED, RECEIPT_READ).next, DELIVERY_STATE_READ, "X-05 ...then read");
    is_number (move (DELIVERY_STATE_READ, RECEIPT_DELIVERED).follow, RECEIPT_NOTHING, "N-55 delivered after read changes nothing");
    is_number (move (DELIVERY_STATE_DELIVERED, RECEIPT_SENT).follow, RECEIPT_NOTHING, "N-55 ...nor sent after delivered");
    is_number (move (DELIVERY_STATE_DELIVERED, RECEIPT_FAILED).follow, RECEIPT_NOTHING, "N-55 ...nor failed");
    is_number (move (DELIVERY_STATE_DELIVERED, RECEIPT_NO_ANSWER).follow, RECEIPT_NOTHING, "N-55 ...nor a call nobody takes any more");
    is_number (move (DELIVERY_STATE_PENDING, RECEIPT_DELIVERED).follow, RECEIPT_RAISE,
               "what arrived although its answer was lost is not sent again");
    is_number (move (DELIVERY_STATE_FAILED, RECEIPT_DELIVERED).follow, RECEIPT_RAISE, "what arrived after all has arrived");
    is_number (move (DELIVERY_STATE_CANCELLED, RECEIPT_DELIVERED).follow, RECEIPT_NOTHING, "what was called off stays so");
}

/* Every sequence of four receipts from every state, with the state carried on. */
static void test_every_order (void)
{
    int backwards = 0, walks = 0;

    for (int start = 0; start < 2; start++)
        for (int walk = 0; walk < 625; walk++) {
            enum delivery_state state = start ? DELIVERY_STATE_PENDING : DELIVERY_STATE_SENT;
            int left = walk;

            for (int i = 0; i < 4; i++, left /= 5) {
                struct receipt_move next = move (state, (enum receipt_kind) (left % 5 + 1));
                bool down = next.follow != RECEIPT_NOTHING && rank (next.next) < rank (state);

                backwards += down && !(state == DELIVERY_STATE_SENT && next.follow != RECEIPT_RAISE);
                state = next.follow == RECEIPT_NOTHING ? state : next.next;
            }
            walks++;
        }
    is_number (walks, 1250, "every order of four receipts");
    is_number (backwards, 0, "N-55 ...leaves no message less delivered than it was");
}

static void test_sequences (void)
{
    struct receipt_facts facts = { .state = DELIVERY_STATE_SENT, .latest = true, .wanted = true, .has_last = true, .last_sequence = 7,
                                   .has_sequence = true, .sequence = 6 };

    is_number (receipt_move (&facts, RECEIPT_FAILED).follow, RECEIPT_NOTHING, "N-55 an older sequence is passed over");
    facts.sequence = 7;
    is_number (receipt_move (&facts, RECEIPT_FAILED).follow, RECEIPT_NOTHING, "N-55 ...the same one too");
    facts.sequence = 8;
    is_number (receipt_move (&facts, RECEIPT_FAILED).follow, RECEIPT_GIVE_UP, "...a newer one counts");
    facts.has_sequence = false;
    is_number (receipt_move (&facts, RECEIPT_DELIVERED).follow, RECEIPT_RAISE, "without a sequence the rank decides");
}

static void test_calls (void)
{
    struct receipt_facts facts = { .state = DELIVERY_STATE_SENT, .latest = true, .wanted = true };

    for (; facts.recalls < RECALLS_MOST; facts.recalls++)
        is_number (receipt_move (&facts, RECEIPT_NO_ANSWER).follow, RECEIPT_RECALL, "N-53 nobody takes the call: it is made again");
    is_number (receipt_move (&facts, RECEIPT_NO_ANSWER).follow, RECEIPT_GIVE_UP, "N-53 ...three times");
    facts.recalls = 0;
    facts.wanted = false;
    is_number (receipt_move (&facts, RECEIPT_NO_ANSWER).follow, RECEIPT_GIVE_UP, "N-53 ...not when somebody has accepted");
    facts = (struct receipt_facts) { .state = DELIVERY_STATE_SENT, .wanted = true };
    is_number (receipt_move (&facts, RECEIPT_NO_ANSWER).follow, RECEIPT_NOTHING, "N-55 of an earlier attempt it counts nothing");
    is_number (receipt_move (&facts, RECEIPT_FAILED).follow, RECEIPT_NOTHING, "N-55 ...nor does a failure");
    is_number (receipt_move (&facts, RECEIPT_DELIVERED).follow, RECEIPT_RAISE, "...but that it was delivered does");
}

int main (void)
{
    test_forward ();
    test_every_order ();
    test_sequences ();
    test_calls ();
    is_number (receipt_kind_of ("no_answer"), RECEIPT_NO_ANSWER, "words of receipts are known");
    is_number (receipt_kind_of ("what"), 0, "...others are not");
    return done ();
}
