/* fax_in_rules.c - see fax_in_rules.h. */
#include "fax_in_rules.h"
#include "fax_rules.h"
#include "ids.h"

static const char mark[] = "RENKEI-FAX:";

void fax_page_code_new (char ret[FAX_CODE_TEXT])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned char random[26];

    random_fill (random, sizeof random);
    memcpy (ret, mark, sizeof mark - 1);
    for (size_t i = 0; i < sizeof random; i++)
        ret[sizeof mark - 1 + i] = letters[random[i] & 31];
    ret[sizeof mark - 1 + sizeof random] = '\0';
}

/* ---- what the reader said ------------------------------------------------------------------------------------------------------------ */

struct said { const char *at, *end; };

/* The next line without its end, in the arena; NULL: there is none, or a long one. */
static char *line_of (struct arena *arena, struct said *said)
{
    const char *end = memchr (said->at, '\n', (size_t) (said->end - said->at));
    char *line;

    if (!end || end - said->at > 400)
        return NULL;
    line = arena_copy (arena, said->at, (size_t) (end - said->at));
    said->at = end + 1;
    return line;
}

static bool take_codes (char *rest, struct fax_read_page *page)
{
    char *kept = NULL;

    for (char *word = strtok_r (rest, " ", &kept); word; word = strtok_r (NULL, " ", &kept)) {
        if (page->code_count == FAX_READ_CODES_MOST || strncmp (word, mark, sizeof mark - 1) != 0 || strlen (word) > 63)
            return false;
        page->codes[page->code_count++] = word;
    }
    return true;
}

static bool take_page (char *line, struct said *said, struct fax_read *ret)
{
    struct fax_read_page *page = &ret->pages[ret->count];
    size_t size;
    int used = 0;

    if (ret->count == FAX_READ_PAGES_MOST)
        return false;
    *page = (struct fax_read_page) { 0 };
    if (sscanf (line, "page %5d %7d %7zu%n", &page->width, &page->height, &size, &used) != 3 || (line[used] && line[used] != ' ')
        || page->width < 1 || page->height < 1 || size < 8 || size > 512 * 1024 || size > (size_t) (said->end - said->at)
        || memcmp (said->at, "\x89PNG\r\n\x1a\n", 8) != 0 || !take_codes (line + used, page))
        return false;
    page->image = (struct bytes) { (const unsigned char *) said->at, size };
    said->at += size;
    ret->count++;
    return true;
}

bool fax_read_parse (struct arena *arena, struct bytes bytes, struct fax_read *ret)
{
    struct said said = { (const char *) bytes.data, (const char *) bytes.data + bytes.size };
    char *line = bytes.size ? line_of (arena, &said) : NULL;

    *ret = (struct fax_read) { .count = 0 };
    if (!line || strcmp (line, "RKF1") != 0)
        return false;
    while ((line = said.at < said.end ? line_of (arena, &said) : NULL) != NULL) {
        if (strcmp (line, "end") == 0)
            return ret->count > 0 && said.at == said.end;
        if (strncmp (line, "bad ", 4) == 0) {
            ret->bad = line + 4;
            return ret->count == 0 && said.at == said.end && strspn (ret->bad, "abcdefghijklmnopqrstuvwxyz") == strlen (ret->bad);
        }
        if (strncmp (line, "number ", 7) == 0 && strlen (line) < 7 + 16 && strspn (line + 7, "0123456789") == strlen (line + 7))
            ret->number = line + 7;
        else if (!take_page (line, &said, ret))
            return false;
    }
    return false;
}

/* ---- what becomes of it -------------------------------------------------------------------------------------------------------------- */

static bool holds (const char *const *items, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (items[i], code) == 0)
            return true;
    return false;
}

struct text_list fax_codes_of (struct arena *arena, const struct fax_read *read)
{
    const char **items = arena_alloc (arena, (FAX_READ_PAGES_MOST * FAX_READ_CODES_MOST + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < read->count; i++)
        for (size_t j = 0; j < read->pages[i].code_count; j++)
            if (!holds (items, count, read->pages[i].codes[j]))
                items[count++] = read->pages[i].codes[j];
    return (struct text_list) { items, count };
}

static struct fax_verdict waits (enum fax_in_why why, bool by_code)
{
    return (struct fax_verdict) { FAX_IN_STATE_WAITING, why, by_code };
}

static bool on_every_page (const struct fax_read *read)
{
    for (size_t i = 0; i < read->count; i++)
        if (read->pages[i].code_count == 0)
            return false;
    return true;
}

struct fax_verdict fax_in_judge (struct arena *arena, const struct fax_read *read, const char *office_id, const struct fax_known *known)
{
    size_t codes = fax_codes_of (arena, read).count;

    if (read->bad)
        return waits (FAX_IN_WHY_NOT_READABLE, false);
    if (codes != 1)
        return waits (codes ? FAX_IN_WHY_SEVERAL_CODES : FAX_IN_WHY_NO_CODE, false);
    if (!known->code)
        return waits (FAX_IN_WHY_CODE_UNKNOWN, false);
    if (strcmp (known->for_office, office_id) != 0)
        return waits (FAX_IN_WHY_OTHER_OFFICE, false);
    if (known->old)
        return waits (FAX_IN_WHY_CODE_OLD, true);
    if (!on_every_page (read))
        return waits (FAX_IN_WHY_SOME_PAGES, true);
    if (known->kind == FAX_CODE_ANSWER)
        return (struct fax_verdict) { FAX_IN_STATE_FILED, 0, true };
    if (!read->number || !fax_same_number (arena, read->number, known->number))
        return waits (FAX_IN_WHY_OTHER_NUMBER, false);
    return known->number_stands ? (struct fax_verdict) { FAX_IN_STATE_CONFIRMED, 0, true } : waits (FAX_IN_WHY_NUMBER_MOVED, false);
}

/* ---- what a person decides ----------------------------------------------------------------------------------------------------------- */

static bool says_something (const char *note)
{
    return note && note[strspn (note, " \t\r\n")] && strcmp (note, "　") != 0;
}

int fax_in_decide (const struct fax_in_now *now, const struct fax_in_settle *message, struct error *err)
{
    const bool waiting = now->state == FAX_IN_STATE_WAITING;

    if (now->version != message->version || waiting == (message->state == FAX_IN_STATE_WAITING)
        || now->state == FAX_IN_STATE_CONFIRMED)
        return fail (err, ERROR_MOVED_ON, "/version", "settled meanwhile");
    switch (message->state) {
    case FAX_IN_STATE_FILED:
        return message->fax_id ? 0 : fail (err, ERROR_FAX_NOT_ITS_OWN, "/fax_id", "none chosen");
    case FAX_IN_STATE_GIVEN:
        return message->person_id ? 0 : fail (err, ERROR_NOT_A_COLLEAGUE, "/person_id", "nobody chosen");
    case FAX_IN_STATE_MISDIRECTED:
        return 0;
    case FAX_IN_STATE_WAITING:
    case FAX_IN_STATE_DISCARDED:
        return says_something (message->note) ? 0 : fail (err, ERROR_REASON_NEEDED, "/note", "no reason");
    default:
        return fail (err, ERROR_MOVED_ON, "/state", "done by a code only");
    }
}
