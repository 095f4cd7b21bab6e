/* facility_csv.h - the list of facilities as CSV, with everything known of table 1 that the reader may see: a page at a time.  Pure.
 *
 * Limits: a page ends when it is full; *ret_taken says how many lines are in it.  Format: csv_out.h.
 */
#ifndef REGISTRY_FACILITY_CSV_H
#define REGISTRY_FACILITY_CSV_H

#include "facility_item_rules.h"

struct facility_csv {
    const struct facility_line *lines;
    const struct known_items *items;        /* of each line */
    size_t count;
    bool first;                             /* page: with titles */
    bool cp932;
};

struct bytes facility_csv_write (struct arena *arena, const struct facility_csv *csv, size_t *ret_taken);

#endif
