/* registry_store.h - what sharing keeps of the registry's state events.  Engine role; an older version never replaces a newer one. */
#ifndef SHARING_REGISTRY_STORE_H
#define SHARING_REGISTRY_STORE_H

#include "sharing.h"

extern const struct db_statement registry_statements[];

int registry_store_municipality (struct db *db, const struct municipality_changed *event, int64_t version, struct error *err);
int registry_store_office (struct db *db, const struct office_changed *event, int64_t version, struct error *err);
int registry_store_membership (struct db *db, const struct membership_changed *event, int64_t version, struct error *err);
int registry_store_agreement (struct db *db, const struct agreement_changed *event, int64_t version, struct error *err);

int registry_store_mark_emergency (struct db *db, const char *municipality, const struct emergency_reported *event, struct error *err);
int registry_store_end_emergency (struct db *db, const struct alert_ended *event, struct error *err);

#endif
