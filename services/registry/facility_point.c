/* facility_point.c - see facility_point.h. */
#include "facility_point.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000000, CELL = 10000, ROWS_MAX = 200, COLUMNS = 100000, NEAREST = 100, FARTHEST = 50000, STANDARD = 2000 };
static const double metres_of_degree = 111195;

bool degrees_read (const char *text, int64_t *ret)
{
    size_t length = text ? strlen (text) : 0;
    double value;

    if (length == 0 || length > 20 || strspn (text, "-0123456789.") != length)
        return false;
    value = strtod (text, (char **) &text);
    *ret = llround (value * MILLION);
    return *text == '\0' && value >= -180 && value <= 180;
}

int spot_read (const struct facility_search *query, struct spot *ret, struct error *err)
{
    bool has_latitude = query->latitude && *query->latitude, has_longitude = query->longitude && *query->longitude;

    *ret = (struct spot) { .wanted = has_latitude && has_longitude, .metres = query->has_distance ? query->distance : STANDARD };
    if (has_latitude != has_longitude)
        return fail (err, ERROR_FIELD_MISSING, has_latitude ? "/longitude" : "/latitude", "half a point");
    if (!ret->wanted)
        return 0;
    if (!degrees_read (query->latitude, &ret->latitude) || ret->latitude < 20 * MILLION || ret->latitude > 46 * MILLION)
        return fail_range (err, "/latitude", 20, 46);
    if (!degrees_read (query->longitude, &ret->longitude) || ret->longitude < 122 * MILLION || ret->longitude > 154 * MILLION)
        return fail_range (err, "/longitude", 122, 154);
    return ret->metres >= NEAREST && ret->metres <= FARTHEST ? 0 : fail_range (err, "/distance", NEAREST, FARTHEST);
}

int square_read (const char *text, const char *pointer, bool *ret_wanted, struct square *ret, struct error *err)
{
    int64_t *const sides[] = { &ret->west, &ret->south, &ret->east, &ret->north };
    char copy[100], *rest = copy, *part;
    int count = 0;

    *ret_wanted = text && *text;
    if (!*ret_wanted)
        return 0;
    snprintf (copy, sizeof copy, "%s", text);
    while ((part = strsep (&rest, ",")) != NULL && count < 5)
        if (count == 4 || !degrees_read (part, sides[count++]))
            return fail (err, ERROR_FIELD_WRONG_TYPE, pointer, "no square of four numbers");
    if (count != 4 || ret->west >= ret->east || ret->south >= ret->north)
        return fail (err, ERROR_FIELD_WRONG_TYPE, pointer, "no square of four numbers");
    return 0;
}

const char *square_text (struct arena *arena, const struct square *square)
{
    return arena_print (arena, "%.6f,%.6f,%.6f,%.6f", (double) square->west / MILLION, (double) square->south / MILLION,
                        (double) square->east / MILLION, (double) square->north / MILLION);
}

struct square spot_square (const struct spot *spot)
{
    double north = (double) spot->metres / metres_of_degree * MILLION;
    double east = north / cos ((double) spot->latitude / MILLION * M_PI / 180);

    return (struct square) { spot->longitude - (int64_t) east - 1, spot->latitude - (int64_t) north - 1, spot->longitude + (int64_t) east + 2,
                             spot->latitude + (int64_t) north + 2 };
}

static int64_t between (int64_t low, int64_t value, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

struct cell_ranges square_cells (struct arena *arena, const struct square *square)
{
    int64_t first = between (0, square->south / CELL, 9000), last = between (0, (square->north - 1) / CELL, 9000);
    int64_t west = between (0, square->west / CELL, COLUMNS - 1), east = between (0, (square->east - 1) / CELL, COLUMNS - 1);
    size_t rows = last - first < ROWS_MAX ? (size_t) (last - first + 1) : 1;
    int64_t *low = arena_alloc (arena, rows * sizeof *low), *high = arena_alloc (arena, rows * sizeof *high);

    for (size_t i = 0; i < rows; i++) {
        low[i] = (first + (int64_t) i) * COLUMNS + west;
        high[i] = (rows == 1 ? last : first + (int64_t) i) * COLUMNS + east;
    }
    return (struct cell_ranges) { { low, rows }, { high, rows } };
}

/* Squares look square at 37 degrees north. */
struct steps square_steps (const struct square *square, int64_t across)
{
    static const int64_t round[] = { 1, 2, 5 };
    int64_t wide = square->east - square->west, tall = (square->north - square->south) * 5 / 4, step = 100;

    for (int i = 0; step * across < (wide > tall ? wide : tall); i++)
        step = round[(i + 1) % 3] * (int64_t) pow (10, 2 + (i + 1) / 3);
    return (struct steps) { step, step * 4 / 5 };
}
