/* lookup_store.h - look-ups with their reasons, telephone calls, and the scheme's outlines. */
#ifndef DISPATCH_LOOKUP_STORE_H
#define DISPATCH_LOOKUP_STORE_H

#include "service.h"

extern const struct db_statement lookup_statements[];

struct lookup {
    const char *lookup_id, *partner_id, *incident_id, *number, *unit, *person_id, *patient_id;
    enum match_result result;
    enum ems_ground ground;
    bool strong, by_telephone;
    struct text_list candidates;
    int64_t asked_at, released_at;
};

int lookup_add (struct request *request, const struct lookup_find *message, const char *partner_id, const char *incident_id,
                const char *unit, const char *keys, const struct ems_find_answer *found, bool strong, struct error *err);
/* Of the own office; NULL lookup_id: none. */
int lookup_read (struct request *request, const char *lookup_id, struct lookup *ret, struct error *err);
int lookup_release (struct request *request, const struct lookup_open *message, const char *patient_id, struct error *err);
/* A crew says its incident's number on the telephone; NULL: no such run. */
int lookup_running (struct request *request, const char *partner_id, const char *number, const char **ret, struct error *err);

int call_write (struct request *request, const struct call_record *message, struct error *err);

int outline_add (struct request *request, const struct outline_put *message, struct error *err);
int outline_confirm (struct request *request, const struct outline_receive *message, bool *ret_done, struct error *err);
int outline_all (struct request *request, bool whole_region, struct outline_list_answer *answer, struct error *err);

int export_position (struct request *request, const char *partner_id, bool by_key, const char **ret, struct error *err);
int export_taken (struct request *request, const char *partner_id, bool by_key, const char *position, struct error *err);

#endif
