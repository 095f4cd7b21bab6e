/* tap.h - the whole test framework: ok (), is (), is_number (), done (); output is TAP, read by prove. */
#ifndef TAP_H
#define TAP_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

#define ok(condition, name) tap_report ((condition) != 0, name, __FILE__, __LINE__, #condition)
#define is(got, wanted, name) tap_text (got, wanted, name, __FILE__, __LINE__)
#define is_number(got, wanted, name) tap_number ((int64_t) (got), (int64_t) (wanted), name, __FILE__, __LINE__)
#define note(...) (printf ("# "), printf (__VA_ARGS__), printf ("\n"))

static inline int tap_report (int passed, const char *name, const char *file, int line, const char *detail)
{
    printf ("%sok %d - %s\n", passed ? "" : "not ", ++tap_count, name);
    if (!passed) {
        printf ("# %s:%d: %s\n", file, line, detail);
        tap_failed++;
    }
    fflush (stdout);
    return passed;
}

static inline int tap_text (const char *got, const char *wanted, const char *name, const char *file, int line)
{
    char detail[400];

    snprintf (detail, sizeof detail, "got \"%s\", wanted \"%s\"", got ? got : "(null)", wanted ? wanted : "(null)");
    return tap_report (got && wanted ? strcmp (got, wanted) == 0 : got == wanted, name, file, line, detail);
}

static inline int tap_number (int64_t got, int64_t wanted, const char *name, const char *file, int line)
{
    char detail[80];

    snprintf (detail, sizeof detail, "got %" PRId64 ", wanted %" PRId64, got, wanted);
    return tap_report (got == wanted, name, file, line, detail);
}

static inline int done (void)
{
    printf ("1..%d\n", tap_count);
    return tap_failed > 0;
}

#endif
