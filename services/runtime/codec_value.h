/* codec_value.h - inside of the codec: single values, where they stand, and what is wrong with them.  Only codec*.c includes this, and
 * dispatch's reader of partners' JSON (json_check).
 *
 * The same checks run on everything that comes in and on everything that goes out, in msgpack, JSON and single texts, so that no service
 * sends what another refuses.  Source: RFC 3339, RFC 9562 (text form, lower case), RFC 4648 §4, RFC 6901.
 */
#ifndef RUNTIME_CODEC_VALUE_H
#define RUNTIME_CODEC_VALUE_H

#include "codec.h"

/* 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z, µs */
#define TIME_LEAST (-62135596800000000ll)
#define TIME_MOST 253402300799999999ll

/* Where a value stands; chained on the stack from the value up to the message (whose place is NULL).  name NULL: an item of a list. */
struct place { const struct place *up; const char *name; size_t index; };

/* Every list struct has this shape. */
struct any_list { const void *items; size_t count; };

void place_text (const struct place *place, char ret[120]);             /* JSON Pointer; cut when longer */

/* The first refusal fills *err (fail), later ones add a field, so that a form hears of all its slips at once.  err->key must be 0 before
 * the first.  A later refusal with a parameter is dropped: an error has one set of parameters.  Always -1. */
int refuse (struct error *err, enum error_key key, const struct message_type *type, const struct place *place);
int refuse_most (struct error *err, enum error_key key, const struct message_type *type, const struct place *place, uint64_t most);
int refuse_range (struct error *err, const struct message_type *type, const struct place *place, long long least, long long most);

/* Text, uuid, date, decimal as they stand on the wire. */
int check_text (const struct message_type *type, const struct message_field *field, const char *text, size_t size,
                const struct place *place, struct error *err);
int check_time (const struct message_type *type, int64_t us, const struct place *place, struct error *err);
bool time_from_text (const char *text, size_t size, int64_t *ret);      /* RFC 3339 with offset; finer than µs is cut */
void time_to_text (int64_t us, char ret[40]);                           /* RFC 3339, Z; fraction only when there is one */

size_t item_size (const struct message_field *field);                   /* of one item of a list */
static inline void *slot (void *message, const struct message_field *field) { return (char *) message + field->offset; }
static inline const void *slot_of (const void *message, const struct message_field *field) { return (const char *)message + field->offset; }
void set_present (void *message, const struct message_field *field);

/* A bool, i64, time, enum, text, uuid, date or decimal given as text, put at `target`. */
int value_from_text (const struct message_type *type, const struct message_field *field, const char *text, size_t size, struct arena *arena,
                     void *target, const struct place *place, struct error *err);

int check_list_size (const struct message_type *type, const struct message_field *field, size_t count, const struct place *place,
                     struct error *err);
/* seen: bit i is set when field i was there (a message has at most 64 fields).  only_body: fields of path, query, If-Match may be missing.
 */
int check_seen (const struct message_type *type, uint64_t seen, bool only_body, const struct place *place, struct error *err);

char *base64_from (struct arena *arena, struct bytes in);
bool base64_to (struct arena *arena, const char *text, size_t size, struct bytes *ret);

/* The grammar of RFC 8259 with our limits, before cJSON sees a byte (codec_json_check.c). */
int json_check (struct bytes in, struct error *err);

/* Names of one open map or object: refuses the second of the same.  More than 128 names are refused too. */
enum { NAME_MAX_COUNT = 128 };
struct name_set { unsigned count; struct { uint32_t hash, size; const unsigned char *text; } names[NAME_MAX_COUNT]; };
bool name_add (struct name_set *set, const unsigned char *text, size_t size);

#endif
