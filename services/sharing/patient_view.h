/* patient_view.h - the head of a record as one reader sees it: with team and consents, without what is kept from the reader's roles. */
#ifndef SHARING_PATIENT_VIEW_H
#define SHARING_PATIENT_VIEW_H

#include "patient_store.h"

/* The caller has checked the standing.  Everything lives in the request's arena. */
int patient_view_read (struct request *request, const struct record *patient, const char *patient_id, struct patient_answer *ret,
                       struct error *err);

#endif
