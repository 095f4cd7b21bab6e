/* papers.h - rules of what a person prepares for an emergency: hospital, cards, and who begins or ends 看取り.  No I/O.
 *
 * A hospital's registration goes requested → confirmed or declined, and ends; at most one is requested or confirmed.  Registered is not a
 * promise to admit.  The phase is begun and ended by the attending or a deputy doctor of the person's team, nobody else (practice.md).
 */
#ifndef SHARING_PAPERS_H
#define SHARING_PAPERS_H

#include <stdbool.h>
#include <stddef.h>
#include "error.h"
#include "messages.h"

struct designation_list { struct designation_view *items; size_t count; };
struct card_list { struct card_view *items; size_t count; };

int designation_check_request (const struct designation_list *hospitals, const struct designated_hospital_request *message,
                               struct error *err);
int designation_check_answer (const struct designation_list *hospitals, const struct designated_hospital_answer *message,
                              struct error *err);
/* Asked of this office as an office of the region. */
bool designation_is_of (const struct designation_list *hospitals, const char *designation_id, const char *office_id);
int designation_check_end (const struct designation_list *hospitals, const struct designated_hospital_end *message, struct error *err);
/* Requested or confirmed; NULL when there is none. */
const struct designation_view *designation_in_force (const struct designation_list *hospitals);
/* The state event after a change. */
void designation_summary (const struct designation_list *hospitals, const char *patient_id, struct designated_hospital_changed *ret);

int card_check_revoke (const struct card_list *cards, const struct card_revoke *message, struct error *err);

bool papers_is_attending (const struct team_member *team, size_t count, const char *person_id, const char *office_id);

#endif
