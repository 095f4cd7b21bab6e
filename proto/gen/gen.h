/* gen.h - renkei-gen: reads the declarations of proto/ and writes everything derived from them.
 *
 *   renkei-gen OUT FILE...
 *
 * OUT gets messages.h, messages.c, errors.h, errors.c, http_routes.h, <service>_routes.h (C tables and prototypes), CATALOG.md (for
 * people), openapi.json, asyncapi.json, messages.ts.  Any slip in a declaration stops it with "file:line: what is wrong"; it never writes
 * half a set. Memory is never given back: the program reads, writes and ends.
 */
#ifndef GEN_H
#define GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 64, DEPTH_MAX = 8, ROLE_MAX = 64 };

struct line {
    const char *file;
    int number;
    char *words[WORD_MAX];
    int count;
    char *texts[2];
    int text_count;
};

enum kind { ENUM, GROUP, RECORD, ERRORS, COMMAND, QUERY, ANSWER, EVENT };
enum source { BODY, PATH, QUERY_STRING, IF_MATCH, BEARER, RAW, CONTENT_TYPE };

/* A value of an enum, or an error (number counts up, kind is the word after the key). */
struct value { const char *name, *kind, *ja, *en; int number, line; };

struct field {
    const char *name, *type, *of, *text;    /* type: "text"; of: name of the enum or record */
    bool list, required, optional, personal, etag, cookie, lasting, page_key, page_limit, next_page, content;
    unsigned limit, max;                    /* bytes of text and bytes; items of a list */
    enum source source;
    int line;
};

struct declaration {
    enum kind kind;
    const char *name, *file, *folder, *about;
    int line, version;
    char **from, **to, **members;           /* NULL-terminated words */
    const char *answer, *conflict, *key, *method, *path;
    const char *raw, *content;              /* command: the field that takes the body as it is; answer: the field that is the body */
    bool urgent, secret_answer, state, stream, locked, away;
    uint64_t roles;                         /* command, query: who may send it; group: its members; bit number - 1 */
    bool anyone, service, gateway;
    struct field *fields;
    int field_count;
    struct value *values;
    int value_count;
    bool listed;                            /* record: some field is a list of it */
    int depth;                              /* levels of maps and lists; 0 while not yet known, -1 while being counted */
};

extern struct declaration *declarations;    /* after check (): enums, groups, records (inner ones first), errors, then messages by name */
extern int declaration_count;

_Noreturn void stop (const char *file, int line, const char *fmt, ...) __attribute__ ((format (printf, 3, 4)));

/* read.c */
void read_declarations (const char *path);

/* check.c */
void check_declarations (void);
const struct declaration *find_declaration (const char *name);

/* tell.c: small questions about declarations, and words for output */
bool is_message (const struct declaration *d);                   /* record, command, query, answer or event: has a struct */
bool has_word (char **words, const char *word);
const char *kind_name (const struct declaration *d);             /* "command" */
const char *upper (const char *name);                            /* "SHEET_SECTION"; valid until the eighth next call */
const char *camel (const char *name);                            /* "SheetSection"; same */
bool has_bearer (const struct declaration *d);                   /* a partner's key instead of a session */
bool needs_has (const struct field *f);                          /* optional bool, i64, time: a member has_<name> */
const struct declaration *errors_declaration (void);             /* NULL when nothing declares errors */
void put_string (FILE *out, const char *text);                   /* "text" quoted and escaped for C, JSON and TypeScript alike */
int services_of (const char *ret[], int most);                   /* every service that takes or hears something, by name */

/* json.c: indented JSON; name NULL inside of lists */
struct json { FILE *out; int depth; bool follows; };
void json_open (struct json *json, const char *name, char bracket);     /* { or [ */
void json_close (struct json *json, char bracket);                      /* } or ] */
void json_text (struct json *json, const char *name, const char *text);
void json_format (struct json *json, const char *name, const char *fmt, ...) __attribute__ ((format (printf, 3, 4)));    /* as text */
void json_number (struct json *json, const char *name, long long number);
void json_flag (struct json *json, const char *name, bool flag);

/* schema.c: JSON Schema 2020-12, as OpenAPI 3.1 and AsyncAPI 3.0 use it */
enum wanted { ALL_FIELDS, BODY_FIELDS };
void schema_of_field (struct json *json, const char *name, const struct field *f);
void schema_of_message (struct json *json, const char *name, const struct declaration *d, enum wanted wanted);
void schema_of_enum (struct json *json, const struct declaration *d);
bool has_body (const struct declaration *d);                            /* some field comes from the body */

/* write_*.c */
void write_messages_header (FILE *out);
void write_messages_tables (FILE *out);
void write_errors_header (FILE *out);
void write_errors_table (FILE *out);
void write_service_routes (FILE *out, const char *service);
void write_http_routes (FILE *out);
void write_hearers (FILE *out);
void write_catalog (FILE *out);
void write_openapi (FILE *out);
void write_asyncapi (FILE *out);
void write_typescript (FILE *out);

#endif
