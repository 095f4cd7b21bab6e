/* statements.c - the product's own SQL, for the probes: prints one JSON object, statement name → text, of what a sheet change runs.
 *
 * Linked against the libraries of sharing, notify and the runtime, so that a probe cannot drift away from what is measured against it.
 */
#include <stdio.h>
#include "../../services/notify/feed_store.h"
#include "../../services/runtime/batch_store.h"
#include "../../services/runtime/hearing_store.h"
#include "../../services/runtime/job_store.h"
#include "../../services/sharing/patient_store.h"
#include "../../services/sharing/sheet_store.h"

static void print_text (const char *text)
{
    putchar ('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar ('\\');
        putchar (*text);
    }
    putchar ('"');
}

int main (void)
{
    const struct db_statement *const lists[] = { batch_statements, job_statements, hearing_statements, patient_statements, sheet_statements,
                                                 feed_statements };
    const char *before = "{";

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (const struct db_statement *statement = lists[i]; statement->name; statement++) {
            fputs (before, stdout);
            print_text (statement->name);
            fputs (": ", stdout);
            print_text (statement->sql);
            before = ",\n ";
        }
    puts ("}");
    return 0;
}
