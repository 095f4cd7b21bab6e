/* incident_words.h - incidents in words for the course of an alert, and what they say about urgency.  Pure. */
#ifndef NOTIFY_INCIDENT_WORDS_H
#define NOTIFY_INCIDENT_WORDS_H

#include "messages.h"

enum urgency incident_urgency (enum incident_complaint complaint);
/* "心肺停止の疑い（須坂救急1・電話 090-…）" */
const char *incident_words (struct arena *arena, enum incident_complaint complaint, const char *unit, const char *crew_phone);
/* "搬送：須坂病院（到着 11月24日（火）3:40、家族も合流）" */
const char *incident_result_words (struct arena *arena, const struct incident_result *event);

#endif
