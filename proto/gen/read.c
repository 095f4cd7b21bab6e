/* read.c - lines of a declaration into struct declaration; what can be told from the line alone is checked here. */
#include <ctype.h>
#include "gen.h"

struct declaration *declarations;
int declaration_count;

static const struct { const char *word; enum kind kind; } starts[] = {
    { "enum", ENUM }, { "group", GROUP }, { "record", RECORD }, { "errors", ERRORS },
    { "command", COMMAND }, { "query", QUERY }, { "answer", ANSWER }, { "event", EVENT },
};

static const char *const own_words[] = {
    "version", "about", "from",   "to",     "key",   "subject", "urgent",  "secret_answer",
    "state",   "http",  "stream", "locked", "away", "field", "value",   "members", "error",
    "raw",     "content",
};

static void *grown (void *array, int count, size_t size)
{
    void *bigger = array;

    if ((count & (count - 1)) == 0)             /* 0, 1, 2, 4 …: room for twice as many */
        bigger = realloc (array, size * (size_t) (count ? 2 * count : 1));
    if (!bigger)
        stop ("renkei-gen", 0, "out of memory");
    memset ((char *) bigger + size * (size_t) count, 0, size);
    return bigger;
}

static char *copy (const char *text, size_t size)
{
    char *c = calloc (1, size + 1);

    if (!c)
        stop ("renkei-gen", 0, "out of memory");
    memcpy (c, text, size);
    return c;
}

/* ---- one line into words and texts ------------------------------------------------------------------------------------------------ */

static char *take_text (struct line *line, char *p)
{
    char *end = strchr (p + 1, '"');

    if (!end)
        stop (line->file, line->number, "the text that begins with %.20s has no closing quote", p);
    if (line->text_count == 2)
        stop (line->file, line->number, "a line has at most two texts");
    for (const char *c = p + 1; c < end; c++)
        if ((unsigned char) *c < ' ' || *c == 127 || (c[0] == '*' && c[1] == '/'))
            stop (line->file, line->number, "a text holds no control character and no end of a comment");
    line->texts[line->text_count++] = copy (p + 1, (size_t) (end - p - 1));
    return end + 1;
}

static char *take_word (struct line *line, char *p)
{
    size_t size = strcspn (p, " \t\r\n\"");

    if (line->text_count)
        stop (line->file, line->number, "words come before the text, not behind it: %.*s", (int) size, p);
    if (line->count == WORD_MAX)
        stop (line->file, line->number, "more than %d words", WORD_MAX);
    line->words[line->count++] = copy (p, size);
    return p + size;
}

static void split (struct line *line, char *raw)
{
    char *p = raw;

    line->count = line->text_count = 0;
    for (;;) {
        p += strspn (p, " \t\r\n");
        if (!*p || (*p == '#' && line->count == 0))
            return;
        p = *p == '"' ? take_text (line, p) : take_word (line, p);
    }
}

static unsigned number_at (const struct line *line, int i)
{
    char *end;
    unsigned long n;

    if (i >= line->count || !isdigit ((unsigned char) line->words[i][0]))
        stop (line->file, line->number, "a number is expected behind %s", line->words[i - 1]);
    n = strtoul (line->words[i], &end, 10);
    if (*end || n == 0 || n > 100000000)
        stop (line->file, line->number, "%s is not a number from 1 to 100000000", line->words[i]);
    return (unsigned) n;
}

static const char *name_at (const struct line *line, int i)
{
    const char *name;

    if (i >= line->count)
        stop (line->file, line->number, "a name is expected behind %s", line->words[i - 1]);
    name = line->words[i];
    if (!islower ((unsigned char) name[0]) || name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_")] || strlen (name) > 60)
        stop (line->file, line->number, "%s is not a name (a-z, 0-9, _; at most 60)", name);
    return name;
}

/* ---- fields ----------------------------------------------------------------------------------------------------------------------- */

/* Reads the type that begins at word i; returns the word behind it. */
static int read_type (struct field *f, const struct line *line, int i)
{
    static const char *const plain[] = { "bool", "i64", "decimal", "uuid", "date", "time" };

    if (i < line->count && strcmp (line->words[i], "list") == 0) {
        f->list = true;
        i++;
    }
    if (i >= line->count)
        stop (line->file, line->number, "field %s has no type", f->name);
    f->type = line->words[i++];
    if (strcmp (f->type, "text") == 0 || strcmp (f->type, "bytes") == 0)
        f->limit = number_at (line, i++);
    else if (strcmp (f->type, "enum") == 0 || strcmp (f->type, "record") == 0)
        f->of = name_at (line, i++);
    else {
        for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
            if (strcmp (f->type, plain[k]) == 0)
                return i;
        stop (line->file, line->number, "unknown type %s of field %s", f->type, f->name);
    }
    return i;
}

static void set_source (struct field *f, enum source source, const struct line *line)
{
    if (f->source != BODY)
        stop (line->file, line->number, "field %s comes from two places", f->name);
    f->source = source;
}

static bool set_flag (struct field *f, const char *word)
{
    bool *flag = strcmp (word, "required") == 0 ? &f->required : strcmp (word, "optional") == 0 ? &f->optional
               : strcmp (word, "personal") == 0 ? &f->personal : strcmp (word, "etag") == 0 ? &f->etag
               : strcmp (word, "cookie") == 0 ? &f->cookie : strcmp (word, "page_key") == 0 ? &f->page_key
               : strcmp (word, "page_limit") == 0 ? &f->page_limit : strcmp (word, "next_page") == 0 ? &f->next_page
               : strcmp (word, "lasting") == 0 ? &f->lasting : NULL;

    if (!flag || *flag)
        return false;
    *flag = true;
    return true;
}

static void read_attribute (struct field *f, const struct line *line, const char *word)
{
    if (strcmp (word, "path") == 0)
        set_source (f, PATH, line);
    else if (strcmp (word, "query") == 0)
        set_source (f, QUERY_STRING, line);
    else if (strcmp (word, "if_match") == 0)
        set_source (f, IF_MATCH, line);
    else if (strcmp (word, "bearer") == 0)
        set_source (f, BEARER, line);
    else if (!set_flag (f, word)) {
        for (size_t i = 0; i < sizeof own_words / sizeof *own_words; i++)
            if (strcmp (word, own_words[i]) == 0)
                stop (line->file, line->number, "%s begins a line of its own and cannot stand behind field %s", word, f->name);
        stop (line->file, line->number, "unknown or repeated word %s behind field %s", word, f->name);
    }
}

static void read_field (struct declaration *d, const struct line *line)
{
    struct field *f;
    int i;

    d->fields = grown (d->fields, d->field_count, sizeof *d->fields);
    f = &d->fields[d->field_count++];
    f->line = line->number;
    f->name = name_at (line, 1);
    i = read_type (f, line, 2);
    if (f->list) {
        if (i >= line->count || strcmp (line->words[i], "max") != 0)
            stop (line->file, line->number, "list %s has no max", f->name);
        f->max = number_at (line, i + 1);
        i += 2;
    }
    for (; i < line->count; i++)
        read_attribute (f, line, line->words[i]);
    if (f->required == f->optional)
        stop (line->file, line->number, "field %s must be either required or optional", f->name);
    if (line->text_count != 1 || !*line->texts[0])
        stop (line->file, line->number, "field %s needs one sentence in quotes", f->name);
    f->text = line->texts[0];
}

/* `value NAME NUMBER "日本語" "English"` and `error KEY KIND "日本語" "English"` */
static void read_value (struct declaration *d, const struct line *line)
{
    struct value *v;

    d->values = grown (d->values, d->value_count, sizeof *d->values);
    v = &d->values[d->value_count++];
    v->line = line->number;
    v->name = name_at (line, 1);
    v->number = d->value_count;
    if (d->kind == ERRORS)
        v->kind = name_at (line, 2);
    else
        v->number = (int) number_at (line, 2);
    if (line->count > 3)
        stop (line->file, line->number, "unknown word %s", line->words[3]);
    if (line->text_count != 2 || !*line->texts[0] || !*line->texts[1])
        stop (line->file, line->number, "%s needs a Japanese and an English text", v->name);
    v->ja = line->texts[0];
    v->en = line->texts[1];
}

/* ---- other lines ------------------------------------------------------------------------------------------------------------------ */

static char **words_behind (const struct line *line)
{
    char **words = calloc ((size_t) line->count + 1, sizeof *words);

    if (!words || line->count < 2)
        stop (line->file, line->number, "%s needs a word", line->words[0]);
    for (int i = 1; i < line->count; i++)
        words[i - 1] = line->words[i];
    return words;
}

static void set_once (const char **member, const char *value, const struct line *line)
{
    if (*member)
        stop (line->file, line->number, "%s is said twice", line->words[0]);
    *member = value;
}

static void set_words (char ***member, const struct line *line)
{
    if (*member)
        stop (line->file, line->number, "%s is said twice", line->words[0]);
    if (line->text_count)
        stop (line->file, line->number, "%s takes words only", line->words[0]);
    *member = words_behind (line);
}

static const char *one_name (const struct line *line)
{
    const char *name = name_at (line, 1);

    if (line->count != 2 || line->text_count)
        stop (line->file, line->number, "%s takes one name and nothing else", line->words[0]);
    return name;
}

static int one_number (const struct line *line)
{
    unsigned number = number_at (line, 1);

    if (line->count != 2 || line->text_count)
        stop (line->file, line->number, "%s takes one number and nothing else", line->words[0]);
    return (int) number;
}

static void set_mark (bool *mark, const struct line *line)
{
    if (*mark || line->count != 1 || line->text_count)
        stop (line->file, line->number, "%s stands alone and once", line->words[0]);
    *mark = true;
}

static void read_http (struct declaration *d, const struct line *line)
{
    if (line->count != 3 || line->text_count || line->words[2][0] != '/')
        stop (line->file, line->number, "http needs a method and a path: http GET /patients/{patient_id}");
    set_once (&d->method, line->words[1], line);
    d->path = line->words[2];
}

static void read_about (struct declaration *d, const struct line *line)
{
    if (line->text_count != 1 || !*line->texts[0] || line->count != 1)
        stop (line->file, line->number, "about needs one sentence in quotes");
    set_once (&d->about, line->texts[0], line);
}

static bool read_message_line (struct declaration *d, const struct line *line)
{
    const char *first = line->words[0];

    if (strcmp (first, "from") == 0)
        set_words (&d->from, line);
    else if (strcmp (first, "to") == 0)
        set_words (&d->to, line);
    else if (strcmp (first, "answer") == 0)
        set_once (&d->answer, one_name (line), line);
    else if (strcmp (first, "conflict") == 0)
        set_once (&d->conflict, one_name (line), line);
    else if (strcmp (first, "key") == 0 && d->kind == COMMAND)
        set_once (&d->key, one_name (line), line);
    else if (strcmp (first, "subject") == 0 && d->kind == EVENT)
        set_once (&d->key, one_name (line), line);
    else if (strcmp (first, "raw") == 0 && d->kind == COMMAND)
        set_once (&d->raw, one_name (line), line);
    else if (strcmp (first, "http") == 0)
        read_http (d, line);
    else if (strcmp (first, "urgent") == 0)
        set_mark (&d->urgent, line);
    else if (strcmp (first, "secret_answer") == 0 && d->kind == COMMAND)
        set_mark (&d->secret_answer, line);
    else if (strcmp (first, "state") == 0 && d->kind == EVENT)
        set_mark (&d->state, line);
    else if (strcmp (first, "locked") == 0 && d->kind != EVENT)
        set_mark (&d->locked, line);
    else if (strcmp (first, "away") == 0 && d->kind != EVENT)
        set_mark (&d->away, line);
    else if (strcmp (first, "stream") == 0 && d->kind == COMMAND)
        set_mark (&d->stream, line);
    else
        return false;
    return true;
}

static void read_own_line (struct declaration *d, const struct line *line)
{
    const char *first = line->words[0];
    bool message = d->kind == COMMAND || d->kind == QUERY || d->kind == EVENT;

    if (strcmp (first, "about") == 0 && d->kind != ERRORS)
        read_about (d, line);
    else if (strcmp (first, "version") == 0 && (message || d->kind == ANSWER) && !d->version)
        d->version = one_number (line);
    else if (strcmp (first, "field") == 0 && is_message (d))
        read_field (d, line);
    else if ((strcmp (first, "value") == 0 && d->kind == ENUM) || (strcmp (first, "error") == 0 && d->kind == ERRORS))
        read_value (d, line);
    else if (strcmp (first, "content") == 0 && d->kind == ANSWER)
        set_once (&d->content, one_name (line), line);
    else if (strcmp (first, "members") == 0 && d->kind == GROUP)
        set_words (&d->members, line);
    else if (!message || !read_message_line (d, line))
        stop (line->file, line->number, "%s cannot stand in %s %s", first, kind_name (d), d->name);
}

/* The last folder of the file's path: "sharing" of proto/sharing/sheet.query. */
static const char *folder_of (const char *path)
{
    const char *slash = strrchr (path, '/'), *begin = slash;

    if (!slash)
        return "";
    while (begin > path && begin[-1] != '/')
        begin--;
    return copy (begin, (size_t) (slash - begin));
}

static struct declaration *begin (const struct line *line, enum kind kind)
{
    struct declaration *d;

    declarations = grown (declarations, declaration_count, sizeof *declarations);
    d = &declarations[declaration_count++];
    d->kind = kind;
    d->file = line->file;
    d->line = line->number;
    d->folder = folder_of (line->file);
    d->name = kind == ERRORS ? "errors" : name_at (line, 1);
    if (line->count != (kind == ERRORS ? 1 : 2) || line->text_count)
        stop (line->file, line->number, "%s needs one name and nothing else", line->words[0]);
    return d;
}

/* `answer NAME` both declares and, inside a command or query, refers: the first line of a file, and every `group`, declares. */
static bool begins (const struct line *line, const struct declaration *d, enum kind *ret)
{
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strcmp (line->words[0], starts[i].word) == 0) {
            *ret = starts[i].kind;
            return !d || *ret == GROUP;
        }
    return false;
}

void read_declarations (const char *path)
{
    struct declaration *d = NULL;
    struct line line = { .file = path };
    char *raw = NULL;
    size_t room = 0;
    enum kind kind;
    FILE *in = fopen (path, "r");

    if (!in)
        stop (path, 0, "cannot be opened");
    while (getline (&raw, &room, in) >= 0) {
        line.number++;
        split (&line, raw);
        if (line.count == 0 && line.text_count)
            stop (path, line.number, "a line begins with a word, not with a text");
        if (line.count == 0)
            continue;
        if (begins (&line, d, &kind))
            d = begin (&line, kind);
        else if (!d)
            stop (path, line.number, "%s: the first line must declare something", line.words[0]);
        else
            read_own_line (d, &line);
    }
    if (!d)
        stop (path, line.number, "declares nothing");
    free (raw);
    fclose (in);
}
