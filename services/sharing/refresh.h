/* refresh.h - brings access of many patients in line, one after the other in ascending order of ids. */
#ifndef SHARING_REFRESH_H
#define SHARING_REFRESH_H

#include "patient_store.h"
#include "team_store.h"

static inline int refresh_all (struct db *db, const struct patient_key_list *patients, struct error *err)
{
    for (size_t i = 0; i < patients->count; i++)
        if (patient_store_refresh (db, patients->items[i].municipality, patients->items[i].patient_id, err) < 0)
            return -1;
    return 0;
}

#endif
