/* incident_store.h - incidents of the fire service as dispatch tells them, the reports that went into an alert, designated hospitals. */
#ifndef NOTIFY_INCIDENT_STORE_H
#define NOTIFY_INCIDENT_STORE_H

#include "alert_store.h"

extern const struct db_statement incident_statements[];

struct incident_row {
    const char *incident_id, *municipality, *patient_id, *alert_id;     /* incident_id NULL: unknown; alert_id NULL: no alert */
    const char *partner_name, *number, *unit, *crew_phone;
    enum incident_complaint complaint;
    bool exercise, live;
};

int incident_put (struct db *db, const struct incident_row *incident, struct error *err);       /* adds, or replaces what is not NULL */
int incident_get (struct db *db, struct arena *arena, const char *incident_id, struct incident_row *ret, struct error *err);
int incident_end (struct db *db, const char *incident_id, struct error *err);
/* Incidents of an alert, at most ten, newest first; live_only: neither cancelled nor ended. */
int incidents_of_alert (struct db *db, struct arena *arena, const char *alert_id, bool live_only, struct text_list *ret, struct error *err);

struct entry_row {
    const char *entry_id;
    int64_t at;
    enum alert_class class;
    const char *reported_by, *reporter_name, *happened;                 /* reported_by NULL: the fire service */
    const char *incident_id, *number, *unit, *crew_phone;               /* NULL: no incident */
};

int entry_add (struct db *db, const struct alert_row *alert, const struct entry_row *entry, struct error *err);
/* The alert a report went into, by the id its sender chose; *ret NULL: unknown. */
int entry_alert (struct db *db, struct arena *arena, const char *entry_id, const char **ret_alert, const char **ret_by, struct error *err);
int entry_list (struct db *db, struct arena *arena, const struct alert_row *alert, struct alert_entry_list *ret, struct error *err);

struct hospital_row { const char *name, *office_id, *phone, *night_phone; bool parallel_notice, agreed; };      /* name NULL: none */
int hospital_put (struct db *db, const struct designated_hospital_changed *event, const char *municipality, int64_t version,
                  struct error *err);
int hospital_get (struct db *db, struct arena *arena, const char *patient_id, struct hospital_row *ret, struct error *err);

/* The seat of everybody in a person's team: attending doctor, deputy, nursing …; for the words in what dispatch is told. */
struct seat_row { const char *person_id, *office_id; int seat; };
struct seat_rows { struct seat_row *items; size_t count; };
int team_seats (struct db *db, struct arena *arena, const char *patient_id, struct seat_rows *ret, struct error *err);
/* Care managers of a person's team, and whoever looks after the machine in that municipality. */
int team_managers_and_keepers (struct db *db, struct arena *arena, const char *patient_id, const char *municipality, struct text_list *ret,
                               struct error *err);
int rota_clerks (struct db *db, struct arena *arena, const char *municipality, struct text_list *ret, struct error *err);
int keepers_of (struct db *db, struct arena *arena, const char *municipality, struct text_list *ret, struct error *err);

/* Whom drills may call. */
struct drill { struct text_list people, offices; };
int drill_get (struct db *db, struct arena *arena, const char *municipality, struct drill *ret, struct error *err);
int drill_put (struct db *db, struct arena *arena, const struct drill_contact_put *command, const char *by, struct error *err);
int drill_lines (struct db *db, struct arena *arena, const char *municipality, struct drill_line_list *ret, struct error *err);

#endif
