/* fax_file.h - one file as a FAX server or a mail gateway laid it down, made into pages: gray rasters of equal size of dots, and the codes
 * on them.
 *
 * Takes TIFF (G3, G4 and whatever libtiff reads; several pages), PDF, PNG, and a mail (RFC 5322, MIME) with exactly one of them.  What it
 * is is found by its first bytes, never by its name.  The sender's number is what the FAX server wrote into the TIFF (ImageDescription, as
 * HylaFAX does) or what stands in the mail's Subject or From; it proves nothing.
 *
 * Every size is looked at before memory is taken for it.  Runs in a process of its own (main.c), without a database, keys or network.
 * Memory: malloc, fax_pages_done () frees.  Threads: none.
 * Sources: TIFF 6.0, ITU-T T.4, T.6, ISO 32000, RFC 2045-2047, ISO/IEC 18004 by libtiff, poppler, libpng and libzbar.
 */
#ifndef FAX_READER_FAX_FILE_H
#define FAX_READER_FAX_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum {
    FAX_FILE_BYTES_MOST = 20 * 1024 * 1024, FAX_PAGES_MOST = 40,
    FAX_SOURCE_PIXELS_MOST = 20 * 1000 * 1000,          /* of a page as it came */
    FAX_PAGE_PIXELS_MOST = 4 * 1000 * 1000,             /* of a page as it is kept: 1 bit each is below 512 KiB */
    FAX_PAGE_WIDTH = 1728, FAX_PAGE_BYTES_MOST = 512 * 1024,
    FAX_CODES_MOST = 4, FAX_CODE_SIZE = 64, FAX_NUMBER_SIZE = 20
};

struct fax_span { const unsigned char *data; size_t size; };

struct fax_raster { int width, height; unsigned char *gray; };      /* rows from the top, no padding; 0 is black */

struct fax_page {
    int width, height;
    unsigned char *png;                                 /* 4 bits of gray, 1 when that is too large */
    size_t size;
    char codes[FAX_CODES_MOST][FAX_CODE_SIZE];          /* only those that begin with FAX_CODE_MARK */
    int code_count;
};

#define FAX_CODE_MARK "RENKEI-FAX:"

/* Why a file is none: unknown (no form we take), broken, locked (PDF with a password), bytes, pages, pixels (too many), empty (a mail
 * without a page), several (a mail with more than one). */
struct fax_pages {
    char number[FAX_NUMBER_SIZE];                       /* digits; "": not told */
    struct fax_page items[FAX_PAGES_MOST];
    int count;
    const char *bad;                                    /* NULL: read */
};

void fax_file_read (struct fax_span file, struct fax_pages *ret);
void fax_pages_done (struct fax_pages *pages);

/* ---- parts --------------------------------------------------------------------------------------------------------------------------- */

enum fax_form { FAX_UNKNOWN, FAX_TIFF, FAX_PDF, FAX_PNG, FAX_MAIL };

enum fax_form fax_form_of (struct fax_span file);
/* The one page file in a mail, malloced into *ret_part (never NULL when NULL is returned); else why not. */
const char *fax_mail_part (struct fax_span mail, unsigned char **ret_part, size_t *ret_size, char ret_number[FAX_NUMBER_SIZE]);
/* The first Japanese telephone number in a text, digits only; "" when there is none. */
void fax_number_in (const char *text, size_t size, char ret[FAX_NUMBER_SIZE]);

/* Each adds pages; NULL or why not. */
const char *fax_tiff_pages (struct fax_span file, struct fax_pages *pages);
const char *fax_pdf_pages (struct fax_span file, struct fax_pages *pages);
const char *fax_png_page (struct fax_span file, struct fax_pages *pages);

/* Scales (height by `tall`, so that dots are square), reads codes, packs as PNG.  Takes nothing over. */
const char *fax_page_add (struct fax_pages *pages, const struct fax_raster *source, double tall);
bool fax_page_fits (unsigned long width, unsigned long height);     /* as it came */
void fax_codes_read (const struct fax_raster *raster, struct fax_page *page);
bool fax_png_write (const struct fax_raster *raster, struct fax_page *page);

#endif
