/* alert_contacts.h - whom dispatch and the crew can call: the resolver's answer at this instant, in its order, with what became of asking
 * each, the last resort always last (EMS-05).  Pure but for alert_contacts_load. */
#ifndef NOTIFY_ALERT_CONTACTS_H
#define NOTIFY_ALERT_CONTACTS_H

#include "alert_store.h"
#include "incident_store.h"

enum { CONTACTS_MOST = 20 };

/* seats: who has which seat in the person's team; tries: NULL items when there is no alert. */
struct ems_contact_list contacts_of (struct arena *arena, const struct resolution *order, const struct try_rows *tries,
                                     const struct seat_rows *seats, int64_t now);

/* alert: NULL alert_id when there is none (municipality, patient_id and tag are used); patient_id NULL: only the last resort. */
int alert_contacts_load (struct db *db, struct arena *arena, const struct alert_row *alert, int64_t at, struct ems_contact_list *ret,
                         struct error *err);

#endif
