/* night_store.h - entrusted visits as the order of doctors knows them, and reports of visits that are followed until read (U-33).
 *
 * Hearings and jobs only (engine role), but for night_entrusts_of, which sees what the caller's connection sees.
 */
#ifndef NOTIFY_NIGHT_STORE_H
#define NOTIFY_NIGHT_STORE_H

#include "service.h"

extern const struct db_statement night_statements[];

int night_entrust_put (struct db *db, struct arena *arena, const struct night_entrust_changed *event, const char *municipality,
                       int64_t version, struct error *err);

/* Kept to be followed; the one it corrects is closed.  Heard twice: once. */
int night_report_add (struct db *db, const struct night_visit_reported *event, const char *municipality, int64_t letter_at,
                      struct error *err);
int night_report_read (struct db *db, const struct night_visit_read *event, const char *municipality, int64_t at, struct error *err);
/* Attending and deputy doctors, and the visiting nurses of the team. */
int night_readers (struct db *db, struct arena *arena, const char *patient_id, struct text_list *ret, struct error *err);

struct night_addressee { const char *municipality, *person_id; int64_t reports; };
struct night_addressees { struct night_addressee *items; size_t count; };
/* Reports whose letter is due, moved on to the next step: whom to write, and of how many. */
int night_letters_due (struct db *db, struct arena *arena, int64_t now, int64_t read_by, struct night_addressees *ret, struct error *err);

struct night_unread { const char *municipality, *patient_id, *visit_id; struct text_list people; };
struct night_unread_list { struct night_unread *items; size_t count; };
/* Reports that nobody has read in time, put off until again_at or closed after the last reminder; with whom to tell. */
int night_unread_due (struct db *db, struct arena *arena, int64_t now, int64_t again_at, struct night_unread_list *ret, struct error *err);

#endif
