/* reply_act.h - an answer that came without a log-in, done: by key, by text message, by a one-time link.  One place for all three.
 *
 * Runs under the engine's role.  What the person may not do, and what does not say enough, changes nothing and gets words back; only what
 * the database says is an error.
 */
#ifndef NOTIFY_REPLY_ACT_H
#define NOTIFY_REPLY_ACT_H

#include "act.h"
#include "reply_store.h"

struct replied { enum alert_answer_kind answer; int64_t minutes; enum decline_reason decline; char name; const char *by; };

/* by: "電話のキー", "SMS", "リンク".  name: digit of who answers for an office; '\0': not told. */
int reply_act (struct notify *self, struct request *request, const struct replier *replier, const struct replied *replied,
               struct reply_taken *ret, struct error *err);

#endif
