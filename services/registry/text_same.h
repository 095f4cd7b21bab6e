/* text_same.h - optional texts: NULL and "" both mean "not given". */
#ifndef TEXT_SAME_H
#define TEXT_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool text_given (const char *text)
{
    return text && *text;
}

static inline bool text_same (const char *a, const char *b)
{
    return strcmp (a ? a : "", b ? b : "") == 0;
}

/* What is stored: NULL for "not given". */
static inline const char *text_or_null (const char *text)
{
    return text_given (text) ? text : NULL;
}

#endif
