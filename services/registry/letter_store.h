/* letter_store.h - letters to facilities in the database.  Everything returned lives in the request's or run's arena. */
#ifndef REGISTRY_LETTER_STORE_H
#define REGISTRY_LETTER_STORE_H

#include "letter_rules.h"

extern const struct db_statement letter_statements[];

/* A letter with what its form says; letter_id NULL: there is none. */
struct letter {
    const char *letter_id, *facility_id, *survey_id;    /* survey_id NULL: the regular confirmation */
    const char *name, *service, *keeper, *keeper_name, *desk_phone, *phone, *fax, *code, *title, *intro;
    uint64_t items;                                     /* of the survey; 0: everything */
    int64_t due, valid_until;                           /* asked for until then; taken until then */
    bool answered;
};
struct letter_list { struct letter *items; size_t count; };

int letter_by_id (struct request *request, const char *letter_id, struct letter *ret, struct error *err);
int letter_by_code (struct request *request, const char *code, struct letter *ret, struct error *err);
/* Outstanding ones, at most LETTERS_A_FILE: of a survey or (NULL) the confirmations, or one letter. */
int letters_outstanding (struct request *request, const struct letter_papers *wanted, struct letter_list *ret, struct error *err);

/* Refuses letter_answered when somebody was faster. */
int letter_store_answer (struct request *request, const char *letter_id, enum letter_way way, const char *answered_by, struct error *err);
/* The facility's open confirmation, if there is one, is answered. */
int letter_close_confirmation (struct request *request, const char *facility_id, struct error *err);

/* A letter of the survey for each of these facilities. */
int letters_add (struct request *request, const char *survey_id, const char *keeper, struct text_list facilities, int64_t valid_until,
                 struct error *err);
/* Outstanding letters go out, by e-mail or noted as sent; who was asked after `not_since` is left in peace. */
int letters_go (struct request *request, const struct letters_send *message, int64_t not_since, int64_t *ret_count, struct error *err);

/* ---- the job (engine) ---- */

/* Letters for facilities whose confirmation has fallen due and that have none open: at most LETTERS_A_RUN. */
int letters_add_due (struct job_run *run, int64_t *ret_count, struct error *err);
/* Letters that are to go by e-mail now are noted as asked and given. */
struct letter_due { const char *letter_id, *facility_id, *keeper, *name, *email; enum letter_kind kind; bool again; int64_t until; };
struct letter_due_list { struct letter_due *items; size_t count; };
int letters_take_due (struct job_run *run, struct letter_due_list *ret, struct error *err);

#endif
