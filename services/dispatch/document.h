/* document.h - what leaves for a partner, as JSON or CAP 1.2: acks, errors and replies.  Pure.
 *
 * CAP: sent with a numeric offset (+09:00), references "sender,identifier,sent" of the message answered; valid against the XSD.  JSON:
 * notify-and-ems.md §4.5, C1.
 */
#ifndef DISPATCH_DOCUMENT_H
#define DISPATCH_DOCUMENT_H

#include "arena.h"
#include "intake.h"

#define MEDIA_JSON "application/json"
#define MEDIA_CAP "application/cap+xml"

struct document_head {
    const char *id, *region;            /* our id of it, and who we are to this partner */
    const char *to;                     /* the partner's address */
    enum incident_status status;
    int64_t sent;
    const char *incident;               /* the partner's number; NULL when unknown */
    const char *reference;              /* id of the message this is about; NULL when there is none */
    int64_t reference_sent;
};

/* verdict accepted or expired: an Ack; anything else: an Error. */
struct bytes document_ack (struct arena *arena, enum message_format format, const struct document_head *head, enum intake_verdict verdict,
                           const char *why, unsigned warnings, const char **ret_media);

/* RFC 3339 in Japanese time, whole seconds, numeric offset. */
const char *document_time (struct arena *arena, int64_t us);
/* Text for XML: the five entities, and what XML 1.0 cannot hold left out. */
const char *document_xml (struct arena *arena, const char *text);
/* Opening of a CAP alert up to and with <incidents>; note may be NULL. */
const char *document_cap_head (struct arena *arena, const struct document_head *head, const char *type, const char *note);

#endif
