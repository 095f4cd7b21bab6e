/* duty_table.h - reads a month's duty table as people keep it: CSV, or cells pasted from a spreadsheet.  Pure.
 *
 * A line is date, band, name; or date, start, end, name; or date, name (then the rotation's own band).  Cells are parted by tabs, else by commas,
 * with quotes as in CSV.  An empty date is that of the line above.  Dates: 2026-12-01, 2026/12/1, 12/1, 12月1日, 1日, 1, with a weekday behind in
 * brackets.  Bands: 18:00-26:00, 18:00～翌8:30, 18時から8時半, 終日; an end not after its start is on the next day.  Names: whole, or the family
 * name where only one member of the rotation has it; 先生 and 医師 behind do not count; なし, 空き and - are nobody.  A first line without a
 * number is a heading.  Full-width digits and signs are as good as narrow ones.
 */
#ifndef NOTIFY_DUTY_TABLE_H
#define NOTIFY_DUTY_TABLE_H

#include "roster_month.h"

enum { TABLE_LINES_MOST = 400, TABLE_PROBLEMS_MOST = 100 };

struct table_person { const char *person_id, *name, *office_id, *office; bool member; };
struct table_people { struct table_person *items; size_t count; };

struct table_read {
    struct table_line *lines;
    const char **offices;                           /* each line's office id */
    size_t count;
    struct table_problem *problems;
    size_t problem_count;
};

struct table_read duty_table_read (struct arena *arena, const char *text, const struct month *month, const struct rotation_rule *rule,
                                   const struct table_people *people);

/* The rule as it would be with this table, in place of any other of that month. */
struct rotation_rule duty_table_rule (struct arena *arena, const struct rotation_rule *rule, const struct month *month,
                                      const struct table_read *read);

#endif
