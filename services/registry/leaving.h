/* leaving.h - the end of a membership: what membership_end and staff_leave share. */
#ifndef REGISTRY_LEAVING_H
#define REGISTRY_LEAVING_H

#include "people.h"

/* Somebody's place in an office, locked; whoever may not end it is told it is not there. */
int leaving_find (struct request *request, const char *person_id, const char *office_id, struct membership *ret, const char **ret_name,
                  struct error *err);
/* Ends it and the sessions there, and tells.  Refuses not_for_role when nobody would be left to run the region. */
int leaving_end (struct request *request, struct membership *membership, const char *name, struct error *err);

#endif
