/* facility_proof.c - see facility_proof.h. */
#include "facility_proof.h"

#include "facility_item_store.h"
#include "facility_report.h"
#include "public_store.h"

int proof_of_token (const struct registry *self, struct request *request, const char *token, struct proof_row *ret, struct error *err)
{
    char proof_id[UUID_TEXT];

    if (!link_token_read (&self->links, "proof", token, proof_id))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not made here");
    if (facility_proof_store_by_id (request, proof_id, ret, err) < 0)
        return -1;
    return ret->proof_id ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "gone");
}

int proof_show (const struct registry *self, struct request *request, const char *facility_id, const struct proof_row *proof,
                bool with_token, struct proof_view *ret, struct error *err)
{
    *ret = (struct proof_view) { .region = self->region_name, .desk_phone = *self->desk_phone ? self->desk_phone : NULL,
        .state = !proof->proof_id ? 0 : !proof->answered_at ? PROOF_STATE_OUTSTANDING
               : proof->correction ? PROOF_STATE_CORRECTING : PROOF_STATE_CONFIRMED,
        .has_sent_at = proof->proof_id != NULL, .sent_at = proof->sent_at, .has_answered_at = proof->answered_at != 0,
        .answered_at = proof->answered_at, .answered_by = proof->answered_by, .correction = proof->correction };
    if (with_token && proof->proof_id && !proof->answered_at)
        ret->token = link_token (request->arena, &self->links, "proof", proof->proof_id);
    if (public_store_proof (request->db, request->arena, facility_id, &ret->facility, err) < 0)
        return -1;
    return ret->facility ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no such facility");
}

static int report (struct request *request, const struct proof_row *proof, const struct proof_said *said, struct error *err)
{
    struct facility_report report = { .facility_id = proof->facility_id, .keeper = proof->keeper, .what = said->correction,
                                      .by_name = request->actor->person_id ? NULL : said->given_by };

    return facility_report_make (request, &report, err);
}

int proof_take (struct request *request, const struct proof_row *proof, const struct proof_said *said, struct error *err)
{
    const char *correction = report_is_blank (said->correction) ? NULL : said->correction;
    struct facility_changed event = { .facility_id = proof->facility_id };
    struct facility_kept kept;

    if (report_is_blank (said->given_by))
        return fail (err, ERROR_TEXT_EMPTY, "/given_by", "nobody answers");
    if (facility_store_kept (request, proof->facility_id, &kept, err) < 0
        || facility_proof_store_answer (request, proof, correction, said->given_by, err) < 0
        || (correction && report (request, proof, said, err) < 0))
        return -1;
    event.municipality = kept.located_in;
    event.service = kept.service;
    return announce (request, &facility_changed_message, &event, kept.keeper ? kept.keeper : kept.located_in, err);
}
