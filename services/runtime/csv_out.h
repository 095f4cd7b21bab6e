/* csv_out.h - writes CSV that a spreadsheet opens: a page of rows at a time.
 *
 * RFC 4180, CRLF, every cell quoted, line breaks within a cell become a space.  A cell that a spreadsheet would take for a formula gets a
 * leading apostrophe (also the full-width signs, which a Japanese Excel takes for them).  UTF-8 with BOM, or CP932: there a character that
 * CP932 lacks becomes 〓, and a last column says of the row where and which ("名称 U+20BB7").
 *
 * Use: zero it, fill the first part, csv_out_head on the first page only, then rows.  Pure.  Ownership: everything in the arena.
 */
#ifndef RUNTIME_CSV_OUT_H
#define RUNTIME_CSV_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "codec.h"

struct csv_out {
    struct arena *arena;
    const char *const *titles;              /* one a column */
    size_t columns;
    bool cp932;
    char *bytes;                            /* what is written so far */
    size_t size, room;
};

void csv_out_head (struct csv_out *out);
void csv_out_row (struct csv_out *out, const char *const *cells);      /* as many as columns; NULL is empty */
struct bytes csv_out_page (const struct csv_out *out);

#endif
