/* hear_alert_ended.c - notify: an alert was ended by a person.
 *
 * Effect: the mark is closed.  Access that the alert opened stays until its own end: the doctor who came still has to write down.
 */
#include "registry_store.h"

int sharing_hear_alert_ended (struct sharing *self, struct hearing *hearing, const struct alert_ended *event, struct error *err)
{
    (void) self;
    return registry_store_end_emergency (hearing->db, event, err);
}
