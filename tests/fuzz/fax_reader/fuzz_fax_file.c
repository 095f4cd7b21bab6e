/* Any bytes as a file laid down by a FAX server or a mail gateway: pages or a reason; no page above its sizes, no code but ours.
 * PDF is left to poppler and to the limits of the process; here it is only recognized. */
#include <stdint.h>
#include "fax_file.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void look (const struct fax_pages *pages)
{
    if (!pages->bad == (pages->count == 0))
        abort ();
    for (int i = 0; i < pages->count; i++) {
        const struct fax_page *page = &pages->items[i];

        if ((long) page->width * page->height > FAX_PAGE_PIXELS_MOST || page->size > FAX_PAGE_BYTES_MOST)
            abort ();
        for (int j = 0; j < page->code_count; j++)
            if (strncmp (page->codes[j], FAX_CODE_MARK, strlen (FAX_CODE_MARK)) != 0)
                abort ();
    }
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
    static struct fax_pages pages;
    const struct fax_span file = { data, size };
    unsigned char *part = NULL;
    size_t part_size = 0;

    if (fax_form_of (file) == FAX_PDF)
        return 0;
    if (fax_form_of (file) == FAX_MAIL && !fax_mail_part (file, &part, &part_size, pages.number)
        && fax_form_of ((struct fax_span) { part, part_size }) == FAX_PDF) {
        free (part);
        return 0;
    }
    free (part);
    fax_file_read (file, &pages);
    if (pages.bad)                          /* pages read before the reason was met */
        fax_pages_done (&pages);
    look (&pages);
    fax_pages_done (&pages);
    return 0;
}
