/* public_search.h - turns what a resident asks into what the database looks for, and says how often strangers may ask. */
#ifndef REGISTRY_PUBLIC_SEARCH_H
#define REGISTRY_PUBLIC_SEARCH_H

#include "public_store.h"
#include "registry.h"

/* Pure.  Refuses field_unknown_choice at /items, field_missing of a place that is half named,
 * field_out_of_range of one that is not on earth. */
int public_search_read (struct arena *arena, const struct public_facility_search *query, struct public_wanted *ret, struct error *err);

/* 0, or -1 with too_many_requests. */
int stranger_may_ask (struct registry *self, const struct request *request, struct error *err);

#endif
