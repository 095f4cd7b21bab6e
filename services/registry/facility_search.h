/* facility_search.h - turns what a person types into what the database looks for.  Pure.
 *
 * Words are parted by white space; each must occur in the name, its kana or the kind of service (folded: text.h), or be an office
 * number.  One character finds names that begin with it.  Limits: 4 words; what is behind them is left out.
 */
#ifndef REGISTRY_FACILITY_SEARCH_H
#define REGISTRY_FACILITY_SEARCH_H

#include "facility_store.h"

/* Refuses field_unknown_choice at /items: no item of table 1; what is no point, distance or square. */
int facility_search_read (struct arena *arena, const struct facility_search *query, struct facility_wanted *ret, struct error *err);

/* Who is open at a minute, who has free places, and of whom that is not known; `now` for "now" and for what is fresh.
 * Refuses date_invalid at /open_at. */
int facility_search_when (struct arena *arena, const struct facility_search *query, const struct service_count_list *services, int64_t now,
                          struct facility_wanted *ret, struct error *err);

#endif
