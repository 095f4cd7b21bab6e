/* incident_words.c - see incident_words.h. */
#include "incident_words.h"
#include "words.h"

enum urgency incident_urgency (enum incident_complaint complaint)
{
    return complaint == INCIDENT_COMPLAINT_CPA || complaint == INCIDENT_COMPLAINT_CONSCIOUSNESS || complaint == INCIDENT_COMPLAINT_BREATHING
        ? URGENCY_LIFE_THREATENING : URGENCY_URGENT;
}

const char *incident_words (struct arena *arena, enum incident_complaint complaint, const char *unit, const char *crew_phone)
{
    const char *words = words_of (&incident_complaint_type, (int) complaint);

    if (unit && crew_phone)
        return arena_print (arena, "%s（%s・電話 %s）", words, unit, crew_phone);
    if (unit || crew_phone)
        return arena_print (arena, "%s（%s）", words, unit ? unit : crew_phone);
    return words;
}

const char *incident_result_words (struct arena *arena, const struct incident_result *event)
{
    const char *words = words_of (&transport_outcome_type, (int) event->outcome);

    if (event->hospital_name)
        words = arena_print (arena, "%s：%s", words, event->hospital_name);
    if (event->has_arrived_at)
        words = arena_print (arena, "%s、到着 %s", words, words_time (arena, event->arrived_at));
    if (event->has_family_joined && event->family_joined)
        words = arena_print (arena, "%s、家族も合流", words);
    if (event->handed_to)
        words = arena_print (arena, "%s、引継 %s", words, event->handed_to);
    return words_clip (arena, words, 600);
}
