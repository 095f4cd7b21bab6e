/* duty_change_store.h - overrides and closures: writing them, and who entered what for which reason. */
#ifndef NOTIFY_DUTY_CHANGE_STORE_H
#define NOTIFY_DUTY_CHANGE_STORE_H

#include "roster_store.h"

extern const struct db_statement duty_change_statements[];

struct change_detail { const char *change_id, *reason, *entered_by; };
struct change_details { struct change_detail *items; size_t count; };
int change_details (struct db *db, struct arena *arena, struct text_list ids, struct change_details *ret, struct error *err);

/* A stored override or half of a swap.  change_id NULL: there is none. */
struct stored_change {
    const char *change_id, *rotation_id, *remove_id, *add_id, *add_office_id, *reason, *entered_by, *entered_by_name, *add_name;
    enum duty_change_kind kind;
    int64_t from, to;
    bool removed;
};
int change_find (struct db *db, struct arena *arena, const char *change_id, struct stored_change *ret, struct error *err);
/* The first override in force that covers part of this time in the same rotation (or, rotation NULL, of the same person). */
int change_find_conflict (struct db *db, struct arena *arena, const struct override_add *command, struct stored_change *ret,
                          struct error *err);
/* Locks a rotation against other changes; area NULL: there is none of that id. */
int change_lock_rotation (struct db *db, struct arena *arena, const char *rotation_id, const char **ret_area, struct error *err);
/* Locks the overrides of a person wherever asked against one another. */
int change_lock_person (struct db *db, const char *person_id, struct error *err);
int change_add (struct db *db, const struct duty_change *change, const char *reason, const char *by, int64_t now, struct error *err);
int change_remove (struct db *db, const char *change_id, const char *by, struct error *err);
int change_raise_rotation (struct db *db, const char *rotation_id, struct error *err);
/* The office through which a person is known: of the rotation first, else the one where he is a doctor. */
int change_office_of (struct db *db, struct arena *arena, const char *rotation_id, const char *person_id, const char **ret,
                      struct error *err);
int change_same_office (struct db *db, const char *person_a, const char *person_b, bool *ret, struct error *err);

/* closures */
struct stored_closure { const char *area, *office_id, *office_area, *first_day, *last_day, *name; bool found, removed; };
int closure_find (struct db *db, struct arena *arena, const char *closure_id, struct stored_closure *ret, struct error *err);
int closure_put (struct db *db, const struct closure_put *command, const char *by, struct error *err);
int closure_remove (struct db *db, const char *closure_id, const char *by, struct error *err);
int closure_raise_rotations (struct db *db, const char *area, struct error *err);
/* Page of struct snapshot: every closure, also those taken back, and those made before closures were announced. */
int closure_page (void *service, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows, size_t *ret_count,
                  struct error *err);
int closure_lines (struct db *db, struct arena *arena, const char *municipality, const char *from, struct closure_line_list *ret,
                   struct error *err);

#endif
