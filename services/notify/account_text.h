/* account_text.h - words of an e-mail about one's own account.  Pure.  No name, no office, no link: nobody shall learn to press links in such mails. */
#ifndef NOTIFY_ACCOUNT_TEXT_H
#define NOTIFY_ACCOUNT_TEXT_H

#include "messages.h"

/* NULL: a change that is told in the person's feed only. */
const char *account_subject (enum account_change change);
const char *account_body (struct arena *arena, enum account_change change, int64_t at);

#endif
