/* import_file.h - the beginning of a file: what it is, its encoding, its header; and records turned into UTF-8.  Pure.
 *
 * Encodings: UTF-8 with or without BOM, CP932.  A zip or UTF-16 file is told as such.
 */
#ifndef REGISTRY_IMPORT_FILE_H
#define REGISTRY_IMPORT_FILE_H

#include "arena.h"
#include "codec.h"
#include "csv.h"

struct file_head {
    const char *encoding;       /* "utf-8" or "cp932" */
    const char *header;         /* header record as CSV, UTF-8; the given columns when the file has none */
    size_t consumed;            /* bytes up to the first data record */
    int64_t line;               /* of the first data record */
    const char *why;            /* not NULL: the file is refused (Japanese) */
};

/* piece: the first bytes of the file; wanted: encoding the curator named, or NULL; columns: of a file without a header, else NULL. */
void import_file_begin (struct arena *arena, struct bytes piece, bool last, const char *wanted, const struct csv_record *columns,
                        struct file_head *ret);
/* Reads a kept header again. */
int import_file_header (struct arena *arena, const char *header, struct csv_record *ret, struct error *err);
/* Makes every field UTF-8; what cannot be turned stays as it is and is refused by the rules. */
void import_file_decode (struct arena *arena, const char *encoding, struct csv_record *record);

#endif
