/* fax_in_store.h - codes on what we send, and FAX that came in (schema/0050_fax_in.sql). */
#ifndef NOTIFY_FAX_IN_STORE_H
#define NOTIFY_FAX_IN_STORE_H

#include "fax_in_rules.h"
#include "fax_work.h"
#include "service.h"

extern const struct db_statement fax_in_statements[], fax_in_job_statements[];

/* ---- with a person: what is sent, looked at, settled ---- */

/* for the acting office and person. */
int fax_code_add (struct request *request, const char *municipality, const struct fax_known *code, const char *text, int64_t until, struct error *err);
int fax_code_end (struct request *request, const char *fax_id, struct error *err);     /* codes of that FAX are old from now on */

int fax_in_list (struct request *request, struct fax_inbox_answer *answer, struct error *err);
int fax_in_answers (struct request *request, struct fax_list_answer *answer, struct error *err);    /* into the lines */
/* ret_png->data NULL: no such page of the actor's office. */
int fax_in_page (struct request *request, const char *fax_in_id, int64_t page, struct bytes *ret_png, const char **ret_patient, struct error *err);

struct fax_in_row { struct fax_in_now now; const char *municipality; bool found; };
int fax_in_get (struct request *request, const char *fax_in_id, struct fax_in_row *ret, struct error *err);    /* locks the row */

struct fax_in_target { const char *words, *patient_id, *person_id; };      /* words NULL: there is none; person_id: whom to tell */
int fax_in_target (struct request *request, const struct fax_in_settle *message, struct fax_in_target *ret, struct error *err);
int fax_in_put (struct request *request, const char *municipality, const struct fax_in_settle *message, const struct fax_in_target *target, struct error *err);

/* ---- the job ---- */

struct fax_in_place { const char *municipality; bool was_bad, known; };        /* municipality NULL: no such office */
int fax_in_place (struct job_run *run, const char *office_id, const unsigned char *digest, struct fax_in_place *ret, struct error *err);
/* code NULL in *ret: not known. */
int fax_in_code (struct job_run *run, const char *code, struct fax_known *ret, struct error *err);
int fax_in_add (struct job_run *run, const char *municipality, const struct fax_work *work, const struct fax_read *read,
                const struct fax_verdict *verdict, const struct fax_known *known, struct error *err);
int fax_in_confirm (struct job_run *run, const struct fax_known *known, struct error *err);
int fax_in_people (struct job_run *run, const char *office_id, struct text_list *ret, struct error *err);
int fax_in_overdue (struct job_run *run, struct text_list *ret_offices, struct error *err);    /* each FAX once: they are marked */

#endif
