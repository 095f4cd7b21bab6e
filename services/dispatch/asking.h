/* asking.h - questions to sharing and notify, each with a deadline.  Nothing here fails an incident: who does not answer is named as
 * missing.
 *
 * After a failure the other service is left alone for 3 s, so that many incidents at once do not each wait for it.
 */
#ifndef DISPATCH_ASKING_H
#define DISPATCH_ASKING_H

#include "dispatch.h"
#include "incident_store.h"
#include "partner_store.h"

struct asking {
    struct dispatch *self;
    struct request request;             /* of nobody: the service asks for itself */
    struct request_header header;       /* with the trace of whoever made it ask: both ledgers tell of one release */
    int64_t until_us;                   /* monotonic: the whole reply's budget */
};

void asking_of_job (struct asking *asking, struct dispatch *self, struct job_run *run, int budget_ms);
void asking_of_request (struct asking *asking, struct dispatch *self, struct request *request, int budget_ms);

/* False: no answer. */
bool ask_find (struct asking *asking, const struct ems_find *query, struct ems_find_answer *ret);
bool ask_record (struct asking *asking, const struct ems_record *query, struct ems_record_answer *ret, struct error *err);
int ask_break_glass (struct asking *asking, const struct ems_break_glass *query, struct ems_break_glass_answer *ret, struct error *err);
int ask_export (struct asking *asking, const struct ems_export *query, struct ems_export_answer *ret, struct error *err);
bool ask_contacts (struct asking *asking, const struct ems_contacts *query, struct ems_contacts_answer *ret);

/* The keys a message gives. */
struct ems_find find_of_message (const struct intake_message *message, const struct partner *partner);
/* Items a partner may see; items NULL: the agreed list. */
struct enum_list fields_of_partner (struct arena *arena, const struct partner *partner);

#endif
