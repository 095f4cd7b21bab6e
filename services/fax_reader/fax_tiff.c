/* fax_tiff.c - TIFF as FAX servers write it; see fax_file.h. */
#include "fax_file.h"
#include <tiffio.h>

struct source { struct fax_span file; toff_t at; };

static tsize_t read_some (thandle_t handle, void *to, tsize_t size)
{
    struct source *source = (struct source *) handle;
    size_t left = source->at < source->file.size ? source->file.size - source->at : 0;

    if (size < 0)
        return 0;
    if ((size_t) size < left)
        left = (size_t) size;
    memcpy (to, source->file.data + (left ? source->at : 0), left);
    source->at += left;
    return (tsize_t) left;
}

static tsize_t write_none (thandle_t handle, void *from, tsize_t size)
{
    (void) handle;
    (void) from;
    (void) size;
    return 0;
}

static toff_t seek (thandle_t handle, toff_t offset, int whence)
{
    struct source *source = (struct source *) handle;

    source->at = whence == SEEK_CUR ? source->at + offset : whence == SEEK_END ? source->file.size + offset : offset;
    return source->at;
}

static int close_none (thandle_t handle)
{
    (void) handle;
    return 0;
}

static toff_t size_of (thandle_t handle)
{
    return ((struct source *) handle)->file.size;
}

/* Machines write "+81 11 000 0099", "*011*000*0099" or a name; a line with a letter is a name. */
static void number_of_line (const char *line, char ret[FAX_NUMBER_SIZE])
{
    char plain[64];
    size_t used = 0, size = strcspn (line, "\n");

    *ret = '\0';
    if (size >= sizeof plain || strspn (line, "0123456789 +-.*()#") < size)
        return;
    for (size_t i = 0; i < size; i++)
        if (line[i] == '+' || (line[i] >= '0' && line[i] <= '9'))
            plain[used++] = line[i];
    fax_number_in (plain, used, ret);
}

/* HylaFAX: the first line is what the sender's machine says of itself, the next ones are what the line says who calls.  The latter is harder to forge. */
static void number_of (TIFF *tiff, struct fax_pages *pages)
{
    const char *text = NULL, *line;

    if (*pages->number || !TIFFGetField (tiff, TIFFTAG_IMAGEDESCRIPTION, &text) || !text)
        return;
    for (line = strchr (text, '\n'); line && !*pages->number; line = strchr (line + 1, '\n'))
        number_of_line (line + 1, pages->number);
    if (!*pages->number)
        number_of_line (text, pages->number);
}

static double tall_of (TIFF *tiff)
{
    float across = 0, down = 0;

    if (!TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &across) || !TIFFGetField (tiff, TIFFTAG_YRESOLUTION, &down) || !(across > 0) || !(down > 0))
        return 1;
    return (double) across / (double) down;
}

/* In place: four bytes of colour become one of gray; white where nothing is. */
static void gray_of (uint32_t *colours, size_t count)
{
    unsigned char *gray = (unsigned char *) colours;

    for (size_t i = 0; i < count; i++) {
        const uint32_t colour = colours[i];
        const unsigned mean = (TIFFGetR (colour) * 3 + TIFFGetG (colour) * 6 + TIFFGetB (colour)) / 10, over = TIFFGetA (colour);

        gray[i] = (unsigned char) ((mean * over + 255 * (255 - over)) / 255);
    }
}

static const char *add_page (TIFF *tiff, struct fax_pages *pages)
{
    uint32_t width = 0, height = 0, *colours;
    const char *bad;

    TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
    if (!fax_page_fits (width, height))
        return width && height ? "pixels" : "broken";
    colours = malloc ((size_t) width * height * sizeof *colours);
    if (!colours || !TIFFReadRGBAImageOriented (tiff, width, height, colours, ORIENTATION_TOPLEFT, 0)) {
        free (colours);
        return "broken";
    }
    gray_of (colours, (size_t) width * height);
    bad = fax_page_add (pages, &(struct fax_raster) { (int) width, (int) height, (unsigned char *) colours }, tall_of (tiff));
    free (colours);
    return bad;
}

const char *fax_tiff_pages (struct fax_span file, struct fax_pages *pages)
{
    struct source source = { .file = file };
    const char *bad = NULL;
    TIFF *tiff;

    TIFFSetErrorHandler (NULL);
    TIFFSetWarningHandler (NULL);
    tiff = TIFFClientOpen ("fax", "rm", (thandle_t) &source, read_some, write_none, seek, close_none, size_of, NULL, NULL);
    if (!tiff)
        return "broken";
    do {
        number_of (tiff, pages);
        bad = add_page (tiff, pages);
    } while (!bad && TIFFReadDirectory (tiff));
    TIFFClose (tiff);
    return bad;
}
