/* answer_night_visits.c - what a person's doctors have entrusted for nights and holidays, and the reports of visits.
 *
 * Takes:      night_visits
 * Refuses:    not_for_you  unknown, or not open to the actor
 * Publishes:  nothing; writes the ledger
 * Repeats:    every reading has its own ledger row
 */
#include "disclosure.h"
#include "night_news.h"

int sharing_handle_night_visits (struct sharing *self, struct request *request, const struct night_visits *message,
                                 struct night_visits_answer *answer, struct error *err)
{
    struct night_entrust_list entrusts;
    struct night_visit_list visits;
    struct record patient;
    struct team_list team;

    (void) self;
    answer->patient_id = message->patient_id;
    if (patient_store_find (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || night_store_entrusts (request, patient.municipality, message->patient_id, &entrusts, err) < 0
        || night_store_visits (request, patient.municipality, message->patient_id, &visits, err) < 0
        || team_store_list (request->db, request->arena, patient.municipality, message->patient_id, &team, err) < 0)
        return -1;
    answer->entrusts.items = entrusts.items;
    answer->entrusts.count = entrusts.count;
    answer->visits.items = visits.items;
    answer->visits.count = visits.count;
    answer->may_entrust = standing_may_edit (&patient.standing)
        && papers_is_attending (team.items, team.count, request->actor->person_id, request->actor->office_id);
    return disclose_patient (request, &patient, message->patient_id, "night visits", err);
}
