/* options.h - settings as one table per program: the same rows read renkei.conf (INI, section = program), environment (RENKEI_<NAME>),
 * flags (--name=value, which win), check bounds, and print --help.  Unknown keys stop the program.
 *
 * The file: section [common] is for all programs, [PROGRAM] wins over it wherever it stands.  A name said twice in a section, a value that
 * goes on in a second line and a line of 199 bytes or more stop the program; ";" behind a space begins a comment. */
#ifndef RUNTIME_OPTIONS_H
#define RUNTIME_OPTIONS_H

#include <stdint.h>
#include "error.h"

enum option_kind { OPTION_TEXT, OPTION_NUMBER, OPTION_MILLISECONDS, OPTION_SECONDS, OPTION_BYTES, OPTION_FLAG, OPTION_PATH };

struct option {
    const char *name;               /* "statement-timeout" */
    enum option_kind kind;
    const char *standard;           /* as text; NULL: must be given */
    int64_t least, most;            /* numbers */
    const char *about;              /* one sentence with the unit */
};

struct options;

/* tables: NULL-terminated list of tables, each ended by a row without name.  Prints --help and exits 0 when asked. */
struct options *options_read (const char *program, const struct option *const *tables, int argc, char **argv, struct error *err);
const char *option_text (const struct options *options, const char *name);
int64_t option_number (const struct options *options, const char *name);
void options_done (struct options **options);

/* The process's settings, after service_run has read them. */
const struct options *service_options (void);

#endif
