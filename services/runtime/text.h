/* text.h - text as people write it in Japan, made comparable.
 *
 * text_fold: the search form.  NFKC, case folded, half-width kana widened, hiragana → katakana, variation selectors removed, name variants
 * by table (髙→高, 﨑→崎 …), hyphen and dash family → '-', long-vowel marks kept, spaces and middle dots removed.  Stored text is never folded.
 * text_bigrams: every pair of neighbouring characters of a folded text, without repeats; a single character stands alone.
 * Source: Unicode 14 (utf8proc 2.8); data-formats.md §3 item 8.
 */
#ifndef RUNTIME_TEXT_H
#define RUNTIME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "codec.h"

bool text_is_utf8 (const char *bytes, size_t size);                 /* well-formed, no NUL, no surrogates */
char *text_fold (struct arena *arena, const char *text);            /* never NULL; "" for text that folds away */
struct text_list text_bigrams (struct arena *arena, const char *folded);
char *text_trim (struct arena *arena, const char *text);            /* without white space at both ends, also full-width */
char *text_narrow (struct arena *arena, const char *text);          /* NFKC alone: full-width letters and digits become half-width */
char *text_cut (struct arena *arena, const char *text, size_t most);    /* its first characters, at most so many bytes; NULL stays NULL */
/* Telephone as digits and hyphens: "011‐518-5501" → "011-518-5501"; NULL when it holds no digits; *ret_doubtful when not 10 or 11 digits. */
char *text_phone (struct arena *arena, const char *text, bool *ret_doubtful);
/* CP932 (never SHIFT_JIS) to UTF-8; -1 when a byte does not fit. */
int text_from_cp932 (struct arena *arena, struct bytes in, struct bytes *ret);
/* UTF-8 to CP932: what CP932 lacks becomes 〓; *ret_replaced: "U+XXXX U+YYYY", "" when nothing was. */
struct bytes text_to_cp932 (struct arena *arena, const char *text, const char **ret_replaced);

#endif
