/* facility_store.h - facilities in the database, for searching and showing.  Everything returned lives in the arena given. */
#ifndef REGISTRY_FACILITY_STORE_H
#define REGISTRY_FACILITY_STORE_H

#include "db.h"
#include "facility_point.h"
#include "messages.h"

extern const struct db_statement facility_statements[];

/* Who is open at a minute, who has places: numbers a statement asks by place (MOMENT in facility_store.c). */
enum { WHEN_ASKS_OPEN, WHEN_KIND, WHEN_PART, WHEN_WEEK, WHEN_YEAR_END, WHEN_MINUTE, WHEN_KIND_BEFORE, WHEN_WEEK_BEFORE, WHEN_YEAR_END_BEFORE,
       WHEN_ASKS_FREE, WHEN_UNSURE, WHEN_FRESH_SINCE, WHEN_NUMBERS };

enum { FACILITY_WORDS_MAX = 4, FACILITY_COUNT_MOST = 1000 };

/* What is looked for; see facility_search.h, which fills it.  Keys only narrow, so that few rows are looked at; the rest says what matches. */
struct facility_wanted {
    struct text_list keys, item_keys;               /* schema 0095: all must be there */
    const char *words[FACILITY_WORDS_MAX];          /* folded; each must be in a line feed, name, kana and kind of service; NULL matches all */
    const char *number;                             /* exactly this office number; NULL: any */
    const char *service;                            /* NULL: any */
    char low[7], high[7];                           /* codes from low to high */
    struct i64_list items;                          /* items of table 1 that must all be yes; none: any */
    bool has_when;                                  /* the two below are asked */
    int64_t when[WHEN_NUMBERS];
    struct text_list with_places;                   /* kinds of service that have places */
    const char *care_area, *medical_area;           /* NULL: any */
    struct spot spot;                               /* near it, the nearest first */
    bool in_box;
    struct square box;                              /* in it */
    bool has_placed, placed;                        /* with or without usable coordinates */
    const char *after;                              /* facility_id; NULL: from the beginning */
    int64_t limit;
};

/* A page of them, by kana; *ret_count: how many match in all, exact below FACILITY_COUNT_MOST, which stands for "so many and more". */
int facility_store_search (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct facility_line_list *ret,
                           int64_t *ret_count, struct error *err);
/* The same set as a map.  square means nothing while nothing is placed. */
struct facility_extent { struct square square; int64_t placed, unplaced; };
int facility_store_extent (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct facility_extent *ret,
                           struct error *err);
int facility_store_clusters (struct db *db, struct arena *arena, const struct facility_wanted *wanted, struct steps steps,
                             struct facility_cluster_list *ret, struct error *err);     /* wanted->box is what is looked at */
/* Parameters of the words: four of them and the number. */
void facility_store_words (struct db_args *args, const struct facility_wanted *wanted);
/* Kinds of service known. */
int facility_store_services (struct db *db, struct arena *arena, struct service_count_list *ret, struct error *err);

/* One facility with everything kept about it; *ret_found false when there is none. */
struct facility_detail {
    struct facility_line line;
    const char *latitude, *longitude;
    int64_t version;                /* of the facility's subject */
};
int facility_store_detail (struct db *db, struct arena *arena, const char *facility_id, bool *ret_found, struct facility_detail *ret,
                           struct field_source_list *ret_sources, struct error *err);

#endif
