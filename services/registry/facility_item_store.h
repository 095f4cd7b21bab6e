/* facility_item_store.h - items of table 1 and consents in the database.  Everything returned lives in the arena given. */
#ifndef REGISTRY_FACILITY_ITEM_STORE_H
#define REGISTRY_FACILITY_ITEM_STORE_H

#include "facility_item_rules.h"

extern const struct db_statement facility_item_statements[];

/* Refuses not_for_you when there is no such facility. */
int facility_store_kept (struct request *request, const char *facility_id, struct facility_kept *ret, struct error *err);
/* What holds, as far as the reader may see it. */
int facility_store_items (struct request *request, const char *facility_id, struct known_items *ret, struct error *err);
int facility_store_consents (struct request *request, const char *facility_id, struct facility_consents *ret, struct error *err);

/* Ends and begins rows as of request->now. */
int facility_store_turn (struct request *request, const char *facility_id, const struct facility_kept *kept,
                         const struct facility_turn *turn, struct error *err);
int facility_store_consent_turn (struct request *request, const char *facility_id, const struct facility_kept *kept,
                                 const struct facility_consents *fresh, struct error *err);

/* A save on the way into the upkeep report; month: its first day. */
int facility_store_spent (struct request *request, const char *facility_id, const char *month, bool by_facility, int64_t seconds,
                          struct error *err);

/* Rows with the columns of the items statement; also as they were on another day. */
struct known_items facility_items_read (const db_rows *rows, struct arena *arena);

#endif
