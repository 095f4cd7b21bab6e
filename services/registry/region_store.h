/* region_store.h - what a region is made of: who could take part, who lives there, and its resources in figures (KU-01, A-31). */
#ifndef REGISTRY_REGION_STORE_H
#define REGISTRY_REGION_STORE_H

#include "resource_summary.h"
#include "service.h"

extern const struct db_statement region_statements[];

/* known: the 二次医療圏 of a municipality that takes part is known; same: this one lies in one of those. */
int region_store_fits (struct request *request, const char *code, bool *ret_known, bool *ret_same, struct error *err);
/* text NULL: all.  Wards stand for their city, each once. */
int region_store_candidates (struct request *request, const char *text, struct municipality_candidate_list *ret, struct error *err);

/* found false: no such daily-life area of that municipality. */
int region_store_care_area (struct request *request, const char *municipality, const char *care_area_id, bool *ret_found, struct error *err);
int region_store_put_population (struct request *request, const struct population_put *put, struct error *err);

/* What the reader may see, counted by area, kind of service and item (0: facilities). */
int region_store_counts (struct request *request, enum summary_by by, struct resource_counts *ret, struct error *err);
int region_store_areas (struct request *request, enum summary_by by, struct summary_area_list *ret, struct error *err);

#endif
