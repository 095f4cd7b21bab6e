/* sheet.h - 情報提供書: one person's agreed items on A4, the same data as the reply, for the crew's clipboard or the kit in the refrigerator
 * (EMS-21).  Pure. */
#ifndef DISPATCH_SHEET_H
#define DISPATCH_SHEET_H

#include "codec.h"
#include "messages.h"

struct sheet_facts {
    const struct ems_record_answer *record;
    const struct ems_contact *contacts;
    size_t contact_count;
    const char *partner_name;
    int64_t issued_at;
};

int sheet_print (struct arena *arena, const struct sheet_facts *facts, struct bytes *ret, struct error *err);

#endif
