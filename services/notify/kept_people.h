/* kept_people.h - people with their absences, and offices, from what this thread has kept (roster_kept.h); what is missing is read, together. */
#ifndef NOTIFY_KEPT_PEOPLE_H
#define NOTIFY_KEPT_PEOPLE_H

#include "roster_store.h"

/* Fills people, offices and absences of *input; the absences once more in *ret_absences.  Arrays are the arena's, texts the kept rows'. */
int kept_people (struct db *db, struct arena *arena, struct roster_kept *kept, struct text_list people, struct text_list offices,
                 struct resolver_input *input, struct absence_list_of *ret_absences, struct error *err);

#endif
