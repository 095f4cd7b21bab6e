/* fax_png.c - PNG in and out; see fax_file.h. */
#include "fax_file.h"
#include <png.h>

const char *fax_png_page (struct fax_span file, struct fax_pages *pages)
{
    png_image image = { .version = PNG_IMAGE_VERSION };
    struct fax_raster raster;
    const char *bad;

    if (!png_image_begin_read_from_memory (&image, file.data, file.size))
        return "broken";
    if (!fax_page_fits (image.width, image.height)) {
        png_image_free (&image);
        return "pixels";
    }
    image.format = PNG_FORMAT_GRAY;
    raster = (struct fax_raster) { (int) image.width, (int) image.height, malloc ((size_t) image.width * image.height) };
    if (!raster.gray || !png_image_finish_read (&image, &(png_color) { 255, 255, 255 }, raster.gray, (int) image.width, NULL)) {
        png_image_free (&image);
        free (raster.gray);
        return "broken";
    }
    bad = fax_page_add (pages, &raster, 1);
    free (raster.gray);
    return bad;
}

/* ---- out ----------------------------------------------------------------------------------------------------------------------------- */

struct growing { unsigned char *data; size_t size; bool full; };

static void take (png_structp png, png_bytep data, size_t size)
{
    struct growing *out = png_get_io_ptr (png);

    if (out->full || out->size + size > FAX_PAGE_BYTES_MOST) {
        out->full = true;
        return;
    }
    memcpy (out->data + out->size, data, size);
    out->size += size;
}

static void flushed (png_structp png)
{
    (void) png;
}

/* Two or eight dots a byte, the left one in the high bits. */
static void pack_row (const unsigned char *gray, int width, int depth, unsigned char *row)
{
    const int each = 8 / depth;

    memset (row, 0, (size_t) (width / each + 1));
    for (int x = 0; x < width; x++)
        row[x / each] = (unsigned char) (row[x / each] | (gray[x] >> (8 - depth)) << (depth * (each - 1 - x % each)));
}

static bool write_depth (const struct fax_raster *raster, int depth, struct growing *out)
{
    png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct (png) : NULL;
    unsigned char *row = malloc ((size_t) raster->width + 1);

    if (!info || !row || setjmp (png_jmpbuf (png))) {
        png_destroy_write_struct (&png, &info);
        free (row);
        return false;
    }
    png_set_write_fn (png, out, take, flushed);
    png_set_IHDR (png, info, (png_uint_32) raster->width, (png_uint_32) raster->height, depth, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                  PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter (png, 0, PNG_FILTER_NONE);
    png_write_info (png, info);
    for (int y = 0; y < raster->height; y++) {
        pack_row (raster->gray + (size_t) y * (size_t) raster->width, raster->width, depth, row);
        png_write_row (png, row);
    }
    png_write_end (png, info);
    png_destroy_write_struct (&png, &info);
    free (row);
    return !out->full;
}

bool fax_png_write (const struct fax_raster *raster, struct fax_page *page)
{
    struct growing out = { .data = malloc (FAX_PAGE_BYTES_MOST) };
    bool written = out.data && write_depth (raster, 4, &out);

    if (out.data && !written) {
        out = (struct growing) { .data = out.data };
        written = write_depth (raster, 1, &out);
    }
    if (!written) {
        free (out.data);
        return false;
    }
    page->width = raster->width;
    page->height = raster->height;
    page->png = realloc (out.data, out.size ? out.size : 1);
    page->size = out.size;
    return page->png != NULL;
}
