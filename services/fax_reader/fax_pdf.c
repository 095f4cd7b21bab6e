/* fax_pdf.c - PDF as mail gateways send it; see fax_file.h. */
#include "fax_file.h"
#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void gray_of (cairo_surface_t *surface, struct fax_raster *raster)
{
    const unsigned char *data = cairo_image_surface_get_data (surface);
    const int stride = cairo_image_surface_get_stride (surface);

    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width; x++) {
            uint32_t colour;

            memcpy (&colour, data + (size_t) y * (size_t) stride + (size_t) x * 4, 4);
            raster->gray[(size_t) y * (size_t) raster->width + (size_t) x] =
                (unsigned char) (((colour >> 16 & 255) * 3 + (colour >> 8 & 255) * 6 + (colour & 255)) / 10);
        }
}

/* Dots a point: as many as a FAX of that width has, fewer when the page is long. */
static bool measure (PopplerPage *page, double *ret_scale, struct fax_raster *raster)
{
    double width, height;

    poppler_page_get_size (page, &width, &height);
    if (!(width >= 10) || !(height >= 10) || !(width < 20000) || !(height < 20000))
        return false;
    *ret_scale = FAX_PAGE_WIDTH / width;
    if (*ret_scale * width * *ret_scale * height > FAX_PAGE_PIXELS_MOST)
        *ret_scale = sqrt (FAX_PAGE_PIXELS_MOST / (width * height));
    raster->width = (int) (width * *ret_scale);
    raster->height = (int) (height * *ret_scale);
    return raster->width > 0 && raster->height > 0;
}

static const char *draw (PopplerPage *page, double scale, struct fax_raster *raster, struct fax_pages *pages)
{
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, raster->width, raster->height);
    cairo_t *cairo = cairo_create (surface);
    const char *bad = "broken";

    cairo_set_source_rgb (cairo, 1, 1, 1);
    cairo_paint (cairo);
    cairo_scale (cairo, scale, scale);
    poppler_page_render (page, cairo);
    cairo_surface_flush (surface);
    raster->gray = malloc ((size_t) raster->width * (size_t) raster->height);
    if (raster->gray && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
        gray_of (surface, raster);
        bad = fax_page_add (pages, raster, 1);
    }
    free (raster->gray);
    cairo_destroy (cairo);
    cairo_surface_destroy (surface);
    return bad;
}

static const char *add_page (PopplerDocument *document, int number, struct fax_pages *pages)
{
    PopplerPage *page = poppler_document_get_page (document, number);
    struct fax_raster raster = { 0 };
    const char *bad = "pixels";
    double scale;

    if (!page)
        return "broken";
    if (measure (page, &scale, &raster))
        bad = draw (page, scale, &raster, pages);
    g_object_unref (page);
    return bad;
}

const char *fax_pdf_pages (struct fax_span file, struct fax_pages *pages)
{
    GBytes *bytes = g_bytes_new_static (file.data, file.size);
    GError *error = NULL;
    PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);
    const char *bad = NULL;
    int count;

    g_bytes_unref (bytes);
    if (!document) {
        bad = error && error->code == POPPLER_ERROR_ENCRYPTED ? "locked" : "broken";
        g_clear_error (&error);
        return bad;
    }
    count = poppler_document_get_n_pages (document);
    if (count > FAX_PAGES_MOST)
        bad = "pages";
    for (int i = 0; i < count && !bad; i++)
        bad = add_page (document, i, pages);
    g_object_unref (document);
    return bad;
}
