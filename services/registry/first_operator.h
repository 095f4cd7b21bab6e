/* first_operator.h - the first account of a region, without SQL: from a file, and only while there is no account at all. */
#ifndef FIRST_OPERATOR_H
#define FIRST_OPERATOR_H

#include "registry.h"

/* path "": nothing to do.  The file is JSON, readable by its owner only: {"login", "password", "totp_secret", "name"}. */
int first_operator_make (struct registry *self, const char *path, struct error *err);

#endif
