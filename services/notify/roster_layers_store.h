/* roster_layers_store.h - what lies upon the rules of rotations, read in one go: closures, older rules, overrides, swaps, tables. */
#ifndef NOTIFY_ROSTER_LAYERS_STORE_H
#define NOTIFY_ROSTER_LAYERS_STORE_H

#include "roster_store.h"

extern const struct db_statement roster_layer_statements[];

struct roster_layers {
    struct closures closures;                       /* of the whole region */
    const struct duty_change *everywhere;           /* overrides that hold wherever a person is asked */
    size_t everywhere_count;
};

/* Everything that touches [from, to), given to the rotations themselves; the rest in *ret.  Points into the arena. */
int roster_load_layers (struct db *db, struct arena *arena, struct rotation_list_of *rotations, int64_t from, int64_t to,
                        struct roster_layers *ret, struct error *err);
/* In two halves (roster_store.h); taking asks once more only when a rule was changed within the interval. */
int roster_ask_layers (struct db *db, struct arena *arena, struct text_list rotation_ids, int64_t from, int64_t to, db_rows **ret,
                       struct error *err);
int roster_take_layers (struct db *db, const db_rows *rows, struct arena *arena, struct rotation_list_of *rotations, int64_t from,
                        struct roster_layers *ret, struct error *err);

#endif
