/* patient_edit.h - what a command that changes a record begins with. */
#ifndef SHARING_PATIENT_EDIT_H
#define SHARING_PATIENT_EDIT_H

#include "patient_store.h"

/* Locks the patient until the transaction ends.  ERROR_NOT_FOR_YOU: not open to the actor; ERROR_NOT_FOR_ROLE: for reading only. */
static inline int patient_for_edit (struct request *request, const char *patient_id, struct record *ret, struct error *err)
{
    if (patient_store_lock (request, patient_id, (enum sheet_section) 0, ret, err) < 0)
        return -1;
    return standing_check_edit (&ret->standing, err);
}

#endif
