/* paper.h - sheets to be printed: A4, Japanese text, tables whose head comes again on every page, a QR code; as bytes of a PDF.
 *
 * What is to stand on paper is collected in the arena by the calls below, from top to bottom; paper_print makes the pages.  Text is wrapped
 * by the rules of Japanese; a row is never cut in two (one higher than a page is shortened with …).  At the foot of every page: whose it
 * is, page and number of pages, date of issue.
 *
 * Pure: reads installed fonts and nothing else, no clock; the same calls give the same bytes on the same machine.  Threads: any; one page
 * is made at a time, about 10 ms each, by whoever is next: a short sheet waits for a page of a long one, not for its end.  Texts are
 * UTF-8 and must live until paper_print; so must cells and columns.
 * Limits: 60 pages (too_large), 12 columns.  Errors: bug when a QR code cannot hold its text or no page can be made.
 * Sources: ISO 32000 by cairo, ISO/IEC 18004 by libqrencode, UAX #14 by Pango.
 */
#ifndef RUNTIME_PAPER_H
#define RUNTIME_PAPER_H

#include <stdbool.h>
#include <stdint.h>
#include "arena.h"
#include "codec.h"
#include "error.h"

enum { PAPER_PAGES_MAX = 60, PAPER_COLUMNS_MAX = 12 };

struct paper {                              /* fill the first part, zero the rest */
    struct arena *arena;
    bool landscape;
    const char *title;                      /* at the head of every page but the first, and of the file */
    const char *owner;                      /* at the foot: who has issued it; may be NULL */
    int64_t issued_at;                      /* µs */
    struct paper_part *first, *last;
};

struct paper_column {
    const char *title;                      /* NULL in all columns: a table without a head */
    double share;                           /* of the width, in any unit */
    bool centred;
    bool label;                             /* shaded: it names what stands beside it */
};

enum paper_row { PAPER_PLAIN, PAPER_SHADED = 1, PAPER_STRONG = 2 };     /* shaded: a holiday; strong: larger letters */

void paper_heading (struct paper *paper, int level, const char *text);  /* 1 … 3 */
void paper_text (struct paper *paper, const char *text);
void paper_small (struct paper *paper, const char *text);
void paper_box (struct paper *paper, const char *text);                 /* a paragraph with a frame: what must not be overlooked */
void paper_space (struct paper *paper, double mm);
void paper_new_page (struct paper *paper);
/* At the right; what comes next stands beside it. */
void paper_qr (struct paper *paper, const char *text, double mm, const char *caption);
/* Rows follow; the table ends with whatever is not a row. */
void paper_table (struct paper *paper, const struct paper_column *columns, size_t count);
void paper_row (struct paper *paper, unsigned kind, const char *const *cells);      /* NULL cells are empty */

/* ret lives in the arena.  ret_pages may be NULL. */
int paper_print (const struct paper *paper, struct bytes *ret, int *ret_pages, struct error *err);

#endif
