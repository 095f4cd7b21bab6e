/* incident_store.h - incidents, what came for them, and what leaves for them. */
#ifndef DISPATCH_INCIDENT_STORE_H
#define DISPATCH_INCIDENT_STORE_H

#include "intake.h"
#include "service.h"

extern const struct db_statement incident_statements[];

struct incident {
    const char *incident_id, *partner_id, *number, *alert_id, *patient_id, *located_in;
    enum incident_state state;
    enum match_state match;
    struct enum_list matched_by;
    enum incident_complaint complaint;
    enum incident_response response;
    enum transport_outcome outcome;
    enum alert_state alert_state;
    bool opened, exercise, raised, terminal, reply_due, result_due, contacts_fresh, match_due;
    int64_t match_attempts, received_at, last_at, contacts_at;
    bool has_contacts_at;
    struct bytes content, contacts;
    struct bytes contacts_new;              /* set: written by incident_write together with contacts_at */
    const struct intake_message *read;      /* content, unpacked; never NULL */
};

/* NULL incident_id: not there. */
int incident_find (struct db *db, struct arena *arena, const char *incident_id, struct incident *ret, struct error *err);
/* The oldest one for which a reply, a result or a match is due.  Not locked: whoever changes an incident takes subject_lock first. */
/* pass: how many of them to pass over. */
int incident_claim (struct db *db, struct arena *arena, int64_t now, int64_t pass, struct incident *ret, struct error *err);
/* Insert or all of it anew.  match_next_us: 0 ends matching. */
int incident_write (struct db *db, const struct incident *incident, int64_t match_next_us, struct error *err);
int incident_list_read (struct request *request, bool only_open, const char *after, int64_t limit, struct incident_list_answer *answer,
                        struct error *err);

/* ---- messages ---- */

struct kept_message { bool there; struct bytes sha256, ack; const char *ack_media; };
int message_find (struct db *db, struct arena *arena, const char *partner_id, const char *sender, const char *id, struct kept_message *ret,
                  struct error *err);

struct new_message {
    const char *partner_id, *sender, *id, *incident_id, *content_type, *ack_media;
    const struct intake *intake;
    struct bytes raw, sha256, content, ack;
    bool has_sent;
};
/* *ret_new false: another one came first. */
int message_add (struct db *db, const struct new_message *message, int64_t now, bool *ret_new, struct error *err);
/* Everything that counts of an incident, unpacked; room for one more behind. */
int message_all (struct db *db, struct arena *arena, const char *incident_id, const struct intake_message ***ret, size_t *ret_count,
                 struct error *err);
/* Number of the incident a message belongs to; NULL: unknown message. */
int message_incident (struct db *db, struct arena *arena, const char *partner_id, const char *sender, const char *id,
                      const char **ret_number, bool *ret_known, struct error *err);
int message_list (struct db *db, struct arena *arena, const char *incident_id, const struct incident_message_line **ret, size_t *ret_count,
                  struct error *err);

/* The report a reply refers to: its id, sender, format and when it was sent. */
struct report { const char *id, *sender; enum message_format format; int64_t sent_at; };
int message_report (struct db *db, struct arena *arena, const char *incident_id, struct report *ret, struct error *err);

/* Replies that have not reached the partner. */
int incident_waiting (struct db *db, const char *incident_id, int64_t *ret, struct error *err);

/* notify has said whom the crew can call. */
int incident_moved (struct db *db, const char *incident_id, struct bytes contacts, enum alert_state state, int64_t at, struct error *err);

int result_add (struct db *db, const char *incident_id, const struct intake_message *result, const char *person_id, int64_t now,
                struct error *err);

#endif
