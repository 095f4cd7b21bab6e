/* incident_alert.h - what an incident of the fire service does to alerts.  In the hearing's transaction, on the engine role. */
#ifndef NOTIFY_INCIDENT_ALERT_H
#define NOTIFY_INCIDENT_ALERT_H

#include "alert_open.h"

/* What dispatch says of an incident that has a person: alert_id is dispatch's choice for a new alert. */
struct incident_case {
    const char *incident_id, *alert_id, *patient_id, *municipality, *partner_name, *number, *unit, *crew_phone;
    enum incident_complaint complaint;
    enum condition_tag tag;
    enum incident_response response;
    bool exercise;
    int64_t called_at, received_at;             /* 0: not told */
};

/* Opens an alert of class E0, or goes into the person's open one (N-03, EMS-11). */
int incident_open (struct act *act, const struct incident_case *what, struct error *err);

/* The incident's alert, locked; alert_id NULL: it has none.  The turn is taken. */
int incident_alert (struct act *act, const char *incident_id, struct incident_row *ret_incident, struct alert_row *ret, struct error *err);

#endif
