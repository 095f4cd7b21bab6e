/* night_news.h - who may entrust, and what other services are told of a person's entrustments after a change in this transaction. */
#ifndef SHARING_NIGHT_NEWS_H
#define SHARING_NIGHT_NEWS_H

#include "night_store.h"
#include "papers.h"
#include "patient_store.h"
#include "team_store.h"

static inline int night_check_attending (struct request *request, const struct record *patient, const char *patient_id, struct error *err)
{
    struct team_list team;

    if (team_store_list (request->db, request->arena, patient->municipality, patient_id, &team, err) < 0)
        return -1;
    if (!papers_is_attending (team.items, team.count, request->actor->person_id, request->actor->office_id))
        return fail (err, ERROR_ONLY_ATTENDING, NULL, "neither the attending nor a deputy doctor");
    return 0;
}

static inline int announce_entrusts (struct request *request, const char *municipality, const char *patient_id, struct error *err)
{
    struct night_entrust_changed event;

    if (db_flush (request->db, err) < 0
        || night_store_summary (request->db, request->arena, municipality, patient_id, &event, err) < 0)
        return -1;
    return announce (request, &night_entrust_changed_message, &event, municipality, err);
}

#endif
