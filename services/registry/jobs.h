/* jobs.h - what registry does by itself, beside imports (import.h). */
#ifndef REGISTRY_JOBS_H
#define REGISTRY_JOBS_H

#include "service.h"

/* Says 60, 30 and 7 days before an agreement ends that it does (KU-08). */
int agreement_warnings_job (void *self, struct job_run *run, struct error *err);

#endif
