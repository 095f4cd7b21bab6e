/* follow_store.h - what follows sending, by the job delivery_follow: what waited is told together, contacts that failed are told of. */
#ifndef NOTIFY_FOLLOW_STORE_H
#define NOTIFY_FOLLOW_STORE_H

#include "db.h"
#include "digest_text.h"

extern const struct db_statement follow_statements[];

/* What is due for one contact, oldest first, at most DIGEST_MOST, locked; count 0: nothing. */
int follow_due (struct db *db, struct arena *arena, int64_t now, struct digest_items *ret, struct error *err);
/* One alone goes as it is. */
int follow_release (struct db *db, const struct digest_item *item, int64_t now, struct error *err);
int follow_bundle (struct db *db, struct arena *arena, const struct digest_items *items, const char *bundle_id, int64_t now,
                   struct error *err);

/* A contact that failed and of which nobody was told yet. */
struct trouble { const char *contact_point_id, *person_id, *reason, *municipality; int kind; };
int follow_trouble (struct db *db, struct arena *arena, struct trouble *ret, struct error *err);
int follow_told (struct db *db, const struct trouble *trouble, int64_t now, struct error *err);
/* The owner and the rota offices of the municipality. */
int follow_listeners (struct db *db, struct arena *arena, const struct trouble *trouble, struct text_list *ret, struct error *err);

#endif
