/* boundary_store.h - outlines of municipalities in the database.  What is returned lives in the request's arena. */
#ifndef BOUNDARY_STORE_H
#define BOUNDARY_STORE_H

#include "boundary_rules.h"
#include "db.h"
#include "messages.h"
#include "service.h"

extern const struct db_statement boundary_statements[];

int boundary_store_put (struct request *request, const struct boundary_put *put, const struct outline *outline, struct error *err);
int boundary_store_list (struct request *request, struct boundary_view_list *ret, struct text_list *ret_missing, struct error *err);

#endif
