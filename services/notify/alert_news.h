/* alert_news.h - what people who are only informed are told by mail: one start and one end, and between them the changes of at least three
 * minutes in one mail; at night (20:00 to 8:00) changes wait for the morning.  In the application everything stands at once.
 *
 * Rows first, in the transaction of the change; the job alert_news makes mails of them.  A mail names no person. */
#ifndef NOTIFY_ALERT_NEWS_H
#define NOTIFY_ALERT_NEWS_H

#include "act.h"
#include "alert_store.h"

enum news_kind { NEWS_START = 1, NEWS_CHANGE, NEWS_END };
enum { NEWS_BUNDLE_SECONDS = 180 };

extern const struct db_statement news_statements[];

/* START is told at 8:00 (whoever starts by day tells at once), CHANGE bundled, END at once with what still waits. */
int news_add (struct act *act, const struct alert_row *alert, enum news_kind kind, const char *text, struct error *err);

struct news_row { enum news_kind kind; int64_t at; const char *text; };
struct news_rows { struct news_row *items; size_t count; };

/* An alert with news that are due; *ret_alert NULL: none.  What is taken counts as told. */
int news_claim (struct db *db, struct arena *arena, int64_t now, const char **ret_alert, struct error *err);
int news_take (struct db *db, struct arena *arena, const char *alert_id, int64_t now, struct news_rows *ret, struct error *err);
int news_readers (struct db *db, struct arena *arena, const struct alert_row *alert, struct text_list *ret, struct error *err);

/* Words of a mail; pure. */
const char *news_subject (struct arena *arena, const struct alert_row *alert, const char *municipality, bool ended);
const char *news_body (struct arena *arena, const struct alert_row *alert, const char *municipality, const struct news_rows *news);

#endif
