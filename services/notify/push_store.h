/* push_store.h - browsers that take push messages, and messages queued for them. */
#ifndef NOTIFY_PUSH_STORE_H
#define NOTIFY_PUSH_STORE_H

#include "delivery_store.h"

extern const struct db_statement push_statements[];

enum { PUSH_BROWSERS_MOST = 10 };

/* not_for_you: somebody else's id; list_too_long: ten browsers. */
int push_subscribe (struct request *request, const struct push_subscribe *message, struct error *err);
int push_unsubscribe (struct request *request, const char *subscription_id, struct error *err);
/* To every browser of these people; of the alert's circle but `people` when circle. */
int push_add (const struct outgoing *out, struct text_list people, bool circle, struct error *err);

#endif
