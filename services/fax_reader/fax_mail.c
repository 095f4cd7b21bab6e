/* fax_mail.c - the one page file in a mail, and the number it came from; see fax_file.h.
 *
 * As much of MIME as gateways write: nested multiparts (8 deep), base64 or none, headers folded, encoded words of kind B in Subject.
 */
#include "fax_file.h"
#include <ctype.h>
#include <strings.h>

enum { DEEP = 8, PARTS_MOST = 64, FIELD_MOST = 1000 };

struct found { unsigned char *data; size_t size; int count, parts; };

/* ---- base64 -------------------------------------------------------------------------------------------------------------------------- */

static int value_of (unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 : c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Whatever is not of the alphabet is passed over, as RFC 2045 wants; ends at "=".  to holds size * 3 / 4 + 3. */
static size_t decode (const unsigned char *from, size_t size, unsigned char *to)
{
    unsigned bits = 0, have = 0;
    size_t out = 0;

    for (size_t i = 0; i < size && from[i] != '='; i++) {
        int value = value_of (from[i]);

        if (value < 0)
            continue;
        bits = bits << 6 | (unsigned) value;
        have += 6;
        if (have >= 8)
            to[out++] = (unsigned char) (bits >> (have -= 8));
    }
    return out;
}

/* ---- numbers ------------------------------------------------------------------------------------------------------------------------- */

static size_t number_at (const char *text, size_t size, char ret[FAX_NUMBER_SIZE])
{
    size_t at = 0, digits = 0;

    if (size > 3 && strncmp (text, "+81", 3) == 0) {
        ret[digits++] = '0';
        at = 3;
    }
    for (; at < size && (isdigit ((unsigned char) text[at]) || text[at] == '-'); at++)
        if (text[at] != '-' && digits < FAX_NUMBER_SIZE - 1)
            ret[digits++] = text[at];
    ret[digits] = '\0';
    return at;
}

void fax_number_in (const char *text, size_t size, char ret[FAX_NUMBER_SIZE])
{
    for (size_t at = 0; at < size;) {
        size_t used = text[at] == '+' || isdigit ((unsigned char) text[at]) ? number_at (text + at, size - at, ret) : 0;
        size_t digits = used ? strlen (ret) : 0;

        if (digits >= 9 && digits <= 11 && *ret == '0')
            return;
        at += used ? used : 1;
    }
    *ret = '\0';
}

/* ---- headers ------------------------------------------------------------------------------------------------------------------------- */

static const unsigned char *line_end (const unsigned char *at, const unsigned char *end)
{
    const unsigned char *found = memchr (at, '\n', (size_t) (end - at));

    return found ? found + 1 : end;
}

static bool is_blank (const unsigned char *at, const unsigned char *next)
{
    return at < next && (*at == '\n' || (next - at == 2 && *at == '\r'));
}

/* Where the body begins. */
static const unsigned char *body_of (struct fax_span part)
{
    const unsigned char *end = part.data + part.size, *at = part.data;

    while (at < end) {
        const unsigned char *next = line_end (at, end);

        if (is_blank (at, next))
            return next;
        at = next;
    }
    return end;
}

/* The field's text with its folded lines; "" when it is not there. */
static void field_of (struct fax_span part, const char *name, char ret[FIELD_MOST])
{
    const unsigned char *end = part.data + part.size, *at = part.data;
    size_t name_size = strlen (name), used = 0;
    bool inside = false;

    for (const unsigned char *next; at < end && (next = line_end (at, end), !is_blank (at, next)); at = next) {
        size_t size = (size_t) (next - at);

        if (!(inside && (*at == ' ' || *at == '\t'))) {
            if (inside)
                break;
            inside = size > name_size && strncasecmp ((const char *) at, name, name_size) == 0 && at[name_size] == ':';
            at += inside ? name_size + 1 : 0;
        }
        for (; inside && at < next && used < FIELD_MOST - 1; at++)
            if (*at >= ' ' && *at < 0x7f)
                ret[used++] = (char) *at;
    }
    ret[used] = '\0';
}

/* boundary="…" or boundary=… */
static bool boundary_of (const char *type, char ret[80])
{
    const char *at = strcasestr (type, "boundary=");
    size_t size;

    if (!at || strncasecmp (type + strspn (type, " \t"), "multipart/", 10) != 0)
        return false;
    at += 9;
    size = *at == '"' ? strcspn (++at, "\"") : strcspn (at, "; \t");
    if (size == 0 || size > 70)
        return false;
    memcpy (ret, at, size);
    ret[size] = '\0';
    return true;
}

/* ---- parts --------------------------------------------------------------------------------------------------------------------------- */

static void take_leaf (struct fax_span part, const unsigned char *body, struct found *found)
{
    char encoding[FIELD_MOST];
    size_t size = (size_t) (part.data + part.size - body);
    unsigned char *data = malloc (size + 4);
    enum fax_form form;

    field_of (part, "Content-Transfer-Encoding", encoding);
    if (!data)
        return;
    if (strcasestr (encoding, "base64"))
        size = decode (body, size, data);
    else
        memcpy (data, body, size);
    form = fax_form_of ((struct fax_span) { data, size });
    if ((form != FAX_TIFF && form != FAX_PDF && form != FAX_PNG) || found->count++ > 0) {
        free (data);
        return;
    }
    found->data = data;
    found->size = size;
}

static void walk (struct fax_span part, int deep, struct found *found);

/* The text between "--boundary" lines. */
static void walk_parts (struct fax_span part, const unsigned char *body, const char *boundary, int deep, struct found *found)
{
    const unsigned char *end = part.data + part.size, *begin = NULL;
    size_t size = strlen (boundary);

    for (const unsigned char *at = body, *next; at < end; at = next) {
        next = line_end (at, end);
        if ((size_t) (next - at) < size + 2 || memcmp (at, "--", 2) != 0 || memcmp (at + 2, boundary, size) != 0)
            continue;
        if (begin)
            walk ((struct fax_span) { begin, (size_t) (at - begin) }, deep + 1, found);
        begin = next;
        if ((size_t) (next - at) >= size + 4 && memcmp (at + 2 + size, "--", 2) == 0)
            return;
    }
    if (begin && begin < end)
        walk ((struct fax_span) { begin, (size_t) (end - begin) }, deep + 1, found);
}

static void walk (struct fax_span part, int deep, struct found *found)
{
    const unsigned char *body = body_of (part);
    char type[FIELD_MOST], boundary[80];

    if (deep > DEEP || ++found->parts > PARTS_MOST)
        return;
    field_of (part, "Content-Type", type);
    if (boundary_of (type, boundary))
        walk_parts (part, body, boundary, deep, found);
    else
        take_leaf (part, body, found);
}

/* Encoded words of kind B stand for what they hold; digits are the same in every character set that mail uses. */
static void number_of (struct fax_span mail, const char *name, char ret[FAX_NUMBER_SIZE])
{
    char text[FIELD_MOST], plain[FIELD_MOST + 4];
    size_t used = 0;

    field_of (mail, name, text);
    for (const char *at = text; *at && used < FIELD_MOST - 1;) {
        const char *words = strncmp (at, "=?", 2) == 0 ? strchr (at + 2, '?') : NULL, *last;

        if (!words || (words[1] | 32) != 'b' || words[2] != '?' || !(last = strstr (words + 3, "?="))) {
            plain[used++] = *at++;
            continue;
        }
        if (used + (size_t) (last - words) < FIELD_MOST)
            used += decode ((const unsigned char *) words + 3, (size_t) (last - words - 3), (unsigned char *) plain + used);
        at = last + 2;
    }
    fax_number_in (plain, used, ret);
}

const char *fax_mail_part (struct fax_span mail, unsigned char **ret_part, size_t *ret_size, char ret_number[FAX_NUMBER_SIZE])
{
    struct found found = { .count = 0 };

    number_of (mail, "Subject", ret_number);
    if (!*ret_number)
        number_of (mail, "From", ret_number);
    walk (mail, 0, &found);
    if (found.count == 1) {
        *ret_part = found.data;
        *ret_size = found.size;
        return NULL;
    }
    free (found.data);
    return found.count ? "several" : "empty";
}
