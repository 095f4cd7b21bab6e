/* blank.h - does a text say anything?  Blanks, line ends and the full-width space do not; neither does a text that is not there. */
#ifndef SHARING_BLANK_H
#define SHARING_BLANK_H

#include <stdbool.h>
#include <string.h>

static inline bool is_blank (const char *text)
{
    for (; text && *text; text++)
        if (strncmp (text, "\u3000", 3) == 0)
            text += 2;
        else if (!strchr (" \t\r\n", *text))
            return false;
    return true;
}

#endif
