/* feed_text.h - positions and notices as server-sent events carry them. */
#ifndef GATEWAY_FEED_TEXT_H
#define GATEWAY_FEED_TEXT_H

#include "arena.h"
#include "messages.h"

/* "INCARNATION-POSITION"; both 0 when it is absent or not one. */
void feed_position_read (const char *text, int64_t *ret_incarnation, int64_t *ret_position);
/* id, event and data of one notice, NUL-terminated; NULL when the notice cannot be written. */
const char *feed_event (struct arena *arena, int64_t incarnation, const struct feed_item *item);

#endif
