#include "guard.h"
#include <string.h>
#include <strings.h>

enum { LINES_MAX = 64 };

static bool is_token (const char *name)
{
    if (!*name)
        return false;
    for (; *name; name++)
        if ((unsigned char) *name <= 0x20 || (unsigned char) *name >= 0x7f || strchr ("()<>@,;:\\\"/[]?={}", *name))
            return false;
    return true;
}

static bool is_plain (const char *value)
{
    for (; *value; value++)
        if (((unsigned char) *value < 0x20 && *value != '\t') || *value == 0x7f)
            return false;
    return true;
}

static bool is_length (const char *value, uint64_t *ret)
{
    size_t size = strspn (value, "0123456789");

    *ret = 0;
    if (size == 0 || size > 15 || value[size])
        return false;
    for (; *value; value++)
        *ret = *ret * 10 + (uint64_t) (*value - '0');
    return true;
}

void guard_line (struct head *head, const char *name, const char *value)
{
    head->lines++;
    if (!is_token (name) || !value || !is_plain (value))
        head->odd = true;
    else if (strcasecmp (name, "Host") == 0) {
        head->hosts++;
        head->host = value;
    }
    else if (strcasecmp (name, "Content-Length") == 0) {
        head->lengths++;
        head->odd |= !is_length (value, &head->length);
    }
    else if (strcasecmp (name, "Transfer-Encoding") == 0) {
        head->encodings++;
        head->chunked = true;
        head->odd |= strcasecmp (value, "chunked") != 0;
    }
    else if (strcasecmp (name, "Authorization") == 0)
        head->odd |= head->keys++ > 0;
    else if (strcasecmp (name, "Origin") == 0)
        head->origin = value;
    else if (strcasecmp (name, "Sec-Fetch-Site") == 0)
        head->site = value;
    else if (strcasecmp (name, "Renkei-Client") == 0)
        head->client = value;
    else if (strcasecmp (name, "Upgrade") == 0 || strcasecmp (name, "Trailer") == 0)
        head->odd = true;
}

static bool host_is_plain (const char *host)
{
    return *host && !host[strspn (host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]")];
}

bool guard_frames (const struct head *head, const char *method, const char *version)
{
    static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH" };
    bool known = false;

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        known |= strcmp (method, methods[i]) == 0;
    if (!known || head->odd || head->lines > LINES_MAX || head->hosts > 1 || head->lengths > 1 || head->encodings > 1)
        return false;
    if (strcmp (version, "HTTP/1.1") == 0 ? head->hosts != 1 : strcmp (version, "HTTP/1.0") != 0 || head->chunked)
        return false;
    return !(head->lengths && head->encodings) && (!head->host || host_is_plain (head->host));
}

/* "https://a.example" names the same host as "a.example". */
static bool origin_is_host (const char *origin, const char *host)
{
    const char *at = strstr (origin, "://");

    return at && host && strcasecmp (at + 3, host) == 0;
}

bool guard_is_ours (const struct head *head)
{
    if (!head->client || !*head->client || strlen (head->client) > 80)
        return false;
    if (head->site && strcmp (head->site, "same-origin") != 0)
        return false;
    return !head->origin || origin_is_host (head->origin, head->host);
}
