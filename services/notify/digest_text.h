/* digest_text.h - several messages told as one, at the end of the quiet hours.  Pure.  Every one of them is named: the subject of each holds
 * the short number of its alert. */
#ifndef NOTIFY_DIGEST_TEXT_H
#define NOTIFY_DIGEST_TEXT_H

#include "messages.h"

enum { DIGEST_MOST = 50 };

struct digest_item { const char *delivery_id, *municipality, *subject, *text; int64_t at; };
struct digest_items { struct digest_item *items; size_t count; };

const char *digest_subject (struct arena *arena, const struct digest_items *items);
const char *digest_text (struct arena *arena, const struct digest_items *items);

#endif
