/* partner_store.h - partners, their keys and rules.  Reading by a key is for the engine's connection; the rest for people. */
#ifndef DISPATCH_PARTNER_STORE_H
#define DISPATCH_PARTNER_STORE_H

#include "service.h"

extern const struct db_statement partner_statements[];

struct partner {
    const char *partner_id, *name, *office_id, *region;
    struct text_list municipalities, senders, fields;
    struct enum_list formats;
    bool break_glass, enabled;
    enum message_format reply_format;
    const char *webhook_url, *mail_template;
};

/* NULL partner_id: no such key, revoked, or the partner is cut off.  Marks the partner as heard. */
int partner_by_key (struct db *db, struct arena *arena, const char *key, int64_t now, struct partner *ret, struct error *err);
int partner_find (struct db *db, struct arena *arena, const char *partner_id, struct partner *ret, struct error *err);
/* Of an office of a fire organisation; NULL partner_id: none. */
int partner_of_office (struct db *db, struct arena *arena, const char *office_id, struct partner *ret, struct error *err);

int partner_put (struct request *request, const struct partner_put *message, struct error *err);
int partner_key_put (struct request *request, const struct partner_key_add *message, struct bytes sha256, struct error *err);
int partner_key_end (struct request *request, const struct partner_key_revoke *message, bool *ret_done, struct error *err);
int partner_switch (struct request *request, const struct partner_cut *message, bool *ret_done, struct error *err);
int partner_rules_write (struct request *request, const struct partner_rules_put *message, struct error *err);
int partner_rules_read (struct db *db, struct arena *arena, const char *partner_id, const struct partner_rule **ret, size_t *ret_count,
                        struct error *err);
int partner_list_read (struct request *request, struct partner_list_answer *answer, struct error *err);
int partner_view_read (struct request *request, const char *partner_id, struct partner_view_answer *answer, struct error *err);

/* SHA-256 of a key, 32 bytes in the arena. */
struct bytes key_hash (struct arena *arena, const char *key);

#endif
