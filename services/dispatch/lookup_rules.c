/* lookup_rules.c - see lookup_rules.h. */
#include "lookup_rules.h"

static bool is_said (const char *text)
{
    return text && *text;
}

static bool has_keys (const struct lookup_find *message)
{
    return is_said (message->card) || is_said (message->phone) || is_said (message->name) || is_said (message->name_kana)
           || is_said (message->address);
}

/* The last resort looks only while a crew is on the telephone, and writes down which. */
int lookup_check_find (const struct actor *actor, const struct lookup_find *message, struct error *err)
{
    bool telephone = message->has_by_telephone && message->by_telephone;

    if (actor_is (actor, ROLE_LAST_RESORT) != telephone)
        return fail (err, ERROR_NOT_FOR_ROLE, "/by_telephone", "by telephone is the last resort's way, and its only one");
    if (telephone && !message->partner_id)
        return fail (err, ERROR_FIELD_MISSING, "/partner_id", "whose crew?");
    if (telephone && (!is_said (message->unit) || !is_said (message->number)))
        return fail (err, ERROR_REASON_NEEDED, is_said (message->unit) ? "/number" : "/unit",
                     "by telephone unit and incident are written down");
    if (!has_keys (message) && !message->incident_id)
        return fail (err, ERROR_TEXT_EMPTY, "/phone", "nothing to look by");
    return 0;
}

static int check_break_glass (const struct lookup_standing *standing, const struct lookup_open *message, struct error *err)
{
    if (!standing->break_glass || standing->by_telephone)
        return fail (err, ERROR_NOT_FOR_ROLE, "/ground", "looking without consent is not switched on");
    if (!is_said (message->unit) || !is_said (message->reason))
        return fail (err, ERROR_REASON_NEEDED, is_said (message->unit) ? "/reason" : "/unit", "unit and reason are needed");
    return 0;
}

int lookup_check_open (const struct actor *actor, const struct lookup_standing *standing, const struct lookup_open *message,
                       struct error *err)
{
    bool telephone = message->ground == EMS_GROUND_TELEPHONE;

    if (standing->age_us > LOOKUP_LIFE_SECONDS * 1000000ll)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "the look-up is too old");
    if (telephone != standing->by_telephone || telephone != actor_is (actor, ROLE_LAST_RESORT))
        return fail (err, ERROR_NOT_FOR_ROLE, "/ground", "this ground is not for this way of asking");
    if (telephone && !standing->has_number)
        return fail (err, ERROR_REASON_NEEDED, "/ground", "no incident was said");
    if (message->ground == EMS_GROUND_BREAK_GLASS)
        return check_break_glass (standing, message, err);
    if (!message->patient_id || !standing->is_candidate)
        return fail (err, ERROR_NOT_FOR_YOU, "/patient_id", "not among those that were found");
    if (message->ground == EMS_GROUND_UNIQUE_MATCH && (standing->result != MATCH_RESULT_UNIQUE || !standing->strong))
        return fail (err, ERROR_REASON_NEEDED, "/ground", "not certain enough without another ground");
    return 0;
}
