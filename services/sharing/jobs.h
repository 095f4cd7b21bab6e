/* jobs.h - recurring work and snapshots of sharing, for the tables of main.c. */
#ifndef SHARING_JOBS_H
#define SHARING_JOBS_H

#include "sharing.h"

int sharing_consent_turn (void *self, struct job_run *run, struct error *err);
int sharing_ems_keys (void *self, struct job_run *run, struct error *err);
int sharing_break_glass_calls (void *self, struct job_run *run, struct error *err);
int sharing_night_turn (void *self, struct job_run *run, struct error *err);

/* Present state of every patient, as the state events; key of a page: the last patient_id. */
int sharing_patient_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                          size_t *ret_count, struct error *err);
int sharing_team_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                       size_t *ret_count, struct error *err);
int sharing_hospital_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                           size_t *ret_count, struct error *err);
int sharing_entrusts_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                           size_t *ret_count, struct error *err);
int sharing_consent_page (void *self, struct request *request, const char *after, int64_t limit, struct snapshot_row *rows,
                          size_t *ret_count, struct error *err);

#endif
