/* ems_export_store.h - pages of 支援情報, on connections of the role renkei_sharing_ems (ems_store_enter comes first).
 *
 * A position is "incarnation-xid": the oldest transaction that was running.  Of another incarnation (a restore, a promotion) it says
 * nothing, and the export is whole.
 */
#ifndef SHARING_EMS_EXPORT_STORE_H
#define SHARING_EMS_EXPORT_STORE_H

#include "sharing.h"

extern const struct db_statement ems_export_statements[];

/* Fills position and whole. */
int ems_export_position (struct request *request, const char *since, struct ems_export_answer *ret, struct error *err);
/* Rows after the patient_id `after` (NULL: from the beginning); since NULL: all. */
int ems_export_page (struct request *request, const char *since, const char *after, int64_t most, struct ems_export_answer *ret,
                     struct error *err);

#endif
