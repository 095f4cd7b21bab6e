/* write_errors.c - errors.h and errors.c: every error key with its kind and words; needs no other generated file. */
#include "gen.h"

static const char *const top = "/* Written by renkei-gen; edit proto/types/error.type and error_kind.type instead. */\n";

void write_errors_header (FILE *out)
{
    const struct declaration *kinds = find_declaration ("error_kind"), *errors = errors_declaration ();

    fprintf (out, "%s#ifndef ERRORS_H\n#define ERRORS_H\n", top);
    if (kinds) {
        fprintf (out, "\n/* %s */\nenum error_kind {\n", kinds->about);
        for (int i = 0; i < kinds->value_count; i++)
            fprintf (out, "    ERROR_KIND_%s = %d,\n", upper (kinds->values[i].name), kinds->values[i].number);
        fputs ("};\n", out);
    }
    fputs ("\n/* 0: no error.  Numbers are of this build only; the wire carries names. */\nenum error_key {\n", out);
    for (int i = 0; errors && i < errors->value_count; i++)
        fprintf (out, "    ERROR_%s = %d,    /* %s */\n", upper (errors->values[i].name), errors->values[i].number, errors->values[i].en);
    fputs ("};\n\nstruct error_words { const char *name; enum error_kind kind; const char *ja, *en; };\n\n"
           "/* By key; [0] is empty. */\nextern const struct error_words error_table[];\nextern const int error_table_count;\n\n#endif\n",
           out);
}

void write_errors_table (FILE *out)
{
    const struct declaration *errors = errors_declaration ();
    int count = errors ? errors->value_count : 0;

    fprintf (out, "%s#include <stddef.h>\n#include \"errors.h\"\n\nconst struct error_words error_table[] = {\n"
             "    { NULL, (enum error_kind) 0, NULL, NULL },\n", top);
    for (int i = 0; i < count; i++) {
        const struct value *v = &errors->values[i];

        fprintf (out, "    { \"%s\", ERROR_KIND_%s, ", v->name, upper (v->kind));
        put_string (out, v->ja);
        fputs (", ", out);
        put_string (out, v->en);
        fputs (" },\n", out);
    }
    fprintf (out, "};\nconst int error_table_count = %d;\n", count + 1);
}
