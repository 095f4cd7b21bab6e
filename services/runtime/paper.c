/* paper.c - see paper.h.  Everything is laid out twice: once to count the pages, once to draw them. */
#include <pthread.h>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#pragma GCC diagnostic pop
#include "clock.h"
#include "paper.h"

#define FONTS "IPAexGothic, IPAGothic, Noto Sans CJK JP, sans-serif"

/* points: 1/72 inch */
#define MM (72 / 25.4)
#define A4_SHORT (210 * MM)
#define A4_LONG (297 * MM)
#define MARGIN (15 * MM)
#define FOOT (9 * MM)
#define PADDING 2.5
#define LETTERS 9.5
#define SMALL_LETTERS 7.5

enum kind { HEADING, TEXT, BOX, SPACE, NEW_PAGE, QR, TABLE, ROW };

struct paper_part {
    struct paper_part *next;
    enum kind kind;
    int level;
    unsigned row;
    double size;                            /* letters, or mm */
    const char *text, *caption;
    const struct paper_column *columns;
    size_t count;
    const char *const *cells;
};

/* ---- collecting ------------------------------------------------------------------------------------------------------------------- */

static struct paper_part *add (struct paper *paper, enum kind kind, const char *text, double size)
{
    struct paper_part *part = arena_alloc (paper->arena, sizeof *part);

    part->kind = kind;
    part->text = text ? text : "";
    part->size = size;
    *(paper->last ? &paper->last->next : &paper->first) = part;
    paper->last = part;
    return part;
}

void paper_heading (struct paper *paper, int level, const char *text)
{
    static const double sizes[] = { 17, 13, 11 };

    add (paper, HEADING, text, sizes[level < 1 ? 0 : level > 3 ? 2 : level - 1]);
}

void paper_text (struct paper *paper, const char *text) { add (paper, TEXT, text, LETTERS); }
void paper_small (struct paper *paper, const char *text) { add (paper, TEXT, text, SMALL_LETTERS); }
void paper_box (struct paper *paper, const char *text) { add (paper, BOX, text, 11); }
void paper_space (struct paper *paper, double mm) { add (paper, SPACE, NULL, mm * MM); }
void paper_new_page (struct paper *paper) { add (paper, NEW_PAGE, NULL, 0); }

void paper_qr (struct paper *paper, const char *text, double mm, const char *caption)
{
    add (paper, QR, text, mm * MM)->caption = caption;
}

void paper_table (struct paper *paper, const struct paper_column *columns, size_t count)
{
    struct paper_part *part = add (paper, TABLE, NULL, LETTERS);

    part->columns = columns;
    part->count = count < PAPER_COLUMNS_MAX ? count : PAPER_COLUMNS_MAX;
}

void paper_row (struct paper *paper, unsigned kind, const char *const *cells)
{
    struct paper_part *part = add (paper, ROW, NULL, kind & PAPER_STRONG ? 12 : LETTERS);

    part->cells = cells;
    part->row = kind;
}

/* ---- the press -------------------------------------------------------------------------------------------------------------------- */

struct press {
    const struct paper *paper;
    cairo_t *cairo;
    PangoContext *context;
    bool draws;                             /* false: only counts */
    double width, height, y;
    double beside, beside_until;            /* a QR code takes this much of the width down to there */
    int page, pages;
    const struct paper_part *table;         /* the present one; NULL: none */
    bool failed;
};

static PangoLayout *layout_of (const struct press *press, const char *text, double size, double width, bool centred)
{
    PangoLayout *layout = pango_layout_new (press->context);
    PangoFontDescription *font = pango_font_description_from_string (FONTS);

    pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
    pango_layout_set_font_description (layout, font);
    pango_font_description_free (font);
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width (layout, (int) ((width < 1 ? 1 : width) * PANGO_SCALE));
    pango_layout_set_alignment (layout, centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    pango_layout_set_text (layout, text ? text : "", -1);
    return layout;
}

static double height_of (PangoLayout *layout)
{
    int width, height;

    pango_layout_get_size (layout, &width, &height);
    return (double) height / PANGO_SCALE;
}

static void put (const struct press *press, PangoLayout *layout, double x, double y)
{
    if (!press->draws)
        return;
    cairo_set_source_rgb (press->cairo, 0, 0, 0);
    cairo_move_to (press->cairo, x, y);
    pango_cairo_show_layout (press->cairo, layout);
}

static double put_text (const struct press *press, const char *text, double size, double x, double y, double width, bool centred)
{
    PangoLayout *layout = layout_of (press, text, size, width, centred);
    double height = height_of (layout);

    put (press, layout, x, y);
    g_object_unref (layout);
    return height;
}

static double bottom (const struct press *press) { return press->height - MARGIN - FOOT; }
static double inner_width (const struct press *press) { return press->width - 2 * MARGIN; }
static double free_width (const struct press *press)
{
    return inner_width (press) - (press->y < press->beside_until ? press->beside : 0);
}

/* ---- pages ------------------------------------------------------------------------------------------------------------------------ */

static void put_foot (const struct press *press)
{
    struct tokyo at = tokyo_of (press->paper->issued_at);
    double y = press->height - MARGIN - FOOT / 2, third = inner_width (press) / 3;
    char number[40], date[80];
    PangoLayout *layout;

    snprintf (number, sizeof number, "%d/%dページ", press->page, press->pages);
    snprintf (date, sizeof date, "発行 %d年%d月%d日 %d:%02d", at.year, at.month, at.day, at.minute / 60, at.minute % 60);
    put_text (press, press->paper->owner, SMALL_LETTERS, MARGIN, y, third, false);
    put_text (press, number, SMALL_LETTERS, MARGIN + third, y, third, true);
    layout = layout_of (press, date, SMALL_LETTERS, third, false);
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
    put (press, layout, MARGIN + 2 * third, y);
    g_object_unref (layout);
}

static void begin_page (struct press *press)
{
    press->page++;
    press->failed |= press->page > PAPER_PAGES_MAX;
    press->y = MARGIN;
    press->beside_until = 0;
    if (press->draws)
        put_foot (press);
    if (press->page > 1 && press->paper->title)
        press->y += put_text (press, press->paper->title, SMALL_LETTERS, MARGIN, press->y, inner_width (press), false) + 4;
}

static void put_head (struct press *press);

/* Fonts are used by one thread at a time.  Whoever holds them gives way after every page: who waits stands at the gate and is the next, so
 * that a page of FAX in an emergency waits for one page of a month's sheet and not for all sixty. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER, fonts_are_free = PTHREAD_MUTEX_INITIALIZER;

static void take_fonts (void)
{
    pthread_mutex_lock (&gate);
    pthread_mutex_lock (&fonts_are_free);
    pthread_mutex_unlock (&gate);
}

static void give_way (void)
{
    pthread_mutex_unlock (&fonts_are_free);
    take_fonts ();
}

static void next_page (struct press *press)
{
    if (press->draws)
        cairo_show_page (press->cairo);
    give_way ();
    begin_page (press);
    if (press->table)
        put_head (press);
}

static void need (struct press *press, double height)
{
    if (press->y + height > bottom (press) && press->y > MARGIN + 20)
        next_page (press);
}

/* ---- tables ----------------------------------------------------------------------------------------------------------------------- */

struct cell { PangoLayout *layout; double x, width; };

/* Lines beyond this height go, and … says so. */
static void shorten (PangoLayout *layout, double most)
{
    int lines = pango_layout_get_line_count (layout), fit = (int) (lines * most / height_of (layout));
    const char *text = pango_layout_get_text (layout);
    char *cut;
    int size;

    if (fit >= lines)
        return;
    size = pango_layout_get_line_readonly (layout, fit > 1 ? fit - 1 : 1)->start_index;
    while (size > 0 && ((unsigned char) text[--size] & 0xC0) == 0x80)
        ;
    cut = g_strdup_printf ("%.*s…", size, text);
    pango_layout_set_text (layout, cut, -1);
    g_free (cut);
}

static double lay_out_cells (const struct press *press, const char *const *cells, double size, struct cell ret[PAPER_COLUMNS_MAX])
{
    const struct paper_part *table = press->table;
    double shares = 0, x = MARGIN, height = 0, most = bottom (press) - MARGIN - 60;

    for (size_t i = 0; i < table->count; i++)
        shares += table->columns[i].share;
    for (size_t i = 0; i < table->count; i++) {
        double one;

        ret[i].x = x;
        ret[i].width = inner_width (press) * table->columns[i].share / shares;
        ret[i].layout = layout_of (press, cells[i], size, ret[i].width - 2 * PADDING, table->columns[i].centred);
        shorten (ret[i].layout, most);
        one = height_of (ret[i].layout);
        height = one > height ? one : height;
        x += ret[i].width;
    }
    return height + 2 * PADDING;
}

static void frame (const struct press *press, double x, double width, double height, double grey)
{
    if (!press->draws)
        return;
    cairo_rectangle (press->cairo, x, press->y, width, height);
    cairo_set_source_rgb (press->cairo, grey, grey, grey);
    cairo_fill_preserve (press->cairo);
    cairo_set_source_rgb (press->cairo, 0.45, 0.45, 0.45);
    cairo_set_line_width (press->cairo, 0.4);
    cairo_stroke (press->cairo);
}

static void put_cells (struct press *press, const struct cell *cells, double height, double grey)
{
    for (size_t i = 0; i < press->table->count; i++) {
        frame (press, cells[i].x, cells[i].width, height, press->table->columns[i].label ? 0.9 : grey);
        put (press, cells[i].layout, cells[i].x + PADDING, press->y + PADDING);
        g_object_unref (cells[i].layout);
    }
    press->y += height;
}

static bool has_head (const struct paper_part *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->columns[i].title)
            return true;
    return false;
}

static void put_head (struct press *press)
{
    const char *titles[PAPER_COLUMNS_MAX] = { 0 };
    struct cell cells[PAPER_COLUMNS_MAX];

    if (!has_head (press->table))
        return;
    for (size_t i = 0; i < press->table->count; i++)
        titles[i] = press->table->columns[i].title;
    put_cells (press, cells, lay_out_cells (press, titles, LETTERS, cells), 0.85);
}

static void put_row (struct press *press, const struct paper_part *row)
{
    struct cell cells[PAPER_COLUMNS_MAX];
    double height;

    if (!press->table)
        return;
    height = lay_out_cells (press, row->cells, row->size, cells);
    need (press, height);
    put_cells (press, cells, height, row->row & PAPER_SHADED ? 0.93 : 1);
}

static void begin_table (struct press *press, const struct paper_part *table)
{
    if (press->y < press->beside_until)
        press->y = press->beside_until;
    press->table = NULL;
    need (press, 60);
    press->table = table;
    put_head (press);
}

/* ---- the rest --------------------------------------------------------------------------------------------------------------------- */

static void put_heading (struct press *press, const struct paper_part *part)
{
    need (press, part->size * 2 + 40);      /* never alone at the foot of a page */
    if (press->y > MARGIN + 20)
        press->y += part->size / 2;
    press->y += put_text (press, part->text, part->size, MARGIN, press->y, free_width (press), false) + part->size / 3;
}

/* Line by line, so that a long paragraph goes on on the next page. */
static void put_paragraph (struct press *press, const struct paper_part *part)
{
    PangoLayout *layout = layout_of (press, part->text, part->size, free_width (press), false);
    PangoLayoutIter *iter = pango_layout_get_iter (layout);

    do {
        PangoRectangle ink, all;
        double height;

        pango_layout_iter_get_line_extents (iter, &ink, &all);
        height = (double) all.height / PANGO_SCALE;
        need (press, height);
        if (press->draws) {
            cairo_set_source_rgb (press->cairo, 0, 0, 0);
            cairo_move_to (press->cairo, MARGIN, press->y + (double) (pango_layout_iter_get_baseline (iter) - all.y) / PANGO_SCALE);
            pango_cairo_show_layout_line (press->cairo, pango_layout_iter_get_line_readonly (iter));
        }
        press->y += height;
    } while (pango_layout_iter_next_line (iter));
    pango_layout_iter_free (iter);
    g_object_unref (layout);
    press->y += part->size / 3;
}

static void put_box (struct press *press, const struct paper_part *part)
{
    double width = free_width (press);
    PangoLayout *layout = layout_of (press, part->text, part->size, width - 12, false);
    double height = height_of (layout) + 12;

    need (press, height + 6);
    frame (press, MARGIN, width, height, 1);
    put (press, layout, MARGIN + 6, press->y + 6);
    g_object_unref (layout);
    press->y += height + 6;
}

static void draw_code (const struct press *press, const QRcode *code, double x, double size)
{
    double one = size / (code->width + 8);              /* four modules of quiet on every side */

    cairo_set_source_rgb (press->cairo, 0, 0, 0);
    for (int row = 0; row < code->width; row++)
        for (int column = 0, run; column < code->width; column += run ? run : 1) {
            for (run = 0; column + run < code->width && code->data[row * code->width + column + run] & 1; run++)
                ;
            if (run)
                cairo_rectangle (press->cairo, x + one * (column + 4), press->y + one * (row + 4), one * run, one);
        }
    cairo_fill (press->cairo);
}

static void put_qr (struct press *press, const struct paper_part *part)
{
    QRcode *code = QRcode_encodeString8bit (part->text, 0, QR_ECLEVEL_M);
    double x = press->width - MARGIN - part->size, height = part->size;

    need (press, part->size + 20);
    press->failed |= !code;
    if (code && press->draws)
        draw_code (press, code, x, part->size);
    if (part->caption) {
        PangoLayout *layout = layout_of (press, part->caption, SMALL_LETTERS, part->size, true);

        put (press, layout, x, press->y + part->size);
        height += height_of (layout);
        g_object_unref (layout);
    }
    QRcode_free (code);
    press->beside = part->size + 4 * MM;
    press->beside_until = press->y + height + 2 * MM;
}

static void put_part (struct press *press, const struct paper_part *part)
{
    if (part->kind != ROW && press->table) {
        press->table = NULL;
        press->y += 4;
    }
    switch (part->kind) {
    case HEADING:
        put_heading (press, part);
        return;
    case TEXT:
        put_paragraph (press, part);
        return;
    case BOX:
        put_box (press, part);
        return;
    case SPACE:
        press->y += part->size;
        return;
    case NEW_PAGE:
        next_page (press);
        return;
    case QR:
        put_qr (press, part);
        return;
    case TABLE:
        begin_table (press, part);
        return;
    case ROW:
        put_row (press, part);
        return;
    }
}

static void run (struct press *press, bool draws)
{
    press->draws = draws;
    press->page = 0;
    press->table = NULL;
    begin_page (press);
    for (const struct paper_part *part = press->paper->first; part && !press->failed; part = part->next)
        put_part (press, part);
    press->pages = press->page;
}

/* ---- printing --------------------------------------------------------------------------------------------------------------------- */

struct pile { unsigned char *data; size_t size, room; };

static cairo_status_t take (void *closure, const unsigned char *data, unsigned size)
{
    struct pile *pile = closure;

    if (pile->room - pile->size < size) {
        pile->room = 2 * pile->room + size;
        pile->data = realloc (pile->data, pile->room);
        if (!pile->data)
            abort ();
    }
    memcpy (pile->data + pile->size, data, size);
    pile->size += size;
    return CAIRO_STATUS_SUCCESS;
}

static void set_file (cairo_surface_t *surface, const struct paper *paper)
{
    struct tokyo at = tokyo_of (paper->issued_at);
    char date[60];

    snprintf (date, sizeof date, "%04d-%02d-%02dT%02d:%02d:00+09:00", at.year, at.month, at.day, at.minute / 60, at.minute % 60);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Renkei");
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, paper->title ? paper->title : "Renkei");
}

/* Fonts are opened once and used by one sheet at a time. */
static PangoContext *open_context (void)
{
    static PangoFontMap *fonts;
    cairo_font_options_t *options = cairo_font_options_create ();
    PangoContext *context;

    if (!fonts)
        fonts = pango_cairo_font_map_new ();
    context = pango_font_map_create_context (fonts);
    cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options (context, options);
    pango_context_set_language (context, pango_language_from_string ("ja"));
    cairo_font_options_destroy (options);
    return context;
}

static bool print (const struct paper *paper, struct pile *pile, int *ret_pages)
{
    struct press press = { .paper = paper, .width = paper->landscape ? A4_LONG : A4_SHORT,
                           .height = paper->landscape ? A4_SHORT : A4_LONG, .context = open_context () };
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (take, pile, press.width, press.height);
    bool good;

    press.cairo = cairo_create (surface);
    set_file (surface, paper);
    run (&press, false);
    if (!press.failed)
        run (&press, true);
    cairo_destroy (press.cairo);
    cairo_surface_finish (surface);
    good = !press.failed && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy (surface);
    g_object_unref (press.context);
    *ret_pages = press.pages;
    return good;
}

int paper_print (const struct paper *paper, struct bytes *ret, int *ret_pages, struct error *err)
{
    struct pile pile = { 0 };
    int pages = 0;
    bool good;

    take_fonts ();
    good = print (paper, &pile, &pages);
    pthread_mutex_unlock (&fonts_are_free);
    if (good)
        *ret = (struct bytes) { (unsigned char *) arena_copy (paper->arena, (const char *) pile.data, pile.size), pile.size };
    free (pile.data);
    if (ret_pages)
        *ret_pages = pages;
    if (!good)
        return fail (err, pages > PAPER_PAGES_MAX ? ERROR_TOO_LARGE : ERROR_BUG, NULL, "a sheet of %d pages cannot be printed", pages);
    return 0;
}
