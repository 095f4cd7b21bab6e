/* ledger_store.h - who saw one patient's record, from this service's ledger. */
#ifndef SHARING_LEDGER_STORE_H
#define SHARING_LEDGER_STORE_H

#include "sharing.h"

extern const struct db_statement ledger_statements[];

struct ledger_row { struct ledger_line line; int64_t seq; };
struct ledger_page { struct ledger_row *items; size_t count; };

/* Newest first, below `before` (0: from the newest), at most `most`.  The caller has checked that the actor may ask. */
int ledger_store_page (struct request *request, const char *patient_id, int64_t before, int64_t most, struct ledger_page *ret,
                       struct error *err);

#endif
