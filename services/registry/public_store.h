/* public_store.h - what residents see, from the views of schema 0070 and 0071 only: nobody is logged in.  Everything returned lives in the
 * arena given. */
#ifndef REGISTRY_PUBLIC_STORE_H
#define REGISTRY_PUBLIC_STORE_H

#include "facility_store.h"

extern const struct db_statement public_statements[];

enum { PUBLIC_COUNT_MOST = 1000, PUBLIC_REGION_MOST = 10000 };

struct public_wanted {
    struct facility_wanted words;       /* words, place, after and limit; its service and items are not used */
    bool has_wants;
    struct text_list services;          /* any of these kinds… */
    struct i64_list items;              /* …or any of these items is yes */
    const char *latitude, *longitude;   /* NULL: no place; else the nearest within 20 km */
};

int public_store_search (struct db *db, struct arena *arena, const struct public_wanted *wanted, struct public_facility_line_list *ret,
                         struct error *err);
int public_store_count (struct db *db, struct arena *arena, const struct public_wanted *wanted, int64_t *ret,
                        struct error *err);     /* up to PUBLIC_COUNT_MOST */
/* NULL: residents see no such facility. */
int public_store_one (struct db *db, struct arena *arena, const char *facility_id, const struct public_facility_line **ret, struct error *err);
/* As residents would see it, whether they do or not; NULL: there is none. */
int public_store_proof (struct db *db, struct arena *arena, const char *facility_id, const struct public_facility_line **ret,
                        struct error *err);
int public_store_municipalities (struct db *db, struct arena *arena, struct public_municipality_list *ret, struct error *err);
int public_store_region (struct db *db, int64_t *ret_facilities, int64_t *ret_proofed, struct error *err);    /* up to PUBLIC_REGION_MOST */

#endif
