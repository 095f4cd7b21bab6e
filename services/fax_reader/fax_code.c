/* fax_code.c - the codes on a page; see fax_file.h. */
#include "fax_file.h"
#include <zbar.h>

/* Ours only: whatever else stands on a page in bars or squares is nobody's business here. */
static void keep (struct fax_page *page, const char *text, size_t size)
{
    if (size <= strlen (FAX_CODE_MARK) || size >= FAX_CODE_SIZE || strncmp (text, FAX_CODE_MARK, strlen (FAX_CODE_MARK)) != 0)
        return;
    for (size_t i = 0; i < size; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return;
    for (int i = 0; i < page->code_count; i++)
        if (strlen (page->codes[i]) == size && memcmp (page->codes[i], text, size) == 0)
            return;
    if (page->code_count == FAX_CODES_MOST)
        return;
    memcpy (page->codes[page->code_count], text, size);
    page->codes[page->code_count++][size] = '\0';
}

void fax_codes_read (const struct fax_raster *raster, struct fax_page *page)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
    zbar_image_t *image = zbar_image_create ();

    zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format (image, *(const unsigned *) "Y800");
    zbar_image_set_size (image, (unsigned) raster->width, (unsigned) raster->height);
    zbar_image_set_data (image, raster->gray, (unsigned long) raster->width * (unsigned long) raster->height, NULL);
    if (zbar_scan_image (scanner, image) > 0)
        for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol; symbol = zbar_symbol_next (symbol))
            keep (page, zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
    zbar_image_destroy (image);
    zbar_image_scanner_destroy (scanner);
}
