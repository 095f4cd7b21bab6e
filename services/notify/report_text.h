/* report_text.h - the day's duty and the week's figures as letters.  They name staff, never anybody in care.  Pure; memory: the arena's. */
#ifndef NOTIFY_REPORT_TEXT_H
#define NOTIFY_REPORT_TEXT_H

#include "fairness.h"

enum { REPORT_LINES_MOST = 80 };

struct daily_facts {
    const char *municipality, *office;      /* names; the office's own duty is marked and never left out */
    const struct duty_lines *lines;         /* of today and the next seven days */
    int64_t now;
};
const char *daily_subject (struct arena *arena, const struct daily_facts *facts);
const char *daily_text (struct arena *arena, const struct daily_facts *facts);

struct weekly_facts { const char *municipality; int64_t first_day, last_day; const struct fairness_result *result; };
const char *weekly_subject (struct arena *arena, const struct weekly_facts *facts);
/* own NULL: no own figures.  per_person: everybody's, for the rota office. */
const char *weekly_text (struct arena *arena, const struct weekly_facts *facts, const struct fairness_line *own, bool per_person);

#endif
