/* fax_file.c - see fax_file.h. */
#include "fax_file.h"
#include <ctype.h>
#include <math.h>

static bool holds (struct fax_span file, size_t within, const char *text, size_t size)
{
    return memmem (file.data, file.size < within ? file.size : within, text, size) != NULL;
}

/* The first line is a header field: a name of letters and hyphens, then a colon. */
static bool is_mail (struct fax_span file)
{
    size_t i = 0;

    while (i < file.size && i < 80 && (isalnum (file.data[i]) || file.data[i] == '-'))
        i++;
    return i > 1 && i < file.size && file.data[i] == ':';
}

enum fax_form fax_form_of (struct fax_span file)
{
    if (file.size >= 8 && (memcmp (file.data, "II*\0", 4) == 0 || memcmp (file.data, "MM\0*", 4) == 0))
        return FAX_TIFF;
    if (file.size >= 8 && memcmp (file.data, "\x89PNG\r\n\x1a\n", 8) == 0)
        return FAX_PNG;
    if (holds (file, 1024, "%PDF-", 5))
        return FAX_PDF;
    return is_mail (file) ? FAX_MAIL : FAX_UNKNOWN;
}

static const char *read_pages (struct fax_span file, enum fax_form form, struct fax_pages *ret)
{
    switch (form) {
    case FAX_TIFF:
        return fax_tiff_pages (file, ret);
    case FAX_PDF:
        return fax_pdf_pages (file, ret);
    case FAX_PNG:
        return fax_png_page (file, ret);
    default:
        return "unknown";
    }
}

static const char *read_mail (struct fax_span mail, struct fax_pages *ret)
{
    unsigned char *part = NULL;
    size_t size = 0;
    const char *bad = fax_mail_part (mail, &part, &size, ret->number);

    if (!bad)
        bad = read_pages ((struct fax_span) { part, size }, fax_form_of ((struct fax_span) { part, size }), ret);
    free (part);
    return bad;
}

void fax_file_read (struct fax_span file, struct fax_pages *ret)
{
    enum fax_form form = fax_form_of (file);

    *ret = (struct fax_pages) { .count = 0 };
    if (file.size > FAX_FILE_BYTES_MOST)
        ret->bad = "bytes";
    else
        ret->bad = form == FAX_MAIL ? read_mail (file, ret) : read_pages (file, form, ret);
    if (!ret->bad && ret->count == 0)
        ret->bad = "broken";
}

void fax_pages_done (struct fax_pages *pages)
{
    for (int i = 0; i < pages->count; i++)
        free (pages->items[i].png);
    pages->count = 0;
}

/* ---- one page ------------------------------------------------------------------------------------------------------------------------ */

bool fax_page_fits (unsigned long width, unsigned long height)
{
    return width > 0 && height > 0 && width <= 20000 && height <= 40000 && width * height <= FAX_SOURCE_PIXELS_MOST;
}

/* Each dot is the mean of the dots it covers; where there are too few, one of them again. */
static void shrink (const struct fax_raster *from, const struct fax_raster *to)
{
    for (int y = 0; y < to->height; y++) {
        const int top = (int) ((long) y * from->height / to->height), under = (int) ((long) (y + 1) * from->height / to->height);
        const int rows = under > top ? under - top : 1;

        for (int x = 0; x < to->width; x++) {
            const int left = (int) ((long) x * from->width / to->width), right = (int) ((long) (x + 1) * from->width / to->width);
            const int columns = right > left ? right - left : 1;
            long sum = 0;

            for (int j = 0; j < rows; j++)
                for (int i = 0; i < columns; i++)
                    sum += from->gray[(size_t) (top + j) * (size_t) from->width + (size_t) (left + i)];
            to->gray[(size_t) y * (size_t) to->width + (size_t) x] = (unsigned char) (sum / (rows * columns));
        }
    }
}

static void measure (const struct fax_raster *source, double tall, struct fax_raster *ret)
{
    double width = source->width < FAX_PAGE_WIDTH ? source->width : FAX_PAGE_WIDTH;
    double height = source->height * tall * width / source->width, pixels = width * height;

    if (pixels > FAX_PAGE_PIXELS_MOST) {
        width *= sqrt (FAX_PAGE_PIXELS_MOST / pixels);
        height *= sqrt (FAX_PAGE_PIXELS_MOST / pixels);
    }
    ret->width = width < 1 ? 1 : (int) width;
    ret->height = height < 1 ? 1 : height > FAX_PAGE_PIXELS_MOST / ret->width ? FAX_PAGE_PIXELS_MOST / ret->width : (int) height;
}

const char *fax_page_add (struct fax_pages *pages, const struct fax_raster *source, double tall)
{
    struct fax_raster raster;
    struct fax_page *page = &pages->items[pages->count];
    bool written;

    if (pages->count == FAX_PAGES_MOST)
        return "pages";
    *page = (struct fax_page) { .png = NULL };
    measure (source, tall >= 0.25 && tall <= 4 ? tall : 1, &raster);
    raster.gray = malloc ((size_t) raster.width * (size_t) raster.height);
    if (!raster.gray)
        return "pixels";
    shrink (source, &raster);
    fax_codes_read (&raster, page);
    written = fax_png_write (&raster, page);
    free (raster.gray);
    pages->count += written;
    return written ? NULL : "pixels";
}
