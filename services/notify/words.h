/* words.h - small pieces of text for people: names of choices, times in Japan, clipping between characters. */
#ifndef NOTIFY_WORDS_H
#define NOTIFY_WORDS_H

#include <stdint.h>
#include "arena.h"
#include "codec.h"

const char *words_of (const struct enum_type *type, int number);        /* the Japanese word; "" when unknown */
/* At most `bytes` bytes, never inside a character; the text itself when it fits. */
const char *words_clip (struct arena *arena, const char *text, size_t bytes);
const char *words_time (struct arena *arena, int64_t us);               /* "11月22日（日）21:47", Asia/Tokyo */

#endif
