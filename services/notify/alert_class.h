/* alert_class.h - the classes of alerts and their time.
 *
 *   e0  ambulance sent       doctor and nurse at once, the deputy after 90 s, the last resort and all others 90 s later
 *   e1  sudden change        the order as the resolver gives it
 *   e2  change of condition  the first doctor in working hours, the next after 30 minutes, the others after 2 hours
 *   i   information          nobody has to answer
 *
 * Pure.  Times are µs since 1970 UTC.  Sources: notify-and-ems §3.3, practice.md ("Time-out against the announced arrival", "What an
 * incident starts is a table").
 */
#ifndef NOTIFY_ALERT_CLASS_H
#define NOTIFY_ALERT_CLASS_H

#include "resolver.h"

enum {
    E0_STEP_SECONDS = 90, E2_STEP_SECONDS = 30 * 60, E2_LATE_SECONDS = 90 * 60, E2_REPEAT_SECONDS = 2 * 3600,
    ROUNDS_OF_ALL = 3,                      /* so often everybody is asked; afterwards only the last resort, in other words */
    NOBODY_REACHED_SECONDS = 300,
    OVERDUE_AFTER_SECONDS = 15 * 60,        /* after the announced arrival */
    TELEPHONE_SECONDS = 30 * 60, TELEPHONE_E0_SECONDS = 10 * 60, TELEPHONE_E2_SECONDS = 2 * 3600,
    HOSPITAL_SECONDS = 15 * 60,             /* for the hospital's answer */
    MERGE_SECONDS = 10 * 60,
};

struct alert_kind { enum alert_class class; enum incident_response response; bool terminal; };

enum alert_class class_of_urgency (enum urgency urgency);
/* E0 above E1 above E2 above I. */
bool class_is_above (enum alert_class one, enum alert_class other);
/* Must somebody be called now, whatever the hour? */
static inline bool class_is_emergency (enum alert_class class)
{
    return class == ALERT_CLASS_E0 || class == ALERT_CLASS_E1;
}

/* The resolver's order in the steps and delays of the class.  Nobody is left out but for single_call, which asks one doctor and the nurses,
 * and for e2, which asks doctors; the last resort stays last, and stands alone rather than that nobody is asked. */
struct resolution class_order (struct arena *arena, const struct resolution *order, struct alert_kind kind);

/* Seconds until everybody without an answer is asked again; 0: not again. */
int class_repeat_seconds (struct alert_kind kind, int rounds);

/* When an acceptance counts as overdue; 0: never. */
int64_t class_deadline (struct alert_kind kind, enum alert_answer_kind answer, int64_t arrival_at, int64_t now);

/* The ambulance service's two thresholds. */
enum ems_eta class_eta (enum alert_answer_kind answer, int64_t arrival_at, int64_t now);

/* Working hours for what can wait: weekdays that are no holidays, 9:00 to 18:00.  The same instant when inside, else the next 9:00. */
int64_t class_working_time (int64_t at);
bool class_is_working_time (int64_t at);

/* Nights are quiet for whoever is only informed: the same instant between 8:00 and 20:00, else the next 8:00. */
int64_t class_waking_time (int64_t at);

#endif
