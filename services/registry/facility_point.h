/* facility_point.h - points, squares and the grid by which neighbours are found.  Pure.
 *
 * Degrees are whole millionths (0.1 m), so that a point on an edge lies in exactly one square: west and south belong to it, east and north
 * do not.  A row of the grid is a hundredth of a degree high; the column facility.cell (migration 0060) counts its squares from west to
 * east.  Results live in the arena given.
 */
#ifndef FACILITY_POINT_H
#define FACILITY_POINT_H

#include "arena.h"
#include "error.h"
#include "messages.h"

struct square { int64_t west, south, east, north; };    /* millionths of a degree */
struct spot { bool wanted; int64_t latitude, longitude, metres; };
struct cell_ranges { struct i64_list low, high; };      /* facility.cell from low to high, disjoint */
struct steps { int64_t x, y; };                         /* size of a square of the map */

/* Degrees as text ("35.123456") into millionths; false for anything else. */
bool degrees_read (const char *text, int64_t *ret);

/* Refuses field_missing: one coordinate without the other; field_out_of_range: not in Japan, a distance under 100 m or over 50 km. */
int spot_read (const struct facility_search *query, struct spot *ret, struct error *err);
/* "west,south,east,north" in degrees; *ret_wanted false when text is NULL or "".  Refuses field_wrong_type at the pointer. */
int square_read (const char *text, const char *pointer, bool *ret_wanted, struct square *ret, struct error *err);
const char *square_text (struct arena *arena, const struct square *square);

/* The square around the point that holds everything within its distance. */
struct square spot_square (const struct spot *spot);
/* Ranges of the grid that hold the square: one for each row, or one for all when there are more than 200. */
struct cell_ranges square_cells (struct arena *arena, const struct square *square);

/* A round size so that the square is about so many squares across; two views of one size have the same squares. */
struct steps square_steps (const struct square *square, int64_t across);

#endif
