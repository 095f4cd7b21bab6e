/* operator_store.h - what doctor and restore ask the database, as its owner or superuser. */
#ifndef OPERATOR_STORE_H
#define OPERATOR_STORE_H

#include "db.h"

struct database_facts {
    const char *version, *time_zone, *tokyo;        /* tokyo: 2026-01-01 00:00 UTC as Asia/Tokyo says it */
    const char *collation, *folder;                 /* folder of the data; NULL when this role may not know */
    int64_t now_us, prepared, schemas, services, longest_seconds;
    int64_t watches;                                /* programs renkei-watch that are connected */
};
/* How the alerts go (notify.trouble ()): trouble is NULL when all is well; tested: when the last test of the whole way succeeded, NULL: never. */
struct alert_facts { const char *trouble, *tested; };
int operator_store_alerts (struct db *db, struct arena *arena, struct alert_facts *ret, struct error *err);

int operator_store_facts (struct db *db, struct arena *arena, struct database_facts *ret, struct error *err);
/* The number of the first seal of that service's disclosure ledger that does not fit its rows; 0: all fit.  Reads the whole ledger. */
int operator_store_broken_seal (struct db *db, const char *service, int64_t *ret, struct error *err);
int operator_store_services (struct db *db, int64_t *ret, struct error *err);           /* connections of services */

/* For psql, around the restored content in the same transaction: everything goes; then nothing leaves until a person confirms, and
 * positions in event logs begin anew. */
extern const char operator_store_drop[], operator_store_hold[];

#endif
