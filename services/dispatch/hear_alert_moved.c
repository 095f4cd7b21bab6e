/* hear_alert_moved.c - notify: somebody was asked, answered, or gave a time; dispatch hears of it within 2 s (EMS-04).
 *
 * What the crew can call now is kept with each incident, and a reply becomes due.
 */
#include "dispatch.h"
#include "incident_store.h"

int dispatch_hear_alert_moved (struct dispatch *self, struct hearing *hearing, const struct alert_moved *event, struct error *err)
{
    struct ems_contacts_answer contacts = { .alert_id = event->alert_id, .alert_state = event->state };
    struct bytes packed;

    (void) self;
    contacts.contacts.items = event->contacts.items;
    contacts.contacts.count = event->contacts.count;
    if (codec_pack (&ems_contacts_answer_message, &contacts, hearing->arena, &packed, err) < 0)
        return -1;
    for (size_t i = 0; i < event->incidents.count; i++)
        if (incident_moved (hearing->db, event->incidents.items[i], packed, event->state, event->at, err) < 0)
            return -1;
    poke_after_commit (hearing->batch, "incident");
    return 0;
}
