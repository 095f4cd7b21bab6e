/* area_store.h - 二次医療圏 and 日常生活圏域 in the database, and which facility lies in which.  What is returned lives in the request's arena. */
#ifndef AREA_STORE_H
#define AREA_STORE_H

#include "db.h"
#include "messages.h"
#include "service.h"

extern const struct db_statement area_statements[];

int area_store_put_medical (struct request *request, struct medical_area_member_list rows, int64_t *ret_written, struct error *err);
/* Municipalities of the region in no 二次医療圏. */
int area_store_missing (struct request *request, struct text_list *ret, struct error *err);
int area_store_medical (struct request *request, struct medical_area_view_list *ret, struct error *err);
/* municipality NULL: all. */
int area_store_care (struct request *request, const char *municipality, struct care_area_view_list *ret, struct error *err);

/* A 日常生活圏域 as it is; found false: none of this id.  It is read without lock: a command holds its subject's row. */
struct care_area { const char *municipality, *name; struct text_list towns; bool removed; };
int area_store_care_area (struct request *request, const char *care_area_id, bool *ret_found, struct care_area *ret, struct error *err);
int area_store_name_is_free (struct request *request, const struct care_area_put *put, bool *ret, struct error *err);
int area_store_put_care (struct request *request, const struct care_area_put *put, bool is_new, struct error *err);
/* Places every facility of the municipality anew that no officer has placed. */
int area_store_place (struct request *request, const char *municipality, struct error *err);

/* Where a facility lies; texts NULL where it is not known. */
struct facility_lies { const char *care_area_id, *care_area, *medical_area; bool assigned; };
int area_store_lies (struct request *request, const char *facility_id, struct facility_lies *ret, struct error *err);
/* care_area_id NULL: by its address. */
int area_store_assign (struct request *request, const char *facility_id, const char *keeper, const char *care_area_id, struct error *err);

#endif
