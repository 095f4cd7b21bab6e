/* reply_store.h - who may answer without a log-in: codes, links, called numbers.  Under the engine's role: nobody is logged in. */
#ifndef NOTIFY_REPLY_STORE_H
#define NOTIFY_REPLY_STORE_H

#include "delivery_store.h"
#include "reply_rules.h"

extern const struct db_statement reply_statements[];

/* Whose answer it is; reply_id NULL: nobody's. */
struct replier {
    const char *reply_id, *municipality, *alert_id;
    const char *person_id, *office_id;                      /* one of them: the person, or the office that was asked */
    bool link_used;
};

int reply_by_code (struct db *db, struct arena *arena, const char *code, struct replier *ret, struct error *err);
int reply_by_id (struct db *db, struct arena *arena, const char *reply_id, struct replier *ret, struct error *err);
/* By the message a key was pressed on. */
int reply_by_message (struct db *db, struct arena *arena, const char *adapter, const char *provider_id, const char *message_id,
                      struct replier *ret, struct error *err);
/* The numbers of the person, or of the office, that a text message may come from. */
int reply_numbers (struct db *db, struct arena *arena, const struct replier *replier, struct text_list *ret, struct error *err);
int reply_link_use (struct db *db, const char *reply_id, struct error *err);

struct reply_person { const char *person_id, *office_id, *name; };
struct reply_people { struct reply_person *items; size_t count; };
/* Who may answer for the office, in a fixed order, at most NAMES_MOST; of a person: that person. */
int reply_people (struct db *db, struct arena *arena, const struct replier *replier, struct reply_people *ret, struct error *err);

/* What the page of a link shows. */
int reply_page (struct db *db, struct arena *arena, const struct replier *replier, struct reply_link_answer *ret, struct error *err);

#endif
