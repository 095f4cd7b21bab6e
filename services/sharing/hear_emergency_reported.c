/* hear_emergency_reported.c - notify: a sudden change was reported.  Effect: a mark at the patient; unknown patients are passed over. */
#include "consent_store.h"
#include "registry_store.h"

int sharing_hear_emergency_reported (struct sharing *self, struct hearing *hearing, const struct emergency_reported *event,
                                     struct error *err)
{
    const char *municipality;

    (void) self;
    if (consent_store_municipality (hearing->db, hearing->arena, event->patient_id, &municipality, err) < 0)
        return -1;
    return municipality ? registry_store_mark_emergency (hearing->db, municipality, event, err) : 0;
}
