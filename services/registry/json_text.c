/* json_text.c - a small JSON writer for provenance and unknown columns: see json_text.h.  Source: RFC 8259. */
#include "json_text.h"

void json_add (struct json_text *json, const char *text, size_t size)
{
    if (json->size + size + 1 > json->room) {
        size_t room = 2 * json->room + size + 256;
        char *larger = arena_alloc (json->arena, room);

        if (json->size)
            memcpy (larger, json->text, json->size);
        json->text = larger;
        json->room = room;
    }
    memcpy (json->text + json->size, text, size);
    json->size += size;
    json->text[json->size] = 0;
}

void json_put (struct json_text *json, const char *text)
{
    json_add (json, text, strlen (text));
}

void json_string (struct json_text *json, const char *text)
{
    char escaped[8];

    json_put (json, "\"");
    for (const char *p = text; *p;) {
        size_t plain = 0;

        while ((unsigned char) p[plain] >= ' ' && p[plain] != '"' && p[plain] != '\\')
            plain++;
        json_add (json, p, plain);
        p += plain;
        if (!*p)
            break;
        snprintf (escaped, sizeof escaped, *p == '"' || *p == '\\' ? "\\%c" : "\\u%04x", (unsigned char) *p);
        json_put (json, escaped);
        p++;
    }
    json_put (json, "\"");
}

void json_member (struct json_text *json, const char *name, const char *value)
{
    if (json->size && json->text[json->size - 1] != '{')
        json_put (json, ",");
    json_string (json, name);
    json_put (json, ":");
    json_string (json, value);
}

void json_optional (struct json_text *json, const char *name, const char *value)
{
    if (value)
        json_member (json, name, value);
}
