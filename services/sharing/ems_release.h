/* ems_release.h - which parts of a record a partner gets: the agreed list, cut down to the partner's own set, and some only while an
 * incident runs (EMS-08 and practice.md, Fire/EMS).  Whatever is not named in enum ems_field cannot leave.  No I/O.
 */
#ifndef SHARING_EMS_RELEASE_H
#define SHARING_EMS_RELEASE_H

#include <stdint.h>
#include "ems_store.h"

#define EMS_FIELD_BIT(field) (1u << (field))

/* Bits of what may be told.  wanted empty and absent: the whole list. */
unsigned ems_fields (struct enum_list wanted, bool running);
/* "age care_level …" */
const char *ems_field_names (unsigned fields, struct arena *arena);

int ems_check_release (const struct ems_record *message, struct error *err);

/* Fills the answer; ids and at are left to the caller. */
void ems_tell (const struct ems_person_view *person, unsigned fields, const char *today, struct arena *arena,
               struct ems_record_answer *ret);

#endif
