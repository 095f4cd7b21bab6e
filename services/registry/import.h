/* import.h - one import as the job keeps it, and the steps it takes.
 *
 * checking: read → count → cover → (wait); a part of a list is not counted      running: verify → write → absent → clean → end      refused, failed: clean → end
 * Each step is one transaction of at most about 200 ms; where it stands is in the row, so a crash loses nothing but the step it broke.
 * Imports run one after the other, oldest first, on the job thread of the process that holds the lease "import".
 */
#ifndef REGISTRY_IMPORT_H
#define REGISTRY_IMPORT_H

#include <stdbool.h>
#include <stdint.h>
#include "csv.h"
#include "import_rules.h"
#include "registry.h"

struct import {
    const char *municipality, *import_id, *upload_id, *profile, *source_date, *encoding, *state, *phase, *header, *why, *run_by;
    const char *looked_at;              /* last facility looked at for absence; NULL: none yet */
    const char *profiles_dir;
    bool force, partial;                /* partial: what the file leaves out is not missing */
    int64_t at, size, line, written_line, written, chunk, staged, base;
    int64_t rows_read, added, changed, unchanged, refused, doubtful, absent, lost_zeros, phone_is_number;
};

/* A row of the file on its way: compared with the registry. */
struct import_row {
    const struct facility_row *read;
    struct bytes record;                /* as the file has it */
    char facility_id[37], content[37];
    char kind;                          /* n new, c changed, u unchanged, r refused */
};

/* The job "import": see service.h. */
int import_job (void *service, struct job_run *run, struct error *err);

/* One step of reading: a piece of the file into import_row.  Sets phase, or state refused with its reason. */
int import_read_step (struct job_run *run, struct import *import, struct error *err);
void import_refuse (struct import *import, const char *why);
void import_fail (struct import *import, const char *why);

#endif
