/* survey_store.h - surveys, the consultations before them, and how far they have got, in the database.  Everything returned lives in the
 * request's arena. */
#ifndef REGISTRY_SURVEY_STORE_H
#define REGISTRY_SURVEY_STORE_H

#include "letter_rules.h"

extern const struct db_statement survey_statements[];

/* found false: there is none that the reader may see. */
struct survey_row {
    bool found, opened;
    const char *keeper, *title, *intro, *due_on;
    uint64_t kinds, items;
    struct text_list facilities;                /* empty: all of the kinds */
    int64_t opened_at, consultations;
};

int survey_row_of (struct request *request, const char *survey_id, struct survey_row *ret, struct error *err);
int survey_store_put (struct request *request, const struct survey_put *put, struct error *err);
int survey_store_consult (struct request *request, const struct survey_consult *consult, struct error *err);
int survey_store_open (struct request *request, const char *survey_id, struct error *err);

/* The facilities it asks, at most LETTERS_MOST. */
int survey_asks (struct request *request, const struct survey_row *survey, struct text_list *ret, struct error *err);

/* keeper NULL: all the reader may see. */
int survey_rows (struct request *request, struct survey_line_list *ret, struct error *err);
int survey_consultations (struct request *request, const char *survey_id, struct consultation_view_list *ret, struct error *err);
/* How many, and the lines behind `after`: outstanding ones first. */
int survey_progress (struct request *request, const char *survey_id, const char *after, struct survey_answer *ret, struct error *err);

#endif
