/* error.h - the one way to fail.
 *
 * A function that can fail takes `struct error *err` last, returns 0 or -1, and fails by
 *
 *     return fail (err, ERROR_MOVED_ON, "/entries/0/text", "version %lld is current", version);
 *
 * The key is one of proto/types/error.type; its words for the user (ja, en) and its kind live there.  The pointer (JSON Pointer,
 * RFC 6901; NULL when no single field is wrong) names the field.  The detail is for the log and never holds a personal value.
 * Library functions do not log; the dispatcher logs once.
 */
#ifndef RUNTIME_ERROR_H
#define RUNTIME_ERROR_H

#include <stdbool.h>
#include <stdint.h>
#include "errors.h"             /* enum error_key, enum error_kind: written by proto/gen */

enum { ERROR_PARAM_MAX = 4, ERROR_FIELD_MAX = 8 };

struct error {
    enum error_key key;                     /* 0: no error */
    char detail[240];                       /* for the log, English, no personal value */
    struct { enum error_key key; char pointer[120]; } fields[ERROR_FIELD_MAX];
    int field_count;
    struct { char name[32]; char value[120]; } params[ERROR_PARAM_MAX];
    int param_count;
    char sqlstate[6];                       /* of a database error, else "" */
    bool connection_lost;                   /* the database connection broke */
};

/* Fills *err (replacing what it held) and returns -1. */
int fail (struct error *err, enum error_key key, const char *pointer, const char *fmt, ...)
    __attribute__ ((format (printf, 4, 5)));

/* After fail: a value for `{name}` in the words of the error.  Returns -1, so that it can be returned. */
int fail_param (struct error *err, const char *name, const char *fmt, ...)
    __attribute__ ((format (printf, 3, 4)));

/* ERROR_FIELD_OUT_OF_RANGE at the pointer, with both ends, which are allowed. */
int fail_range (struct error *err, const char *pointer, int64_t least, int64_t most);

/* After fail: one more wrong field (the first one is recorded by fail itself).  More than ERROR_FIELD_MAX are dropped. */
void fail_field (struct error *err, enum error_key key, const char *pointer);

enum error_kind error_kind_of (const struct error *err);    /* 0 when there is no error */
const char *error_name_of (const struct error *err);        /* "moved_on" */

#endif
