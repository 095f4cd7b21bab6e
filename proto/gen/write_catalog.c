/* write_catalog.c - CATALOG.md: every message in words, for people who care for patients, not for programs. */
#include "gen.h"

#define EACH(d) for (const struct declaration *d = declarations; d < declarations + declaration_count; d++)

static const struct { const char *name, *about; } services[] = {
    { "registry", "places, people, accounts and municipalities (登録簿)" },
    { "sharing", "patients, consents, care teams and sharing sheets (情報共有)" },
    { "notify", "who must be told, and making sure they were (急変連絡・お知らせ)" },
    { "dispatch", "fire and ambulance: incidents, look-ups, replies, results (消防・救急)" },
    { "envelope", "what every service answers, and the wrapping of messages (共通)" },
};

/* ---- words ------------------------------------------------------------------------------------------------------------------------ */

static void put_role (FILE *out, const char *word)
{
    const struct declaration *roles = find_declaration ("role"), *group = find_declaration (word);

    if (strcmp (word, "anyone") == 0)
        fputs ("anyone, before logging in", out);
    else if (strcmp (word, "service") == 0)
        fputs ("services of this region", out);
    else if (strcmp (word, "gateway") == 0)
        fputs ("the gateway for itself", out);
    else if (group && group->kind == GROUP)
        fprintf (out, "[%s](#group-%s)", word, word);
    else
        for (int i = 0; roles && i < roles->value_count; i++)
            if (strcmp (roles->values[i].name, word) == 0)
                fprintf (out, "%s (%s)", roles->values[i].ja, roles->values[i].en);
}

static void put_roles (FILE *out, char **words)
{
    for (int i = 0; words[i]; i++) {
        fputs (i ? "、" : "", out);
        put_role (out, words[i]);
    }
}

static void put_form (FILE *out, const struct field *f)
{
    if (f->list)
        fprintf (out, "up to %u × ", f->max);
    if (f->of)
        fprintf (out, "[%s](#%s-%s)", f->of, f->type, f->of);
    else if (f->limit)
        fprintf (out, "%s, %u bytes", f->type, f->limit);
    else
        fputs (strcmp (f->type, "bool") == 0 ? "yes or no" : strcmp (f->type, "i64") == 0 ? "whole number" : f->type, out);
}

static void write_fields (FILE *out, const struct declaration *d)
{
    if (d->field_count)
        fputs ("\n| field | what it says | form | |\n|---|---|---|---|\n", out);
    for (int i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];

        fprintf (out, "| `%s` | %s | ", f->name, f->text);
        put_form (out, f);
        fprintf (out, " | %s%s |\n", f->required ? "always" : "if known", f->personal ? ", personal 🔒" : "");
    }
}

/* ---- sections --------------------------------------------------------------------------------------------------------------------- */

static void write_asked (FILE *out, const struct declaration *d)
{
    fprintf (out, "\n#### %s\n\n%s\n\n- May be sent by: ", d->name, d->about);
    put_roles (out, d->from);
    fprintf (out, "\n- Comes back: [%s](#answer-%s)\n", d->answer, d->answer);
    if (d->conflict)
        fprintf (out, "- When somebody else was faster: [%s](#answer-%s)\n", d->conflict, d->conflict);
    if (d->path)
        fprintf (out, "- Address: `%s /api/v1%s`\n", d->method, d->path);
    if (d->raw)
        fprintf (out, "- The body goes as it is into `%s`\n", d->raw);
    if (has_bearer (d))
        fputs ("- Needs `Authorization: Bearer` with the key of the partner's connection\n", out);
    if (d->urgent)
        fputs ("- Urgent: goes before everything else\n", out);
    write_fields (out, d);
}

static void write_event (FILE *out, const struct declaration *d)
{
    fprintf (out, "\n#### %s\n\n%s\n\n- About: `%s`\n- Heard by: ", d->name, d->about, d->key);
    for (int i = 0; d->to[i]; i++)
        fprintf (out, "%s%s", i ? ", " : "", strcmp (d->to[i], "none") == 0 ? "nobody yet" : d->to[i]);
    fprintf (out, "\n%s%s", d->urgent ? "- Urgent: goes before everything else\n" : "", d->state ? "- Carries the present state\n" : "");
    write_fields (out, d);
}

static bool any_of (const char *folder, enum kind kind)
{
    EACH (d)
        if (d->kind == kind && strcmp (d->folder, folder) == 0)
            return true;
    return false;
}

static void write_kind (FILE *out, const char *folder, enum kind kind, const char *title)
{
    if (!any_of (folder, kind))
        return;
    fprintf (out, "\n### %s\n", title);
    EACH (d) {
        if (d->kind != kind || strcmp (d->folder, folder) != 0)
            continue;
        if (kind == EVENT)
            write_event (out, d);
        else if (kind == ANSWER) {
            fprintf (out, "\n#### answer %s\n\n%s\n", d->name, d->about);
            if (d->content)
                fprintf (out, "\n- Over HTTP it is the document in `%s`, not JSON\n", d->content);
            write_fields (out, d);
        }
        else
            write_asked (out, d);
    }
}

static void write_enum (FILE *out, const struct declaration *d)
{
    fprintf (out, "\n### enum %s\n\n%s\n\n| | 日本語 | English |\n|---|---|---|\n", d->name, d->about);
    for (int i = 0; i < d->value_count; i++)
        fprintf (out, "| `%s` | %s | %s |\n", d->values[i].name, d->values[i].ja, d->values[i].en);
}

static void write_groups (FILE *out)
{
    fputs ("\n## Groups of roles\n", out);
    EACH (d)
        if (d->kind == GROUP) {
            fprintf (out, "\n### group %s\n\n%s\n\n", d->name, d->about);
            put_roles (out, d->members);
            fputc ('\n', out);
        }
}

static void write_error_words (FILE *out)
{
    const struct declaration *errors = errors_declaration ();

    fputs ("\n## What a refusal says\n\n| | 日本語 | English | kind |\n|---|---|---|---|\n", out);
    for (int i = 0; errors && i < errors->value_count; i++)
        fprintf (out, "| `%s` | %s | %s | %s |\n", errors->values[i].name, errors->values[i].ja, errors->values[i].en,
                 errors->values[i].kind);
}

void write_catalog (FILE *out)
{
    fputs ("# Every message of Renkei\n\nWritten by renkei-gen from the declarations beside it; `make` keeps it true. A *command* changes "
           "something, a *query* "
           "only reads, an *event* says what has happened\n(never what was written about a patient). 🔒 marks what concerns a person and "
           "never appears in a log.\n",
           out);
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        fprintf (out, "\n## %s: %s\n", services[i].name, services[i].about);
        write_kind (out, services[i].name, COMMAND, "Commands");
        write_kind (out, services[i].name, QUERY, "Queries");
        write_kind (out, services[i].name, EVENT, "Events");
        write_kind (out, services[i].name, ANSWER, "Answers");
    }
    fputs ("\n## Records inside of messages\n", out);
    EACH (d)
        if (d->kind == RECORD) {
            fprintf (out, "\n### record %s\n\n%s\n", d->name, d->about);
            write_fields (out, d);
        }
    write_groups (out);
    fputs ("\n## Choices\n", out);
    EACH (d)
        if (d->kind == ENUM)
            write_enum (out, d);
    write_error_words (out);
}
