/* ical_store.h - calendars' secret addresses, and what their readers were last told (ical.h). */
#ifndef NOTIFY_ICAL_STORE_H
#define NOTIFY_ICAL_STORE_H

#include "ical.h"
#include "service.h"

extern const struct db_statement ical_statements[];

enum { ICAL_HASH_BYTES = 32, ICAL_ADDRESSES_MOST = 20 };

struct ical_address {
    const char *calendar_id, *subject, *name;       /* name: of person, rotation or office */
    const char *located_in;                         /* of a rotation or an office; NULL for a person */
    enum calendar_scope scope;
};

int ical_add (struct db *db, const char *calendar_id, const unsigned char hash[ICAL_HASH_BYTES], const struct calendar_make *command,
              const char *subject, const char *by, int64_t now, struct error *err);
/* by NULL: anybody's.  *ret false: no such address in force. */
int ical_revoke (struct db *db, const char *calendar_id, const char *made_by, const char *by, int64_t now, bool *ret, struct error *err);
int ical_list (struct db *db, struct arena *arena, const char *person_id, struct calendar_view_list *ret, struct error *err);

/* The address in force with this hash whose maker still works where it matters; calendar_id NULL: none.  Notes that it was read. */
int ical_open (struct db *db, struct arena *arena, const unsigned char hash[ICAL_HASH_BYTES], int64_t now, struct ical_address *ret,
               struct error *err);
/* Where a person works, and who works in an office. */
int ical_places (struct db *db, struct arena *arena, const char *person_id, struct text_list *ret, struct error *err);
int ical_staff (struct db *db, struct arena *arena, const char *office_id, struct text_list *ret, struct error *err);
/* NULL in *ret: no such rotation or office. */
int ical_name (struct db *db, struct arena *arena, enum calendar_scope scope, const char *subject, const char **ret, struct error *err);

int ical_stored (struct db *db, struct arena *arena, const struct ical_address *address, struct ical_events *ret, struct error *err);
/* Writes what is fresh, deletes what has ended before `since`. */
int ical_store (struct db *db, const struct ical_address *address, const struct ical_events *events, int64_t since, struct error *err);

#endif
