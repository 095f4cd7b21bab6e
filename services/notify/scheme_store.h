/* scheme_store.h - what notify keeps of registry's scheme of attending and deputy doctors. */
#ifndef NOTIFY_SCHEME_STORE_H
#define NOTIFY_SCHEME_STORE_H

#include "scheme.h"
#include "service.h"

extern const struct db_statement scheme_statements[];

int scheme_put (struct db *db, struct arena *arena, const struct scheme_part_changed *event, int64_t version, struct error *err);
/* Parts of these offices, without those taken back. */
int scheme_of_offices (struct db *db, struct arena *arena, struct text_list offices, struct scheme_known *ret, struct error *err);

#endif
