/* response.c - see response.h. */
#include "response.h"

enum incident_response response_of (const struct partner_rule *rules, size_t count, enum incident_complaint complaint, bool terminal,
                                    bool raised)
{
    if (raised)
        return INCIDENT_RESPONSE_FULL;
    for (size_t i = 0; i < count; i++)
        if (rules[i].complaint == complaint && rules[i].terminal == terminal)
            return rules[i].response;
    if (terminal)
        return INCIDENT_RESPONSE_TERMINAL_CHAIN;
    return complaint == INCIDENT_COMPLAINT_CPA || complaint == INCIDENT_COMPLAINT_DOCTOR_REQUESTED ? INCIDENT_RESPONSE_FULL
                                                                                                  : INCIDENT_RESPONSE_SINGLE_CALL;
}

enum condition_tag tag_of_complaint (enum incident_complaint complaint, bool terminal)
{
    static const enum condition_tag tags[] = {
        [INCIDENT_COMPLAINT_CPA] = CONDITION_TAG_CIRCULATION,
        [INCIDENT_COMPLAINT_DOCTOR_REQUESTED] = CONDITION_TAG_OTHER,
        [INCIDENT_COMPLAINT_BREATHING] = CONDITION_TAG_BREATHING,
        [INCIDENT_COMPLAINT_CONSCIOUSNESS] = CONDITION_TAG_CONSCIOUSNESS,
        [INCIDENT_COMPLAINT_CHEST_PAIN] = CONDITION_TAG_CIRCULATION,
        [INCIDENT_COMPLAINT_INJURY] = CONDITION_TAG_FALL,
        [INCIDENT_COMPLAINT_BLEEDING] = CONDITION_TAG_BLEEDING,
        [INCIDENT_COMPLAINT_FEVER] = CONDITION_TAG_FEVER,
        [INCIDENT_COMPLAINT_OTHER] = CONDITION_TAG_OTHER,
    };

    if (terminal)
        return CONDITION_TAG_TERMINAL;
    return complaint >= 1 && complaint < (int) (sizeof tags / sizeof *tags) ? tags[complaint] : CONDITION_TAG_OTHER;
}
