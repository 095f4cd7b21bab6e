/* mandate_store.h - which municipality lets which office act for it (KU-11). */
#ifndef REGISTRY_MANDATE_STORE_H
#define REGISTRY_MANDATE_STORE_H

#include "service.h"

extern const struct db_statement mandate_statements[];

/* Of its municipality, office and period; found false: none of this id. */
int mandate_store_find (struct request *request, const char *mandate_id, bool *ret_found, struct mandate_put *ret, struct error *err);
int mandate_store_put (struct request *request, const struct mandate_put *put, bool is_new, struct error *err);
/* May the office act for the municipality now? */
int mandate_store_holds (struct request *request, const char *office_id, const char *municipality, bool *ret, struct error *err);
/* `today` in Japan.  Of all offices, by whether they are over. */
int mandate_store_list (struct request *request, const char *today, struct mandate_view_list *ret, struct error *err);
/* In force today, of the offices this person works in. */
int mandate_store_of_person (struct request *request, const char *person_id, const char *today, struct mandate_view_list *ret,
                             struct error *err);

#endif
