/* route_store.h - contact routes between hospitals and doctors, and their trials, in the database. */
#ifndef NOTIFY_ROUTE_STORE_H
#define NOTIFY_ROUTE_STORE_H

#include "route_rules.h"

extern const struct db_statement route_statements[];

/* ret->name NULL: no such office. */
int route_office_get (struct db *db, struct arena *arena, const char *office_id, struct route_office *ret, struct error *err);
/* ERROR_NOT_FOR_YOU: no such office, or not the actor's to write for. */
int route_office_for_edit (struct request *request, const char *office_id, struct route_office *ret, struct error *err);

struct route_row { const char *route_id, *address; enum route_means means; };
/* ret->route_id NULL: no such route of this office, or it serves no more. */
int route_get (struct db *db, struct arena *arena, const char *office_id, const char *route_id, struct route_row *ret, struct error *err);
int route_count (struct db *db, const char *office_id, int64_t *ret, struct error *err);

/* A changed address begins without trials.  ERROR_NOT_FOR_YOU: the id is another office's route, or of one that serves no more. */
int route_put (struct request *request, const struct contact_route_put *put, const char *municipality, const char *address, bool is_new,
               struct error *err);
int route_remove (struct request *request, const char *office_id, const char *route_id, struct error *err);

/* ERROR_ALREADY_THERE: the id was used before. */
int route_add_call (struct request *request, const struct contact_route_test *test, const char *delivery_id, struct error *err);
/* The machine's call, with a fixed sentence. */
int route_queue_call (struct request *request, const char *office_id, const char *phone, const char *delivery_id, struct error *err);

/* Offices on the other side of a registration, by name, without their routes. */
int route_partners (struct db *db, struct arena *arena, struct route_partner_list *ret, struct error *err);

/* By time, then means, each with its newest trials. */
int route_views (struct request *request, const char *office_id, struct route_view_list *ret, struct error *err);

#endif
