/* answer_emergency_papers.c - what a person has prepared for an emergency: designated hospital, documents of wish, cards.
 *
 * Takes:      emergency_papers
 * Refuses:    not_for_you  unknown, or not open to the actor
 * Publishes:  nothing; writes the ledger
 * Repeats:    every reading has its own ledger row
 */
#include "consent.h"
#include "consent_store.h"
#include "disclosure.h"
#include "paper_store.h"
#include "today.h"

static int read_consent (struct request *request, const struct record *patient, struct emergency_papers_answer *answer, struct error *err)
{
    struct consent_list consents;
    char today[DATE_TEXT];

    today_text (request->now, today);
    if (consent_store_list (request->db, request->arena, patient->municipality, answer->patient_id, &consents, err) < 0)
        return -1;
    answer->ems_consent = consent_for (consents.items, consents.count, CONSENT_SCOPE_EMS, NULL, today) != NULL;
    return 0;
}

static int read_documents (struct request *request, const struct record *patient, struct emergency_papers_answer *answer, struct error *err)
{
    struct ems_acp *acp = arena_alloc (request->arena, sizeof *acp);
    struct wish_list documents;
    const char *since;
    bool phase;

    if (paper_store_documents (request, patient->municipality, answer->patient_id, &documents, err) < 0
        || paper_store_phase (request, patient->municipality, answer->patient_id, &phase, &since, err) < 0)
        return -1;
    wish_compare (documents.items, documents.count, request->arena);
    wish_summary (documents.items, documents.count, request->arena, acp);
    acp->terminal_phase = phase;
    acp->terminal_since = since;
    answer->acp = acp;
    answer->documents.items = documents.items;
    answer->documents.count = documents.count;
    return 0;
}

static int read_papers (struct request *request, const struct record *patient, struct emergency_papers_answer *answer, struct error *err)
{
    struct designation_list hospitals;
    struct card_list cards;

    if (paper_store_hospitals (request->db, request->arena, patient->municipality, answer->patient_id, &hospitals, err) < 0
        || paper_store_cards (request, patient->municipality, answer->patient_id, &cards, err) < 0)
        return -1;
    answer->hospitals.items = hospitals.items;
    answer->hospitals.count = hospitals.count;
    answer->cards.items = cards.items;
    answer->cards.count = cards.count;
    return 0;
}

int sharing_handle_emergency_papers (struct sharing *self, struct request *request, const struct emergency_papers *message,
                                     struct emergency_papers_answer *answer, struct error *err)
{
    struct record patient;

    (void) self;
    answer->patient_id = message->patient_id;
    if (patient_store_find (request, message->patient_id, (enum sheet_section) 0, &patient, err) < 0
        || standing_check_read (&patient.standing, err) < 0
        || read_papers (request, &patient, answer, err) < 0
        || read_documents (request, &patient, answer, err) < 0
        || read_consent (request, &patient, answer, err) < 0)
        return -1;
    return disclose_patient (request, &patient, message->patient_id, "emergency papers", err);
}
