/* resource_summary.h - figures of resources from counts by kind of service: pure, no I/O.
 *
 * Kinds of service are brought together to the three kinds of table 1; of each kind and area there is a figure of all facilities and one of
 * every item that is answered by yes or no, and one of each kind of service.  What nobody answered, or the reader may not see, counts as unknown, never as no.
 */
#ifndef REGISTRY_RESOURCE_SUMMARY_H
#define REGISTRY_RESOURCE_SUMMARY_H

#include "facility_item_rules.h"

/* item 0: facilities of that kind of service, all of them in yes. */
struct resource_count { const char *area, *service; int item; int64_t yes, no; };
struct resource_counts { const struct resource_count *items; size_t count; };

/* Counts of one area lie together.  By area as they come, kind and item as they are numbered. */
struct summary_row_list resource_summary_rows (const struct resource_counts *counts, struct arena *arena);

#endif
