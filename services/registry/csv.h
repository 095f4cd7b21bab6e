/* csv.h - reads CSV (RFC 4180) as cities and spreadsheets write it, piece by piece, never beyond its limits.
 *
 * Takes: CRLF, LF and CR as line ends, also mixed; no line end at the end; quoted fields with commas, line breaks and doubled quotes; a
 * quote inside an unquoted field stands for itself.  The bytes may be UTF-8 or CP932: no second byte of CP932 is a comma, quote or line
 * end. Empty lines are passed over but counted.  A BOM is the caller's to skip.
 *
 * Use: csv_begin over a piece of the file, csv_next until it returns 0, then go on with a piece that starts at csv_consumed () of this one.
 * `last` says that no byte follows; without it a record that the piece cuts is left for the next piece.
 *
 * Limits: 64 KiB a field, 200 fields a record.  Errors: ERROR_FILE_SHAPE with parameter `why` naming the line.
 * Ownership: fields point into the arena given to csv_next, each with a NUL behind.
 */
#ifndef REGISTRY_CSV_H
#define REGISTRY_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "error.h"

enum { CSV_FIELD_MAX = 64 * 1024, CSV_FIELDS_MAX = 200 };

struct csv_field { const char *text; size_t size; };

struct csv_record {
    struct csv_field fields[CSV_FIELDS_MAX];
    size_t count;
    int64_t line;               /* where it begins; the first line of the file is 1 */
    bool misquoted;             /* something stands between a closing quote and the next comma */
};

struct csv {
    const char *bytes;
    size_t size, at;            /* at: behind the last whole record */
    int64_t line;               /* of `at` */
    bool last;
};

void csv_begin (struct csv *csv, const char *bytes, size_t size, int64_t line, bool last);
int csv_next (struct csv *csv, struct arena *arena, struct csv_record *ret, struct error *err);     /* 1 record, 0 none left, -1 error */
size_t csv_consumed (const struct csv *csv);

#endif
