/* report_store.h - what reports are made of beside the duty itself: staff, figures, what has been sent. */
#ifndef NOTIFY_REPORT_STORE_H
#define NOTIFY_REPORT_STORE_H

#include "fairness.h"
#include "service.h"

extern const struct db_statement report_statements[];

/* Its name; its code when it is not known. */
int report_municipality (struct db *db, struct arena *arena, const char *code, const char **ret, struct error *err);
/* Whoever works in a municipality or takes part in one of its rotations, each person once; by office, then name. */
int report_staff (struct db *db, struct arena *arena, const char *municipality, struct staff_list *ret, struct error *err);
/* The same people for each office where they work, with what they are there: whoever may read for that office. */
int report_readers (struct db *db, struct arena *arena, const char *municipality, struct staff_list *ret, struct error *err);
int report_figures (struct db *db, struct arena *arena, const char *municipality, int64_t from, int64_t to, struct duty_figures_list *ret,
                    struct error *err);

enum report_kind { REPORT_DAILY, REPORT_WEEKLY };
/* A municipality with rotations to which the report of that day has not gone; NULL: none is left. */
int report_next (struct db *db, struct arena *arena, enum report_kind kind, const char *day, const char **ret, struct error *err);
int report_sent (struct db *db, enum report_kind kind, const char *day, const char *municipality, int64_t letters, int64_t now,
                 struct error *err);

#endif
