/* fax_store.h - FAX numbers of offices, and pages that were sent (schema/0034_fax.sql). */
#ifndef NOTIFY_FAX_STORE_H
#define NOTIFY_FAX_STORE_H

#include "fax_rules.h"
#include "service.h"

extern const struct db_statement fax_statements[];

struct fax_number_row { struct fax_target target; const char *test_code; };    /* target.office NULL: no such office */

int fax_number_get (struct request *request, const char *office_id, struct fax_number_row *ret, struct error *err);
/* Untested, with this code; its test page is queued, with page_code as a square. */
int fax_number_set (struct request *request, const char *office_id, const char *number, const char *code, const char *page_code, const char *text,
                    struct error *err);
int fax_number_mark (struct request *request, const char *office_id, enum fax_number_state state, struct error *err);
/* Patients' pages to the office that have not left are called off, also those of other offices. */
int fax_call_off (struct request *request, const char *office_id, struct error *err);
int fax_numbers (struct request *request, struct fax_number_list_answer *answer, struct error *err);

struct fax_row { const char *municipality, *office_id, *patient_id, *title, *text, *reference; bool found; };
/* The patient's municipality, if the actor may see the person; the names of the acting person and office. */
int fax_context (struct request *request, const char *patient_id, const char **ret_municipality, const char **ret_name,
                 const char **ret_office, struct error *err);
int fax_add (struct request *request, const struct fax_send *message, const char *municipality, const char *name, const char *reference,
             const char *page_code, const char *text, struct error *err);       /* page_code NULL: no answer is expected */
int fax_find (struct request *request, const char *fax_id, struct fax_row *ret, struct error *err);
int fax_mark_misdirected (struct request *request, const struct fax_misdirected *message, struct error *err);
int fax_lines (struct request *request, struct fax_list_answer *answer, struct error *err);

#endif
