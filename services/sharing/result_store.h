/* result_store.h - a crew's result in the database (engine role). */
#ifndef SHARING_RESULT_STORE_H
#define SHARING_RESULT_STORE_H

#include "patient_store.h"
#include "result.h"

extern const struct db_statement result_statements[];

struct result_patient {
    bool found;
    const char *municipality;
    enum place_kind place;
    int64_t place_version, version;             /* version: of the section on the condition */
    struct sheet_content content;               /* what that section says now */
};

/* Locks the person. */
int result_store_patient (struct hearing *hearing, const char *patient_id, struct result_patient *ret, struct error *err);
int result_store_place (struct hearing *hearing, const char *patient_id, const struct result_patient *patient,
                        const struct result_place *place, struct error *err);
int result_store_section (struct hearing *hearing, const char *patient_id, const struct result_patient *patient,
                          const struct sheet_content *content, struct error *err);

#endif
