/* check.c - everything that must hold between declarations; also fills in role masks and depths and puts declarations in order. */
#include <ctype.h>
#include "gen.h"

enum { BEARER_MAX = 200, RAW_MAX = 256 * 1024, CONTENT_MAX = 512 * 1024 };

static const char *const words_of_c[] = {
    "auto",     "break",  "case",     "char",   "const",  "continue", "default", "do",     "double",  "else",
    "enum",     "extern", "float",    "for",    "go" "to", "if",       "inline",  "int",    "long",    "register",
    "restrict", "return", "short",    "signed", "sizeof", "static",   "struct",  "switch", "typedef", "union",
    "unsigned", "void",   "volatile", "while",  "bool",   "true",     "false",   "unix",   "linux",   NULL,
};
static const char *const structs_of_runtime[] = {
    "text_list", "i64_list",     "enum_list", "bytes",   "error",   "arena",  "request", "actor",
    "route",     "heard",        "hearing",   "service", "runtime", "hear",   "job",     "job_run",
    "snapshot",  "snapshot_row", "batch",     "db",      "options", "option", "messages", NULL,
};

const struct declaration *find_declaration (const char *name)
{
    for (int i = 0; i < declaration_count; i++)
        if (strcmp (declarations[i].name, name) == 0)
            return &declarations[i];
    return NULL;
}

static const struct declaration *find_kind (const char *name, enum kind kind)
{
    const struct declaration *d = find_declaration (name);

    return d && d->kind == kind ? d : NULL;
}

static const struct field *find_field (const struct declaration *d, const char *name, size_t size)
{
    for (int i = 0; i < d->field_count; i++)
        if (strlen (d->fields[i].name) == size && memcmp (d->fields[i].name, name, size) == 0)
            return &d->fields[i];
    return NULL;
}

static void check_word (const struct declaration *d, int line, const char *name, const char *const *taken)
{
    for (; *taken; taken++)
        if (strcmp (name, *taken) == 0)
            stop (d->file, line, "%s means something in C or in the runtime and cannot be a name", name);
}

/* ---- names ------------------------------------------------------------------------------------------------------------------------ */

static void check_name (const struct declaration *d)
{
    const struct declaration *first = find_declaration (d->name);

    if (first != d)
        stop (d->file, d->line, "%s is already declared in %s:%d", d->name, first->file, first->line);
    check_word (d, d->line, d->name, words_of_c);
    check_word (d, d->line, d->name, structs_of_runtime);
    if (d->kind != ERRORS && !d->about)
        stop (d->file, d->line, "%s %s has no about", kind_name (d), d->name);
    if (d->kind >= COMMAND && !d->version)
        stop (d->file, d->line, "%s %s has no version", kind_name (d), d->name);
    if ((d->kind == ENUM || d->kind == ERRORS) && d->value_count == 0)
        stop (d->file, d->line, "%s %s has no values", kind_name (d), d->name);
}

/* TypeScript joins two interfaces of one name in silence. */
static void check_camel (const struct declaration *d)
{
    for (const struct declaration *other = declarations; other < d; other++)
        if (d->kind != ERRORS && other->kind != ERRORS && strcmp (camel (d->name), camel (other->name)) == 0)
            stop (d->file, d->line, "%s and %s are both called %s in TypeScript", d->name, other->name, camel (d->name));
}

static void check_values (const struct declaration *d)
{
    for (int i = 0; i < d->value_count; i++) {
        const struct value *v = &d->values[i];

        for (int k = 0; k < i; k++)
            if (strcmp (d->values[k].name, v->name) == 0 || d->values[k].number == v->number)
                stop (d->file, v->line, "%s %d is already taken in line %d", v->name, v->number, d->values[k].line);
    }
}

static void check_errors (const struct declaration *d)
{
    const struct declaration *kinds = find_kind ("error_kind", ENUM);

    for (int i = 0; i < d->value_count; i++) {
        bool known = false;

        for (int k = 0; kinds && k < kinds->value_count; k++)
            known = known || strcmp (kinds->values[k].name, d->values[i].kind) == 0;
        if (!known)
            stop (d->file, d->values[i].line, "error %s has the unknown kind %s", d->values[i].name, d->values[i].kind);
    }
}

/* ---- roles ------------------------------------------------------------------------------------------------------------------------ */

static uint64_t role_bit (const char *name)
{
    const struct declaration *roles = find_kind ("role", ENUM);

    for (int i = 0; roles && i < roles->value_count; i++)
        if (strcmp (roles->values[i].name, name) == 0 && roles->values[i].number <= ROLE_MAX)
            return (uint64_t) 1 << (roles->values[i].number - 1);
    return 0;
}

static uint64_t roles_of (const struct declaration *d, const char *name)
{
    const struct declaration *group = find_kind (name, GROUP);
    uint64_t bit = role_bit (name);

    if (!bit && (!group || !group->roles))
        stop (d->file, d->line, "unknown role %s", name);
    return bit | (group ? group->roles : 0);
}

static void fill_group (struct declaration *d)
{
    if (!d->members)
        stop (d->file, d->line, "group %s has no members", d->name);
    if (role_bit (d->name))
        stop (d->file, d->line, "%s is both a role and a group", d->name);
    for (char **word = d->members; *word; word++) {
        if (!role_bit (*word))
            stop (d->file, d->line, "group %s: unknown role %s", d->name, *word);
        d->roles |= role_bit (*word);
    }
}

static void fill_senders (struct declaration *d)
{
    for (char **word = d->from; *word; word++)
        if (strcmp (*word, "anyone") == 0)
            d->anyone = true;
        else if (strcmp (*word, "service") == 0)
            d->service = true;
        else if (strcmp (*word, "gateway") == 0)
            d->gateway = true;
        else
            d->roles |= roles_of (d, *word);
    if (d->anyone && (d->service || d->gateway || d->roles))
        stop (d->file, d->line, "%s: anyone stands alone", d->name);
}

/* ---- fields ----------------------------------------------------------------------------------------------------------------------- */

static void check_target (const struct declaration *d, const struct field *f)
{
    struct declaration *target = f->of ? (struct declaration *) find_declaration (f->of) : NULL;

    if (f->of && (!target || target->kind != (f->type[0] == 'e' ? ENUM : RECORD)))
        stop (d->file, f->line, "field %s: unknown %s %s", f->name, f->type, f->of);
    if (f->list && (strcmp (f->type, "bool") == 0 || strcmp (f->type, "bytes") == 0))
        stop (d->file, f->line, "field %s: there are no lists of %s", f->name, f->type);
    if (f->list && target && target->kind == RECORD)
        target->listed = true;
}

static void check_marks (const struct declaration *d, const struct field *f)
{
    bool number = strcmp (f->type, "i64") == 0 && !f->list, text = strcmp (f->type, "text") == 0 && !f->list;

    if ((f->etag || f->cookie || f->next_page) && d->kind != ANSWER)
        stop (d->file, f->line, "field %s: etag, cookie and next_page belong to answers", f->name);
    if ((f->page_key || f->page_limit) && d->kind != QUERY)
        stop (d->file, f->line, "field %s: page_key and page_limit belong to queries", f->name);
    if ((f->etag || f->page_limit) && !number)
        stop (d->file, f->line, "field %s: etag and page_limit are i64", f->name);
    if ((f->cookie || f->page_key || f->next_page) && !text)
        stop (d->file, f->line, "field %s: cookie, page_key and next_page are text", f->name);
    if (f->lasting && !f->cookie)
        stop (d->file, f->line, "field %s: only a cookie is lasting", f->name);
    if (f->source != BODY && !d->path)
        stop (d->file, f->line, "field %s: path, query, if_match, bearer and raw need an http line", f->name);
    if (f->source == BEARER && (!text || !f->required || !f->personal || f->limit > BEARER_MAX || !d->anyone))
        stop (d->file, f->line, "field %s: bearer is a required personal text of at most %d bytes, in a message from anyone", f->name,
              BEARER_MAX);
    if (f->source == IF_MATCH && (!number || !f->required || d->kind != COMMAND))
        stop (d->file, f->line, "field %s: if_match is a required i64 of a command", f->name);
    if (f->source != BODY && f->source != RAW && (f->list || strcmp (f->type, "record") == 0 || strcmp (f->type, "bytes") == 0))
        stop (d->file, f->line, "field %s: only single values come from path or query", f->name);
    if (f->source == PATH && !f->required)
        stop (d->file, f->line, "field %s comes from the path and cannot be optional", f->name);
    if (f->source == BODY && d->method && (strcmp (d->method, "GET") == 0 || strcmp (d->method, "DELETE") == 0))
        stop (d->file, f->line, "field %s: %s has no body", f->name, d->method);
}

static void check_fields (const struct declaration *d)
{
    int etags = 0, matches = 0, cookies = 0, bearers = 0;

    for (int i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];

        if (find_field (d, f->name, strlen (f->name)) != f)
            stop (d->file, f->line, "field %s is there twice", f->name);
        check_word (d, f->line, f->name, words_of_c);
        check_target (d, f);
        check_marks (d, f);
        etags += f->etag;
        matches += f->source == IF_MATCH;
        cookies += f->cookie;
        bearers += f->source == BEARER;
    }
    if (d->field_count > 64)
        stop (d->file, d->line, "%s has %d fields; 64 are allowed", d->name, d->field_count);
    if (etags > 1 || matches > 1 || cookies > 1 || bearers > 1)
        stop (d->file, d->line, "%s has more than one etag, cookie, if_match or bearer", d->name);
}

/* ---- bodies that are not JSON ----------------------------------------------------------------------------------------------------- */

/* `raw FIELD`: the body as it is, and what it calls itself; nothing else can come from it. */
static void place_raw (struct declaration *d)
{
    struct field *raw = (struct field *) find_field (d, d->raw, strlen (d->raw));
    struct field *type = (struct field *) find_field (d, "content_type", strlen ("content_type"));

    if (!raw || raw->list || strcmp (raw->type, "bytes") != 0 || !raw->required || raw->limit > RAW_MAX || raw->source != BODY)
        stop (d->file, d->line, "%s: raw names one required bytes field of at most %d bytes", d->name, RAW_MAX);
    raw->source = RAW;
    if (type && (type->list || strcmp (type->type, "text") != 0 || type->required || type->source != BODY))
        stop (d->file, type->line, "field content_type of a raw message is an optional text");
    if (type)
        type->source = CONTENT_TYPE;
    for (int i = 0; i < d->field_count; i++)
        if (d->fields[i].source == BODY)
            stop (d->file, d->fields[i].line, "field %s: the body of a raw message is %s alone", d->fields[i].name, d->raw);
    if (d->stream || !d->method || strcmp (d->method, "DELETE") == 0)
        stop (d->file, d->line, "%s: raw goes with POST or PUT, and not with stream", d->name);
}

static bool is_plain_text (const struct field *f)
{
    return f && !f->list && strcmp (f->type, "text") == 0;
}

/* `content FIELD`: the answer's body is that field, called media_type, and in a file called file_name. */
static void place_content (struct declaration *d)
{
    struct field *content = (struct field *) find_field (d, d->content, strlen (d->content));
    const struct field *name = find_field (d, "file_name", strlen ("file_name"));
    const struct field *type = find_field (d, "media_type", strlen ("media_type"));

    if (!content || content->list || strcmp (content->type, "bytes") != 0 || !content->required || content->limit > CONTENT_MAX)
        stop (d->file, d->line, "%s: content names one required bytes field of at most %d bytes", d->name, CONTENT_MAX);
    if (!is_plain_text (type) || !type->required || (name && !is_plain_text (name)))
        stop (d->file, d->line, "%s: content needs a required text media_type; its file_name is a text", d->name);
    content->content = true;
}

/* An answer that comes in pages is asked for by a query that can name the next one. */
static void check_pages (const struct declaration *d)
{
    const struct declaration *answer = find_declaration (d->answer);
    bool pages = false, key = false;

    for (int i = 0; answer->content && i < answer->field_count; i++)
        pages |= answer->fields[i].next_page;
    for (int i = 0; i < d->field_count; i++)
        key |= d->fields[i].page_key;
    if (pages && !key)
        stop (d->file, d->line, "%s: the content of %s comes in pages, which needs a page_key", d->name, d->answer);
}

static int depth_of (struct declaration *d)
{
    int most = 0;

    if (d->depth < 0)
        stop (d->file, d->line, "record %s contains itself", d->name);
    if (d->depth > 0)
        return d->depth;
    d->depth = -1;
    for (int i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];
        int levels = f->list + (strcmp (f->type, "record") == 0 ? depth_of ((struct declaration *) find_declaration (f->of)) : 0);

        most = levels > most ? levels : most;
    }
    d->depth = most + 1;
    if (d->depth > DEPTH_MAX)
        stop (d->file, d->line, "%s nests %d levels deep; %d are allowed", d->name, d->depth, DEPTH_MAX);
    return d->depth;
}

/* ---- messages --------------------------------------------------------------------------------------------------------------------- */

static void check_path (const struct declaration *d)
{
    for (const char *p = strchr (d->path, '{'); p; p = strchr (p + 1, '{')) {
        size_t size = strcspn (p + 1, "}");
        const struct field *f = find_field (d, p + 1, size);

        if (!f || f->source != PATH)
            stop (d->file, d->line, "%s: {%.*s} of the path is not a path field", d->name, (int) size, p + 1);
    }
    for (int i = 0; i < d->field_count; i++) {
        char wanted[80];

        snprintf (wanted, sizeof wanted, "{%s}", d->fields[i].name);
        if (d->fields[i].source == PATH && !strstr (d->path, wanted))
            stop (d->file, d->fields[i].line, "field %s does not stand in the path %s", d->fields[i].name, d->path);
    }
}

/* The same path with every parameter alike, so that two templates that match the same requests are found. */
static bool same_shape (const char *a, const char *b)
{
    while (*a && *b) {
        if (*a == '{' && *b == '{') {
            a += strcspn (a, "}");
            b += strcspn (b, "}");
        }
        if (*a++ != *b++)
            return false;
    }
    return *a == *b;
}

static void check_http (const struct declaration *d)
{
    static const char *const methods[] = { "GET", "POST", "PUT", "DELETE" };
    bool known = false;

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        known = known || strcmp (d->method, methods[i]) == 0;
    if (!known || (strcmp (d->method, "GET") == 0) != (d->kind == QUERY))
        stop (d->file, d->line, "%s: queries are GET, commands are POST, PUT or DELETE", d->name);
    check_path (d);
    for (const struct declaration *other = declarations; other < d; other++)
        if (other->path && strcmp (other->method, d->method) == 0 && same_shape (other->path, d->path))
            stop (d->file, d->line, "%s %s is already the address of %s", d->method, d->path, other->name);
}

static void check_key (const struct declaration *d)
{
    const struct field *f = d->key ? find_field (d, d->key, strlen (d->key)) : NULL;

    if (d->kind == EVENT && !d->key)
        stop (d->file, d->line, "event %s has no subject", d->name);
    if (d->key && !f)
        stop (d->file, d->line, "%s: %s is not one of its fields", d->name, d->key);
    if (f && (f->list || !f->required || (strcmp (f->type, "uuid") != 0 && strcmp (f->type, "text") != 0)))
        stop (d->file, f->line, "field %s is a key and must be one required uuid or text", f->name);
    if (f && d->kind == EVENT && strcmp (f->type, "uuid") != 0)
        stop (d->file, f->line, "field %s is a subject and must be a uuid", f->name);
}

static void check_asked (const struct declaration *d)
{
    if (!d->from || !d->to || !d->answer)
        stop (d->file, d->line, "%s %s needs from, to and answer", kind_name (d), d->name);
    if (d->to[1])
        stop (d->file, d->line, "%s %s goes to one service", kind_name (d), d->name);
    if (strcmp (d->to[0], "runtime") != 0 && strcmp (d->to[0], d->folder) != 0)
        stop (d->file, d->line, "%s goes to %s but lies in proto/%s", d->name, d->to[0], d->folder);
    if (!find_kind (d->answer, ANSWER))
        stop (d->file, d->line, "%s: unknown answer %s", d->name, d->answer);
    if (d->conflict && (d->kind != COMMAND || !find_kind (d->conflict, ANSWER)))
        stop (d->file, d->line, "%s: unknown conflict %s", d->name, d->conflict);
    if (d->stream && !(d->field_count > 0 && strcmp (d->fields[d->field_count - 1].type, "bytes") == 0))
        stop (d->file, d->line, "%s is a stream: its last field holds the bytes", d->name);
    if (d->path)
        check_http (d);
    check_pages (d);
}

static bool is_service (const char *name)
{
    for (int i = 0; i < declaration_count; i++)
        if (declarations[i].kind >= COMMAND && strcmp (declarations[i].folder, name) == 0 && strcmp (name, "envelope") != 0)
            return true;
    return false;
}

static void check_event (const struct declaration *d)
{
    if (!d->from || !d->to || d->answer || d->conflict || d->path)
        stop (d->file, d->line, "event %s needs from and to, and has no answer, conflict or http", d->name);
    if (d->from[1] || strcmp (d->from[0], d->folder) != 0)
        stop (d->file, d->line, "event %s comes from %s but lies in proto/%s", d->name, d->from[0], d->folder);
    if (has_word (d->to, "none") && d->to[1])
        stop (d->file, d->line, "event %s: none stands alone", d->name);
    for (char **to = d->to; *to; to++)
        if (strcmp (*to, d->from[0]) == 0)
            stop (d->file, d->line, "event %s: %s does not hear itself", d->name, *to);
        else if (strcmp (*to, "none") != 0 && !is_service (*to))
            stop (d->file, d->line, "event %s: there is no service %s", d->name, *to);
}

/* ---- order ------------------------------------------------------------------------------------------------------------------------ */

static int by_use (const void *a, const void *b)
{
    const struct declaration *x = a, *y = b;
    int kind_x = x->kind < COMMAND ? (int) x->kind : COMMAND, kind_y = y->kind < COMMAND ? (int) y->kind : COMMAND;

    if (kind_x != kind_y)
        return kind_x - kind_y;
    if (x->kind == RECORD && x->depth != y->depth)
        return x->depth - y->depth;         /* an inner record is shallower than what holds it */
    return strcmp (x->name, y->name);
}

static void check_list_name (const struct declaration *d)
{
    char name[80];

    snprintf (name, sizeof name, "%s_list", d->name);
    if (d->listed && find_declaration (name))
        stop (d->file, d->line, "the list of record %s is called %s, which is declared already", d->name, name);
}

void check_declarations (void)
{
    for (struct declaration *d = declarations; d < declarations + declaration_count; d++) {
        check_name (d);
        check_camel (d);
        check_values (d);
        if (d->kind == GROUP)
            fill_group (d);
    }
    for (struct declaration *d = declarations; d < declarations + declaration_count; d++) {
        if (d->kind == COMMAND || d->kind == QUERY)
            d->anyone = has_word (d->from, "anyone");
        if (d->raw)
            place_raw (d);
        if (d->content)
            place_content (d);
        check_fields (d);
    }
    for (struct declaration *d = declarations; d < declarations + declaration_count; d++) {
        if (d->kind == ERRORS)
            check_errors (d);
        if (is_message (d))
            depth_of (d);
        check_key (d);
        if (d->kind == COMMAND || d->kind == QUERY) {
            check_asked (d);
            fill_senders (d);
        }
        if (d->kind == EVENT)
            check_event (d);
    }
    for (struct declaration *d = declarations; d < declarations + declaration_count; d++)
        check_list_name (d);
    qsort (declarations, (size_t) declaration_count, sizeof *declarations, by_use);
}
