/* paper_store.h - designated hospital, documents of wish, cards and the phase 看取り in the database.
 *
 * Reading works on any connection of the service; writing runs in the request's transaction under row-level security, the patient locked.
 */
#ifndef SHARING_PAPER_STORE_H
#define SHARING_PAPER_STORE_H

#include "papers.h"
#include "sharing.h"
#include "wish.h"

extern const struct db_statement paper_statements[];

/* Newest first, at most 20. */
int paper_store_hospitals (struct db *db, struct arena *arena, const char *municipality, const char *patient_id,
                           struct designation_list *ret, struct error *err);
/* Requests and registrations with the actor's office, of people whose record is open to it; at most 200.  *ret_by_consent: of each, whether
 * it is open by the person's consent for hospitals. */
int paper_store_registered (struct request *request, struct hospital_patient_list *ret, bool **ret_by_consent, struct error *err);
int paper_store_request (struct request *request, const char *municipality, const struct designated_hospital_request *message,
                         struct error *err);
int paper_store_answer (struct request *request, const char *municipality, const struct designated_hospital_answer *message,
                        struct error *err);
int paper_store_end (struct request *request, const char *municipality, const struct designated_hospital_end *message, struct error *err);

/* At most 40, the newest. */
int paper_store_documents (struct request *request, const char *municipality, const char *patient_id, struct wish_list *ret,
                           struct error *err);
int paper_store_add_document (struct request *request, const char *municipality, const struct wish_document_record *message,
                              struct error *err);
int paper_store_revoke_document (struct request *request, const char *municipality, const struct wish_document_revoke *message,
                                 struct error *err);

int paper_store_cards (struct request *request, const char *municipality, const char *patient_id, struct card_list *ret, struct error *err);
/* Replaces the valid one. */
int paper_store_issue_card (struct request *request, const char *municipality, const struct card_issue *message, const char *number,
                            struct error *err);
int paper_store_revoke_card (struct request *request, const char *municipality, const struct card_revoke *message, struct error *err);

/* The phase of the present head, and since when. */
int paper_store_phase (struct request *request, const char *municipality, const char *patient_id, bool *ret_phase, const char **ret_since,
                       struct error *err);
/* Since when, and by whom, for a version of the head that begins or ends it. */
int paper_store_note_phase (struct request *request, const char *municipality, const char *patient_id, int64_t version, bool begun,
                            const char *since, struct error *err);
/* A new head that differs in the phase only. */
int paper_store_set_phase (struct request *request, const char *municipality, const struct terminal_phase_set *message, int64_t version,
                           struct error *err);

#endif
