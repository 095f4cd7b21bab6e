/* sheet.h - rules of the sharing sheet: which item belongs where, who may not see a section, when a change is accepted, what changed.
 *
 * The sheet has the eleven sections of table 3 of the ministry guide (L819-843).  `contacts` is made from the care team and never written.
 * Limits: 12 entries a section.  No I/O.  Source: domain.md E-01 … E-11.
 */
#ifndef SHARING_SHEET_H
#define SHARING_SHEET_H

#include <stdbool.h>
#include <stdint.h>
#include "error.h"
#include "messages.h"
#include "standing.h"

enum { SHEET_SECTION_COUNT = 11, SHEET_ITEM_COUNT = 31, SHEET_CHANGE_MAX = 24 };

enum sheet_section sheet_section_of (enum sheet_item item);        /* 0 for an unknown item */
bool sheet_is_derived (enum sheet_section section);
/* True when none of these roles may see the section (E-08: what was explained is kept from the family). */
bool sheet_is_hidden (enum sheet_section section, uint64_t roles);

/* Every entry belongs to the section, stands once, and says something. */
int sheet_check_entries (enum sheet_section section, const struct sheet_entry *entries, size_t count, struct error *err);

/* Whether the change is accepted; *ret_version is the version it becomes.  ERROR_MOVED_ON when somebody else was faster. */
int sheet_decide_update (const struct standing *standing, int64_t current_version, const struct sheet_section_update *change,
                         int64_t *ret_version, struct error *err);

/* What differs between two versions, item by item: removed and changed ones in the order of `before`, then new ones in the order of
 * `after`.  The changes point into both.  Returns how many (at most SHEET_CHANGE_MAX). */
size_t sheet_diff (const struct sheet_entry *before, size_t before_count, const struct sheet_entry *after, size_t after_count,
                   struct item_change ret[SHEET_CHANGE_MAX]);

#endif
