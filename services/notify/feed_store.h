/* feed_store.h - the personal feeds: one row a notice and person, positions without gaps.
 *
 * Writing is queued; it takes the turn of alert writers (schema, alert_turn), locks the persons' heads in ascending order, and after commit
 * rings one bell that carries the notice with its place in each feed.
 */
#ifndef NOTIFY_FEED_STORE_H
#define NOTIFY_FEED_STORE_H

#include "service.h"

extern const struct db_statement feed_statements[];

struct notice {
    enum feed_kind kind;
    int64_t at;
    bool urgent;
    const char *patient_id, *alert_id;
    enum sheet_section section;             /* 0: none */
    int64_t version;                        /* 0: none */
    const char *by;
};

struct feed_writer { struct db *db; struct arena *arena; struct batch *batch; };

int feed_add_people (struct feed_writer *writer, const struct notice *notice, struct text_list people, struct error *err);
int feed_add_team (struct feed_writer *writer, const struct notice *notice,
                   struct error *err); /* the team of notice->patient_id but notice->by */
/* Who takes part in notice->alert_id, but notice->by and `but`; gives how many, unless ret_count is NULL.  A clinic's proxies hear how it
 * goes on. */
int feed_add_circle (struct feed_writer *writer, const struct notice *notice, struct text_list but, int64_t *ret_count, struct error *err);
/* Opens notice->alert_id until then to the proxies of the office under which asked_id was asked in person, and tells them. */
int feed_add_proxies (struct feed_writer *writer, const struct notice *notice, const char *asked_id, int64_t until, struct error *err);

int feed_page (struct request *request, int64_t before, int64_t limit, struct feed_answer *answer, struct error *err);
/* Emergencies that ended and whose end the reader has not read. */
int feed_outcomes (struct request *request, struct alert_outcome_list *ret, struct error *err);
int feed_mark_read (struct request *request, int64_t position, struct error *err);
int feed_news (struct request *request, const struct feed_since *wanted, struct feed_since_answer *answer, struct error *err);

#endif
