/* hear_alert_person_asked.c - notify: somebody was asked in an emergency.
 *
 * Effect: the record is open to that office until the event's end, if and only if the person consented: to the doctors of that rotation, or
 * to the last resort.  Persons and offices asked by name see what their seats show them.
 */
#include "consent.h"
#include "consent_store.h"
#include "standing.h"
#include "today.h"

static enum ground ground_of (enum consent_scope scope)
{
    return scope == CONSENT_SCOPE_DUTY_DOCTORS ? GROUND_DUTY : GROUND_LAST_RESORT;
}

int sharing_hear_alert_person_asked (struct sharing *self, struct hearing *hearing, const struct alert_person_asked *event,
                                     struct error *err)
{
    enum consent_scope scope = consent_scope_of (event->target);
    const struct consent_view *consent;
    struct consent_list consents;
    const char *municipality;
    char today[DATE_TEXT];

    (void) self;
    today_text (hearing->now, today);
    if (!scope || event->until <= hearing->now)
        return 0;
    if (consent_store_municipality (hearing->db, hearing->arena, event->patient_id, &municipality, err) < 0)
        return -1;
    if (!municipality)
        return 0;
    if (consent_store_list (hearing->db, hearing->arena, municipality, event->patient_id, &consents, err) < 0)
        return -1;
    consent = consent_for (consents.items, consents.count, scope, event->rotation_id, today);
    return consent ? consent_store_open (hearing->db, municipality, event, ground_of (scope), consent->consent_id, err) : 0;
}
