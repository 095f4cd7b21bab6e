/* letter_act.h - opening and answering a letter, by link or typed from paper: what both share. */
#ifndef REGISTRY_LETTER_ACT_H
#define REGISTRY_LETTER_ACT_H

#include "facility_record.h"
#include "letter_store.h"
#include "registry.h"

/* Refuses not_for_you: not made here, or gone; letter_over: too late. */
int letter_of_token (const struct registry *self, struct request *request, const char *token, struct letter *ret, struct error *err);
int letter_show (struct request *request, const struct letter *letter, struct letter_view *ret, struct error *err);

struct letter_said {
    struct facility_item_given_list items;
    struct letter_consent_list consents;
    const char *given_by;
    int64_t seconds;
    enum letter_way way;
};
/* Writes what is said into the record (source: survey, or the facility itself), confirms what was asked, sets consents; the letter is
 * answered.  Refuses letter_answered and what letter_answer_check and facility_items_check refuse. */
int letter_take (struct request *request, const struct letter *letter, const struct letter_said *said, struct error *err);

#endif
