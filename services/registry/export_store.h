/* export_store.h - what leaves the registry as lists: facilities as residents may see them, and items of many facilities at once.
 *
 * What is public is read from facility_public and what hangs on it (schema/0070_facility_public.sql, 0071) and from nowhere else, but for
 * which numbers its number is one of.  Everything returned lives in the arena given.
 */
#ifndef REGISTRY_EXPORT_STORE_H
#define REGISTRY_EXPORT_STORE_H

#include "facility_item_rules.h"
#include "facility_store.h"
#include "opening_hours.h"

extern const struct db_statement export_statements[];

#define EXPORT_UNPROOFED "掲載内容は事業所の確認がまだです"

struct open_facility {
    const char *facility_id, *number, *service;
    const char *scheme;                             /* which numbers its number is one of: "kaigo", "kouseikyoku" … */
    const char *located_in, *prefecture, *city;     /* code and names of where it stands; names "" when unknown */
    const char *name, *name_kana, *address, *building, *phone, *url;     /* NULL: not stated, from name_kana on */
    const char *latitude, *longitude;               /* NULL: not known */
    bool proofed;                                   /* it has confirmed what is shown */
    struct known_items items;                       /* shown to residents */
    struct opening_hours hours;                     /* of the item hours, taken apart; no slots: not known or not shown */
};
struct open_facilities { struct open_facility *items; size_t count; };

struct export_place { const char *prefecture, *name, *desk_phone; };    /* NULL: not known */

/* Facilities from code to code, by place and name, behind the facility `after` (NULL: from the beginning). */
int export_public_page (struct db *db, struct arena *arena, const char *low, const char *high, const char *after, int64_t limit,
                        struct open_facilities *ret, struct error *err);

/* By what other systems ask for; NULL and empty lists: any.  By name. */
struct open_wanted {
    const char *facility_id, *city, *service, *after;
    struct text_list numbers;                       /* one of them */
    struct facility_wanted words;                   /* only its words are used */
    int64_t limit;
};
int export_public_search (struct db *db, struct arena *arena, const struct open_wanted *wanted, struct open_facilities *ret,
                          struct error *err);

/* Items that the reader may see, and of those, with audience > 0, what that audience may see: ret, as many as ids, in the same order. */
int export_items (struct db *db, struct arena *arena, struct text_list ids, int audience, struct known_items **ret, struct error *err);

int export_place_of (struct db *db, struct arena *arena, const char *municipality, struct export_place *ret, struct error *err);

#endif
