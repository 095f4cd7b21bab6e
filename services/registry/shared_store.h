/* shared_store.h - sessions in use at the same time, and what was noted of them. */
#ifndef SHARED_STORE_H
#define SHARED_STORE_H

#include "db.h"
#include "messages.h"
#include "shared.h"

extern const struct db_statement shared_statements[];

/* Engine role: people with several open sessions used within SHARED_MINUTES before now. */
struct shared_person { const char *person_id; struct shared_use *uses; size_t count; };
int shared_store_in_use (struct db *db, int64_t now, struct arena *arena, struct shared_person **ret, size_t *ret_count, struct error *err);
/* One row a person and day; the last time counts. */
int shared_store_note (struct db *db, const char *person_id, struct text_list devices, int64_t places, int64_t now, struct arena *arena,
                       struct error *err);

/* Command role: of the people of an office, in the 90 days before now. */
int shared_store_signs (struct db *db, const char *office_id, int64_t now, struct arena *arena, struct shared_sign_list *ret,
                        struct error *err);

#endif
