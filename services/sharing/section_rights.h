/* section_rights.h - may this actor read this section of this person's sheet?  In the same words as for an unknown person. */
#ifndef SHARING_SECTION_RIGHTS_H
#define SHARING_SECTION_RIGHTS_H

#include "patient_store.h"
#include "sheet.h"

static inline int section_check_read (const struct record *patient, enum sheet_section section, struct error *err)
{
    if (standing_check_read (&patient->standing, err) < 0)
        return -1;
    if (sheet_is_hidden (section, patient->standing.roles))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "section %d is kept from this role", (int) section);
    return 0;
}

/* For the ledger: "condition 3" */
static inline const char *section_items (struct request *request, enum sheet_section section, const char *what)
{
    return arena_print (request->arena, "%s %s", enum_name (&sheet_section_type, section), what);
}

#endif
