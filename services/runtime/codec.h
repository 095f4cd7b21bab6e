/* codec.h - turns the messages declared in proto/ into msgpack and JSON and back.
 *
 * proto/gen writes one struct and one field table per message (build/gen/messages.h, messages.c); this interpreter walks the tables, no
 * message has encoding code of its own.
 *
 * C side of the field types: bool → bool; i64, time → int64_t (time: µs since 1970 UTC); enum → the generated enum, 0 is absent;
 * decimal, text, uuid, date → const char *, NUL-terminated, NULL is absent; bytes → struct bytes; record X → const struct X *;
 * list of T → struct { const T *items; size_t count; } (generated or below), items NULL is absent.  Every optional bool, i64 and time
 * field f has a member `bool has_f` before it.
 *
 * Ownership: a decoded message points only into its arena (and, for bytes, into a copy there).  Errors name the field (JSON Pointer).
 * Source: msgpack spec 2013-04-21; RFC 8259; RFC 6901; RFC 3339.
 */
#ifndef RUNTIME_CODEC_H
#define RUNTIME_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "error.h"

enum field_type {
    FIELD_BOOL,
    FIELD_I64,
    FIELD_DECIMAL,
    FIELD_TEXT,
    FIELD_BYTES,
    FIELD_UUID,
    FIELD_DATE,
    FIELD_TIME,
    FIELD_ENUM,
    FIELD_RECORD
};
enum field_origin { FROM_BODY, FROM_PATH, FROM_QUERY, FROM_IF_MATCH, FROM_BEARER, FROM_RAW, FROM_CONTENT_TYPE };
enum field_flag { IS_REQUIRED = 1, IS_PERSONAL = 2, IS_ETAG = 4, IS_COOKIE = 8, IS_PAGE_KEY = 16, IS_PAGE_LIMIT = 32, IS_NEXT_PAGE = 64,
                  IS_CONTENT = 128, IS_LASTING = 256 };
enum message_flag { IS_COMMAND = 1, IS_QUERY = 2, IS_EVENT = 4, IS_URGENT = 8, IS_SECRET = 16, IS_STATE = 32, IS_STREAM = 64,
                    IS_LOCKED_TOO = 128, IS_OF_GATEWAY = 256, IS_AWAY_TOO = 512, IS_RAW = 1024 };

struct bytes { const unsigned char *data; size_t size; };
struct text_list { const char *const *items; size_t count; };      /* list of text, uuid, date, decimal */
struct i64_list { const int64_t *items; size_t count; };           /* list of i64, time */
struct enum_list { const int *items; size_t count; };              /* list of enum */

struct enum_value { const char *name; int number; const char *ja, *en; };
struct enum_type { const char *name; const struct enum_value *values; size_t count; };

struct message_field {
    const char *name;
    enum field_type type;
    size_t offset;                      /* of the member in the struct */
    size_t has_offset;                  /* of has_<name>; SIZE_MAX when there is none */
    uint32_t max_bytes;                 /* text, bytes */
    uint32_t max_items;                 /* 0: not a list */
    enum field_origin source;
    unsigned flags;                     /* enum field_flag */
    const struct enum_type *choices;    /* enum */
    const struct message_type *record;  /* record */
};

struct message_type {
    const char *name;                   /* "sheet_section_update" */
    const char *service;                /* whose proto/ folder: "sharing" */
    int version;
    size_t size;                        /* of the struct */
    const struct message_field *fields;
    size_t field_count;
    unsigned flags;                     /* enum message_flag */
    const struct message_field *key;    /* command: field that chooses the worker; event: subject.  May be NULL */
};

const char *enum_name (const struct enum_type *type, int number);               /* NULL when unknown */
int enum_number (const struct enum_type *type, const char *name);               /* 0 when unknown */

/* msgpack.  A decoder reads at most CODEC_MESSAGE_MAX bytes; the walk over the raw bytes refuses, before msgpack-c sees them: more than
 * 8 levels, counts over the remaining bytes, bad UTF-8 or NUL in text, keys that are not text or occur twice, extension types, trailing
 * bytes.  Unknown keys are ignored.  Encoding appends nothing personal anywhere else and cannot fail but for a broken message of our own:
 * it checks what a reader checks.  A required list that was left out ({ NULL, 0 }) goes as an empty one. */
enum { CODEC_MESSAGE_MAX = 1024 * 1024, CODEC_DEPTH_MAX = 8 };

int codec_pack (const struct message_type *type, const void *message, struct arena *arena, struct bytes *ret, struct error *err);
int codec_unpack (const struct message_type *type, struct bytes in, struct arena *arena, void *ret_message, struct error *err);
int codec_check (struct bytes in, struct error *err);       /* the bounded walk alone */

/* JSON.  Reads only fields whose source is FROM_BODY and requires the required ones among them; the rest of message stays as it was (zero
 * it first).  Unknown members are refused (API3 of the OWASP list), so that a typing error is told; null is the same as absent.  An i64 is
 * a number without a fraction up to ±2^53 − 1 (beyond that browsers lose digits); decimal and bytes (base64) are strings; time is RFC 3339.
 * All slips are told at once (err->fields).  codec_json_write writes fields in declaration order, absent ones left out, IS_COOKIE fields
 * left out, every digit of an i64. */
int codec_json_read (const struct message_type *type, struct bytes in, struct arena *arena, void *message, struct error *err);
int codec_json_write (const struct message_type *type, const void *message, struct arena *arena, struct bytes *ret, struct error *err);

/* One field from text (path, query, If-Match); type and limits are checked like everywhere. */
int codec_set_text (const struct message_type *type, const struct message_field *field, const char *text, struct arena *arena,
                    void *message, struct error *err);
/* After all sources are read: every required field must be there.  A required bool, i64 or time has no mark of its own and is not checked
 * here: codec_json_read has done it for the body, and who calls codec_set_text knows what was there. */
int codec_check_required (const struct message_type *type, const void *message, struct error *err);

const struct message_field *codec_field (const struct message_type *type, const char *name);      /* NULL when there is none */
const char *codec_text_of (const struct message_field *field, const void *message, char buffer[64]);  /* scalar as text; NULL when absent */
bool codec_is_present (const struct message_field *field, const void *message);

#endif
