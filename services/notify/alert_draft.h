/* alert_draft.h - an answer that a clinic's proxy (診療所の代行者) prepares for a doctor who was asked in person.
 *
 * It counts for nothing: who is asked next and when does not change, and the doctor gives the answer, this one or another.  A draft belongs to
 * one entry of the list; once that entry is answered the draft is history.  The rules are pure. */
#ifndef NOTIFY_ALERT_DRAFT_H
#define NOTIFY_ALERT_DRAFT_H

#include "alert_states.h"
#include "alert_store.h"

struct draft_row {
    int64_t try_id;                             /* 0: there is none */
    enum alert_answer_kind answer;
    bool has_arrival_at;
    int64_t arrival_at;
    enum decline_reason decline;
    const char *text, *drafted_by, *drafted_name;
    int64_t drafted_at;
};
struct draft_rows { struct draft_row *items; size_t count; };

extern const struct db_statement draft_statements[];

/* ---- rules ---------------------------------------------------------------------------------------------------------------------------- */

/* The entry through which this person was asked in person, the newest of that office before others; NULL: was not asked. */
const struct try_row *draft_entry (const struct try_rows *tries, const char *person_id, const char *office_id);
/* May a proxy of that office prepare an answer for it?  0, or why not. */
enum error_key draft_refusal (const struct alert_row *alert, const struct try_row *own, const char *office_id);
/* Is it still to be shown: prepared after whatever was answered before. */
bool draft_counts (const struct draft_row *draft, const struct try_row *own);
/* Does the answer say what was prepared?  Words may have been added. */
bool draft_says (const struct draft_row *draft, const struct alert_answer *answer);
/* Of this entry, or NULL. */
const struct draft_row *draft_of (const struct draft_rows *drafts, int64_t try_id);

/* ---- store: rows the reader may not see do not exist for him -------------------------------------------------------------------------- */

int draft_list (struct db *db, struct arena *arena, const struct alert_row *alert, struct draft_rows *ret, struct error *err);
/* Replaces what was prepared for this entry. */
int draft_put (struct db *db, const struct alert_row *alert, const struct try_row *own, const struct draft_row *draft, struct error *err);

#endif
