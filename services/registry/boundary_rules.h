/* boundary_rules.h - outlines of a municipality as the map draws them: pure, no I/O.
 *
 * Points are set on a grid of 0.0002 degrees (about 20 m), points on a straight line between their neighbours left out: two municipalities
 * that share a border keep sharing it, because each point moves by itself.  Ownership: results live in the arena given.
 */
#ifndef BOUNDARY_RULES_H
#define BOUNDARY_RULES_H

#include "arena.h"
#include "error.h"
#include "facility_point.h"
#include "messages.h"

struct outline {
    const char *path;               /* SVG: degrees east, degrees south (negative), both times 10000 */
    struct square box;
};

/* Refuses, naming the field: rings and points that do not fit each other, a point outside Japan, no outline that is left, an office with half
 * a point, a code that is none, no name, no credit. */
int boundary_read (const struct boundary_put *put, struct arena *arena, struct outline *ret, struct error *err);

#endif
