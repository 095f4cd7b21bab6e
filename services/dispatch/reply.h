/* reply.h - what a partner is told about an incident: whom to call now, the designated hospital, the recorded wish; never an instruction.
 * Pure.
 *
 * A newer reply takes the place of an older one that has not left.  Source: notify-and-ems.md §4.5 C1; EMS-03, 05, 08, 09, 15, 19.
 */
#ifndef DISPATCH_REPLY_H
#define DISPATCH_REPLY_H

#include "document.h"
#include "incident_store.h"

struct reply_facts {
    struct document_head head;
    const struct incident *incident;
    enum match_result result;                           /* 0: still being looked for */
    const struct ems_contact *contacts;
    size_t contact_count;
    int64_t contacts_at;
    const struct ems_record_answer *record;             /* NULL: not released, or not there */
    struct text_list missing;                           /* "contacts", "record", "match" */
    int64_t expires;
};

struct bytes reply_write (struct arena *arena, enum message_format format, const struct reply_facts *facts, const char **ret_media);

/* One line a person can read: "往診当番医 海野 武 0990-… 引き受けた（45分以内）". */
const char *reply_contact_line (struct arena *arena, const struct ems_contact *contact);

#endif
