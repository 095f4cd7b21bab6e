/* status.h - how the service is, for readiness, `renkei status` and doctor: database, mesh, projections, quarantine, subscribers. */
#ifndef RUNTIME_STATUS_H
#define RUNTIME_STATUS_H

#include "runtime.h"

extern const struct db_statement status_statements[];

void status_mesh (struct runtime *runtime, bool sound);         /* what the last canary said */

#endif
