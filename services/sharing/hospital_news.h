/* hospital_news.h - tells other services which hospital a person has now, after a change in this transaction. */
#ifndef SHARING_HOSPITAL_NEWS_H
#define SHARING_HOSPITAL_NEWS_H

#include "paper_store.h"
#include "patient_store.h"

static inline int announce_hospital (struct request *request, const char *municipality, const char *patient_id, struct error *err)
{
    struct designated_hospital_changed event;
    struct designation_list hospitals;

    if (patient_store_touch (request, municipality, patient_id, err) < 0
        || paper_store_hospitals (request->db, request->arena, municipality, patient_id, &hospitals, err) < 0)
        return -1;
    designation_summary (&hospitals, patient_id, &event);
    return announce (request, &designated_hospital_changed_message, &event, municipality, err);
}

#endif
