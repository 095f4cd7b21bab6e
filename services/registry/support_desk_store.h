/* support_desk_store.h - desks of municipalities for questions about care at home, in the database (O-01). */
#ifndef REGISTRY_SUPPORT_DESK_STORE_H
#define REGISTRY_SUPPORT_DESK_STORE_H

#include "service.h"

extern const struct db_statement support_desk_statements[];

/* ret_municipality: of the desk, NULL when there is none of this id. */
int support_desk_store_find (struct request *request, const char *desk_id, const char **ret_municipality, struct error *err);
/* When all of it stands there already, nothing is written. */
int support_desk_store_put (struct request *request, const struct support_desk_put *put, struct error *err);
/* municipality NULL: of all; closed ones only when asked for. */
int support_desk_store_list (struct request *request, const char *municipality, bool closed_too, struct support_desk_view_list *ret,
                             struct error *err);

#endif
