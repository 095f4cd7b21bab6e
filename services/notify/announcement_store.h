/* announcement_store.h - announcements to institutions, and which of them have one (schema/0080_announcements.sql). */
#ifndef NOTIFY_ANNOUNCEMENT_STORE_H
#define NOTIFY_ANNOUNCEMENT_STORE_H

#include "announcement_rules.h"

extern const struct db_statement announcement_statements[], announcement_read_statements[];

enum { ANNOUNCEMENTS_SHOWN = 100, ANNOUNCEMENT_OFFICES_SHOWN = 500, ANNOUNCEMENTS_TOLD_A_RUN = 20 };

/* ---- sending ---- */

/* Municipalities the actor may tell something, the own one first, with the number of their institutions. */
int announcement_reach (struct request *request, bool everywhere, struct announcement_area_list *ret, struct error *err);
/* Institutions of these municipalities but the actor's own office. */
int announcement_offices_of (struct request *request, struct text_list municipalities, struct announcement_targets *ret, struct error *err);
int announcement_add (struct request *request, const struct announcement_send *message, const struct announcement_targets *to,
                      struct error *err);       /* already_there: the id was used before */

/* ---- receipts ---- */

/* The first receipt of the actor's office; not_for_you: it is not for that office. */
int announcement_confirm (struct request *request, const char *announcement_id, struct announcement_receipt *ret, struct error *err);
struct announcement_row { bool found, received; const char *located_in; int64_t sent_at; };
/* As the actor may see it; office_id NULL: only the announcement. */
int announcement_find (struct request *request, const char *announcement_id, const char *office_id, struct announcement_row *ret,
                       struct error *err);
int announcement_mark_delivered (struct request *request, const struct announcement_delivered *message, struct error *err);
int announcement_again (struct request *request, const char *announcement_id, int64_t *ret_offices, struct error *err);

/* ---- reading ---- */

/* Of the actor's office and, for who looks after them, of the municipality; with rates for those. */
int announcement_lines (struct request *request, struct announcement_line_list *ret, struct error *err);
/* not_for_you: neither. */
int announcement_read (struct request *request, const char *announcement_id, struct announcement_answer *ret, struct error *err);
int announcement_receipts (struct request *request, const struct announcement *query, struct announcement_answer *ret, struct error *err);

/* ---- telling (engine) ---- */

struct announcement_told { const char *office_id; const char *fax; bool by_fax; };
/* Institutions of one announcement that are to be told together; count 0: none is left. */
struct announcement_due {
    const char *announcement_id, *located_in, *municipality, *title, *text, *sent_by, *from_office, *from_phone;
    bool again;                             /* a reminder */
    struct announcement_told *items;
    size_t count;
};
struct announcement_person { const char *office_id, *person_id; uint64_t roles; };
struct announcement_people { struct announcement_person *items; size_t count; };

int announcement_next (struct job_run *run, struct announcement_due *ret, struct error *err);
int announcement_people_of (struct job_run *run, const struct announcement_due *due, struct announcement_people *ret, struct error *err);
int announcement_fax (struct job_run *run, const struct announcement_due *due, const struct announcement_told *office, const char *page,
                      struct error *err);
/* Where neither people nor a FAX number are left, it is to be brought by hand. */
int announcement_was_told (struct job_run *run, const struct announcement_due *due, const char *office_id, int64_t people,
                           struct error *err);

#endif
