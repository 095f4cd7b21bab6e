/* support_piece.h - one piece of the 支援情報 file (EMS-20), for a desk's person and for the command system's own key.
 *
 * Only people whose EMS consent is in force; a withdrawal is a row of the next delta.  The last piece of a file moves the position the next delta
 * begins at: one for the partner's people and one for its key, so that a file taken by hand leaves no hole in what the machine takes daily.
 * Refuses field_unknown_choice (another encoding), malformed (a page key that was not given by us), try_later (sharing does not answer).
 * Writes the ledger, one row a piece.
 */
#ifndef DISPATCH_SUPPORT_PIECE_H
#define DISPATCH_SUPPORT_PIECE_H

#include "dispatch.h"
#include "partner_store.h"

struct support_wish {
    const char *encoding, *after;       /* NULL: utf-8; the first piece */
    bool delta, by_key;
};

int support_piece (struct dispatch *self, struct request *request, const struct partner *partner, const struct support_wish *wish,
                   struct support_export_answer *answer, struct error *err);

#endif
