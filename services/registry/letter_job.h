/* letter_job.h - the job "letters": facilities whose confirmation has fallen due get a letter, and letters go out by e-mail.
 *
 * A hundred of each a run, in one transaction with the note that they were asked: never twice.  A confirmation nobody answers is repeated
 * after 30 days, three times in all; a survey is repeated by the coordinator only.  What has no e-mail waits to be printed. */
#ifndef REGISTRY_LETTER_JOB_H
#define REGISTRY_LETTER_JOB_H

#include "service.h"

int letter_job (void *service, struct job_run *run, struct error *err);

#endif
