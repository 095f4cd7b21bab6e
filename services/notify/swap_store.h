/* swap_store.h - swaps as rows; what of them is in force stands in duty_change. */
#ifndef NOTIFY_SWAP_STORE_H
#define NOTIFY_SWAP_STORE_H

#include "roster_store.h"

extern const struct db_statement swap_statements[];

struct shift_part { const char *rotation_id; int64_t from, to; };

/* swap_id NULL: there is none. */
struct swap {
    const char *swap_id, *asker, *asker_office, *taker, *taker_office, *back_change, *reason;
    enum swap_state state;
    struct shift_part given, back;                  /* back.rotation_id NULL: nothing is taken in return */
};
struct swaps { struct swap *items; size_t count; };

int swap_find (struct db *db, struct arena *arena, const char *swap_id, struct swap *ret, struct error *err);       /* locks it */
int swap_add (struct db *db, const struct swap *swap, int64_t now, struct error *err);
int swap_set (struct db *db, const struct swap *swap, enum swap_state state, const char *by, int64_t now, struct error *err);
/* Asked and accepted ones of a rotation that have not ended. */
int swap_open_of (struct db *db, struct arena *arena, const char *rotation_id, int64_t now, struct swaps *ret, struct error *err);
/* For the page: of this person, open ones and those of the last 30 days. */
int swap_lines (struct db *db, struct arena *arena, const char *person_id, int64_t now, struct swap_line_list *ret, struct error *err);
int swap_coordinators (struct db *db, struct arena *arena, const char *area, struct text_list *ret, struct error *err);

#endif
