/* sheet.h - 情報提供書: one person's agreed items on A4, the same data as the reply, for the crew's clipboard or the kit in the refrigerator
 * (EMS-21): whom to call now in order, the designated hospital, facts about documents of wish with the fixed sentence, the agreed items;
 * with
 * QR code, registration, date of issue and last change.  Pure; memory: the arena's.  Errors: see paper.h. */
#ifndef DISPATCH_SHEET_H
#define DISPATCH_SHEET_H

#include "codec.h"
#include "messages.h"

struct sheet_facts {
    const struct ems_record_answer *record;         /* NULL: not released, or nobody was found */
    const struct ems_contact *contacts;             /* in order, the last resort last */
    size_t contact_count;
    const char *partner_name;
    int64_t issued_at;
    /* may be absent */
    const char *number, *unit, *complaint;          /* the partner's number of the incident, ambulance, in words */
    const char *registration;                       /* card number */
    bool exercise;                                  /* 【訓練】 */
};

int sheet_print (struct arena *arena, const struct sheet_facts *facts, struct bytes *ret, struct error *err);

#endif
