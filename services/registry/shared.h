/* shared.h - signs that several people use one account (E-27): a fact to be told, nobody is locked out.
 *
 * One person on a phone and a PC is normal.  Two PCs, or two phones, that are used within the same minutes are not; the same PC's browser
 * from two networks is two PCs.  shared_is_suspicious is pure; shared_job looks once a minute (engine role).
 */
#ifndef REGISTRY_SHARED_H
#define REGISTRY_SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include "error.h"
#include "service.h"

enum { SHARED_MINUTES = 5, SHARED_DEVICES_MOST = 10 };

struct shared_use { const char *device, *source; };     /* of one open session used within the last minutes; NULL: not known */

bool shared_is_suspicious (const struct shared_use *uses, size_t count);

int shared_job (void *service, struct job_run *run, struct error *err);

#endif
