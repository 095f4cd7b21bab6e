/* text_codes.h - base32 (RFC 4648 §6, for one-time-code secrets) and base64url without padding (§5, for tokens and WebAuthn).
 *
 * Strict: characters outside the alphabet, padding in base64url and left-over bits that are not zero are refused, so that one value has one
 * spelling.  base32 allows lower case, spaces and trailing '=', because people type it from a sheet of paper.
 */
#ifndef TEXT_CODES_H
#define TEXT_CODES_H

#include <stdbool.h>
#include <stddef.h>

/* Writes at most `most` bytes; false when the text is not well-formed or does not fit. */
bool base32_read (const char *text, unsigned char *ret, size_t most, size_t *ret_size);
bool base64url_read (const char *text, unsigned char *ret, size_t most, size_t *ret_size);

/* ret needs BASE64URL_TEXT (size) bytes, with the NUL. */
#define BASE64URL_TEXT(size) (((size) * 4 + 2) / 3 + 1)
void base64url_write (const void *bytes, size_t size, char *ret);

#endif
