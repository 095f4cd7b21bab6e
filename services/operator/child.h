/* child.h - runs another program of this machine and waits for it; never through a shell. */
#ifndef OPERATOR_CHILD_H
#define OPERATOR_CHILD_H

#include <stddef.h>

/* argv ends with NULL; the program is looked for in PATH.  Returns its exit status, -1 when it cannot be started or was killed. */
int child_run (char *const argv[]);
/* The same, its output in memory (malloc).  At most `most` bytes. */
int child_read (char *const argv[], size_t most, char **ret, size_t *ret_size);
/* A program that stands beside this one, or its bare name. */
const char *child_beside (const char *program, const char *name, char *buffer, size_t size);

#endif
