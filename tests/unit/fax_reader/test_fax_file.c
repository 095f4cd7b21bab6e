/* What a FAX server or a mail gateway lays down, made into pages: forms, codes, senders' numbers, and what must not be swallowed. */
#include <cairo-pdf.h>
#include <png.h>
#include <qrencode.h>
#include <tiffio.h>
#include <unistd.h>
#include "fax_file.h"
#include "tap.h"

enum { WIDTH = 1728, HEIGHT = 2292, ROOM = 8 * 1024 * 1024 };

#define TOKEN "RENKEI-FAX:MZXW6YTBOI3TQNJVGEZDGNBVGY"
#define OTHER "RENKEI-FAX:ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static unsigned char dots[WIDTH * HEIGHT], file_bytes[ROOM];
static struct fax_pages pages;

/* A white sheet with a square of `dot` dots a module; text NULL: none. */
static void draw_sheet (const char *text, int at, int dot)
{
    QRcode *code = text ? QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M) : NULL;

    for (int y = 0; code && y < code->width * dot; y++)
        for (int x = 0; x < code->width * dot; x++)
            if (code->data[y / dot * code->width + x / dot] & 1)
                dots[(at + y) * WIDTH + at + x] = 0;
    if (code)
        QRcode_free (code);
}

static void clear_sheet (void)
{
    memset (dots, 255, sizeof dots);
}

/* ---- writers ------------------------------------------------------------------------------------------------------------------------- */

static void write_tiff_page (TIFF *tiff, int compression, int every, const char *description)
{
    unsigned char row[WIDTH / 8];

    TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, WIDTH);
    TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, HEIGHT / every);
    TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, HEIGHT / every);
    TIFFSetField (tiff, TIFFTAG_COMPRESSION, compression);
    TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField (tiff, TIFFTAG_XRESOLUTION, 204.0);
    TIFFSetField (tiff, TIFFTAG_YRESOLUTION, 196.0 / every);
    TIFFSetField (tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    if (description)
        TIFFSetField (tiff, TIFFTAG_IMAGEDESCRIPTION, description);
    for (int y = 0; y < HEIGHT / every; y++) {
        memset (row, 0, sizeof row);
        for (int x = 0; x < WIDTH; x++)
            if (dots[y * every * WIDTH + x] < 128)
                row[x / 8] = (unsigned char) (row[x / 8] | 0x80 >> x % 8);
        TIFFWriteScanline (tiff, row, (uint32_t) y, 0);
    }
    TIFFWriteDirectory (tiff);
}

static struct fax_span load (const char *path)
{
    FILE *file = fopen (path, "r");
    size_t size = file ? fread (file_bytes, 1, sizeof file_bytes, file) : 0;

    if (file)
        fclose (file);
    unlink (path);
    return (struct fax_span) { file_bytes, size };
}

static struct fax_span tiff_of (int compression, int every, const char *description, int count)
{
    char path[] = "/tmp/renkei-fax-tiff-XXXXXX";
    TIFF *tiff;

    close (mkstemp (path));
    tiff = TIFFOpen (path, "w");
    for (int i = 0; i < count; i++)
        write_tiff_page (tiff, compression, every, description);
    TIFFClose (tiff);
    return load (path);
}

static struct fax_span png_of (unsigned width, unsigned height)
{
    png_image image = { .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_GRAY };
    png_alloc_size_t size = sizeof file_bytes;

    png_image_write_to_memory (&image, file_bytes, &size, 0, dots, WIDTH, NULL);
    return (struct fax_span) { file_bytes, size };
}

static struct fax_span pdf_of (double width, double height, int count)
{
    char path[] = "/tmp/renkei-fax-pdf-XXXXXX";
    cairo_surface_t *surface, *sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *cairo;

    close (mkstemp (path));
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            memset (cairo_image_surface_get_data (sheet) + y * cairo_image_surface_get_stride (sheet) + x * 4, dots[y * WIDTH + x], 4);
    cairo_surface_mark_dirty (sheet);
    surface = cairo_pdf_surface_create (path, width, height);
    cairo = cairo_create (surface);
    for (int i = 0; i < count; i++) {
        cairo_save (cairo);
        cairo_scale (cairo, width / WIDTH, height / HEIGHT);
        cairo_set_source_surface (cairo, sheet, 0, 0);
        if (i == 0)
            cairo_paint (cairo);
        cairo_restore (cairo);
        cairo_show_page (cairo);
    }
    cairo_destroy (cairo);
    cairo_surface_destroy (surface);
    cairo_surface_destroy (sheet);
    return load (path);
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------- */

static const char *read_it (struct fax_span file)
{
    fax_pages_done (&pages);
    fax_file_read (file, &pages);
    return pages.bad ? pages.bad : "read";
}

static const char *code_of (int page)
{
    return pages.count > page && pages.items[page].code_count > 0 ? pages.items[page].codes[0] : "none";
}

static void test_tiff (void)
{
    clear_sheet ();
    draw_sheet (TOKEN, 120, 7);
    is (read_it (tiff_of (COMPRESSION_CCITTFAX4, 1, "0990001234\n099-000-5678\n", 2)), "read", "G4 of two pages is read");
    is_number (pages.count, 2, "...both");
    is (code_of (1), TOKEN, "...with the code on the second");
    is (pages.number, "0990005678", "the number that the line gives counts more than what the machine says of itself");
    is (read_it (tiff_of (COMPRESSION_CCITTFAX3, 2, "+81 990 00 1234", 1)), "read", "G3 of coarse lines is read");
    is (code_of (0), TOKEN, "...its code too");
    ok (pages.count == 1 && pages.items[0].height > 2200 && pages.items[0].height < 2400, "...and lines stand as far apart as dots");
    is (pages.number, "0990001234", "a number in pieces is one");
    clear_sheet ();
    is (read_it (tiff_of (COMPRESSION_CCITTFAX4, 1, "AOBA CLINIC 2\n0990001234 A", 1)), "read", "a page without a code is read");
    is (pages.number, "", "...and a name is no number");
    is (code_of (0), "none", "...as such");
    is (read_it (tiff_of (COMPRESSION_CCITTFAX4, 20, NULL, FAX_PAGES_MOST + 1)), "pages", "too many pages are refused");
}

static void test_codes (void)
{
    clear_sheet ();
    draw_sheet (TOKEN, 120, 7);
    draw_sheet (OTHER, 1000, 7);
    draw_sheet (TOKEN, 600, 6);
    read_it (png_of (WIDTH, HEIGHT));
    is_number (pages.count ? pages.items[0].code_count : 0, 2, "two codes on a page are two, the same one again is none more");
    clear_sheet ();
    draw_sheet ("https://example.invalid/", 120, 7);
    read_it (png_of (WIDTH, HEIGHT));
    is (code_of (0), "none", "what others print as a square is not looked at");
}

static void test_pdf (void)
{
    clear_sheet ();
    draw_sheet (TOKEN, 120, 7);
    is (read_it (pdf_of (595, 842, 1)), "read", "PDF is read");
    is (code_of (0), TOKEN, "...with its code");
    is (read_it (pdf_of (595, 14000, 1)), "read", "a page of five metres is read");
    ok ((long) pages.items[0].width * pages.items[0].height <= FAX_PAGE_PIXELS_MOST, "...with fewer dots");
    is (read_it (pdf_of (595, 21000, 1)), "pixels", "a longer one is refused");
    is (read_it (pdf_of (595, 842, FAX_PAGES_MOST + 1)), "pages", "PDF of too many pages is refused");
    is (read_it ((struct fax_span) { (const unsigned char *) "%PDF-1.4 nothing", 16 }), "broken", "PDF that is none is refused");
}

static void test_sizes (void)
{
    unsigned char head[33] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x01\0\0\0\0";

    unsigned noise = 1;

    for (size_t i = 0; i < sizeof dots; i++)
        dots[i] = (unsigned char) ((noise = noise * 1103515245u + 12345u) >> 24);
    is (read_it (png_of (WIDTH, HEIGHT)), "read", "a page of nothing but noise is read");
    ok (pages.items[0].size <= FAX_PAGE_BYTES_MOST && pages.items[0].png[24] == 1, "...and kept in black and white, which is small enough");
    is (read_it ((struct fax_span) { head, sizeof head }), "broken", "a head that promises a picture of 50,000 by 50,000 takes no memory");
    ok (!fax_page_fits (50000, 50000) && !fax_page_fits (0, 5) && fax_page_fits (3456, 4584), "sizes are looked at before memory is taken");
    is (read_it ((struct fax_span) { file_bytes, FAX_FILE_BYTES_MOST + 1 }), "bytes", "a file that is too large is not looked into");
    is (read_it ((struct fax_span) { (const unsigned char *) "", 0 }), "unknown", "an empty file is nothing");
    is (read_it ((struct fax_span) { (const unsigned char *) "GIF89a..........", 16 }), "unknown", "a form that is not taken is nothing");
}

static void test_cut (void)
{
    struct fax_span whole;
    int wrong = 0;

    clear_sheet ();
    draw_sheet (TOKEN, 120, 7);
    whole = tiff_of (COMPRESSION_CCITTFAX4, 4, NULL, 1);
    for (size_t size = 0; size < whole.size; size += whole.size / 12 + 1)
        wrong += strcmp (read_it ((struct fax_span) { whole.data, size }), "read") == 0 && pages.count != 1;
    is_number (wrong, 0, "a TIFF that was cut off anywhere breaks nothing");
}

/* ---- mail ---------------------------------------------------------------------------------------------------------------------------- */

static char mail[ROOM], encoded[ROOM];

static const char *base64 (struct fax_span file)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *to = encoded;

    for (size_t i = 0; i < file.size; i += 3) {
        unsigned bits = (unsigned) file.data[i] << 16 | (i + 1 < file.size ? (unsigned) file.data[i + 1] << 8 : 0)
                        | (i + 2 < file.size ? file.data[i + 2] : 0);

        for (int k = 0; k < 4; k++)
            *to++ = i + (size_t) k > file.size ? '=' : letters[bits >> (18 - 6 * k) & 63];
        if (i % 57 == 54)
            *to++ = '\n';
    }
    *to = '\0';
    return encoded;
}

static const char *read_mail (const char *subject, const char *first, const char *second)
{
    int size = snprintf (mail, sizeof mail,
        "From: <fax@gateway.invalid>\r\nSubject: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"xyz\"\r\n\r\n"
        "--xyz\r\nContent-Type: text/plain\r\n\r\nFAX\r\n--xyz\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n"
        "--xyz\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--xyz--\r\n", subject, first, second);

    return read_it ((struct fax_span) { (unsigned char *) mail, (size_t) size });
}

static void test_mail (void)
{
    const char *page;

    clear_sheet ();
    draw_sheet (TOKEN, 120, 7);
    page = base64 (png_of (WIDTH, HEIGHT));
    is (read_mail ("FAX 2026-11-23 from 099-000-1234", page, "bm90aGluZw=="), "read", "the page in a mail is read");
    is (code_of (0), TOKEN, "...with its code");
    is (pages.number, "0990001234", "...and the number in its subject, not the date");
    is (read_mail ("=?UTF-8?B?RkFY5Y+X5L+hIDA5OTAwMDEyMzQ=?=", page, ""), "read", "a subject in an encoded word is read");
    is (pages.number, "0990001234", "...and the number in it");
    is (read_mail ("FAX", page, page), "several", "a mail with two pages' files is for a person");
    is (read_mail ("FAX", "", ""), "empty", "a mail without any is nothing");
    is (read_it ((struct fax_span) { (const unsigned char *) "From: a\n\nhello\n", 15 }), "empty", "a letter is nothing");
}

int main (void)
{
    test_tiff ();
    test_codes ();
    test_pdf ();
    test_sizes ();
    test_cut ();
    test_mail ();
    fax_pages_done (&pages);
    return done ();
}
