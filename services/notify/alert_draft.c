/* alert_draft.c - see alert_draft.h. */
#include "alert_answering.h"
#include "alert_draft.h"

static bool is_of (const struct try_row *row, const char *office_id)
{
    return row->office_id && office_id && strcmp (row->office_id, office_id) == 0;
}

const struct try_row *draft_entry (const struct try_rows *tries, const char *person_id, const char *office_id)
{
    const struct try_row *best = NULL;

    for (size_t i = 0; i < tries->count; i++) {
        const struct try_row *row = &tries->items[i];

        if (row->view.person_id && strcmp (row->view.person_id, person_id) == 0 && row->view.target != TARGET_KIND_HOSPITAL
            && row->view.state != TRY_STATE_PLANNED && (!best || is_of (row, office_id) >= is_of (best, office_id)))
            best = row;
    }
    return best;
}

/* Whoever could not take it now needs no answer prepared, and what is answered is not prepared any more. */
enum error_key draft_refusal (const struct alert_row *alert, const struct try_row *own, const char *office_id)
{
    enum standing standing;

    if (alert->state == ALERT_STATE_ENDED)
        return ERROR_ALREADY_ENDED;
    if (!own)
        return ERROR_DOCTOR_NOT_ASKED;
    if (!is_of (own, office_id))
        return ERROR_NOT_YOUR_DOCTOR;
    standing = standing_here (alert, own, own->view.person_id);
    if (standing == STANDING_HOLDER || standing == STANDING_DECLINED)
        return ERROR_DOCTOR_HAS_ANSWERED;
    return alert_move (alert->state, HAPPENING_TAKE, standing)->refusal;
}

bool draft_counts (const struct draft_row *draft, const struct try_row *own)
{
    return draft && draft->try_id == own->try_id && (!own->view.has_answered_at || draft->drafted_at > own->view.answered_at);
}

bool draft_says (const struct draft_row *draft, const struct alert_answer *answer)
{
    return draft->answer == answer->answer && draft->decline == answer->decline
        && (draft->answer != ALERT_ANSWER_KIND_VISIT || draft->arrival_at == answer->arrival_at);
}

const struct draft_row *draft_of (const struct draft_rows *drafts, int64_t try_id)
{
    for (size_t i = 0; i < drafts->count; i++)
        if (drafts->items[i].try_id == try_id)
            return &drafts->items[i];
    return NULL;
}
