/* boundary_rules.c - see boundary_rules.h. */
#include "boundary_rules.h"

#include <string.h>
#include "japan.h"

enum { MILLION = 1000000, GRID = 200, UNIT = 100, RING_LEAST = 3 };

struct point { int64_t x, y; };

static int64_t on_grid (int64_t value)
{
    return (value + GRID / 2) / GRID * GRID;
}

static bool in_line (struct point a, struct point b, struct point c)
{
    return (b.x - a.x) * (c.y - a.y) == (c.x - a.x) * (b.y - a.y);
}

static bool same (struct point a, struct point b)
{
    return a.x == b.x && a.y == b.y;
}

/* What is left of a ring on the grid; the closing point is left out. */
static size_t thin_out (const int64_t *points, int64_t count, struct point *ret)
{
    size_t kept = 0;

    for (int64_t i = 0; i < count; i++) {
        struct point next = { on_grid (points[2 * i]), on_grid (points[2 * i + 1]) };

        if (kept && same (ret[kept - 1], next))
            continue;
        if (kept > 1 && in_line (ret[kept - 2], ret[kept - 1], next))
            kept--;
        ret[kept++] = next;
    }
    while (kept > 1 && same (ret[0], ret[kept - 1]))
        kept--;
    return kept;
}

/* At most 24 bytes for each point, and 40. */
static size_t write_ring (char *out, const struct point *points, size_t count)
{
    size_t room = 24 * count + 40;
    size_t size = (size_t) snprintf (out, room, "M%lld %lldl", (long long) points[0].x / UNIT, -(long long) points[0].y / UNIT);

    for (size_t i = 1; i < count; i++)
        size += (size_t) snprintf (out + size, room - size, "%s%lld %lld", i > 1 ? " " : "", (long long) (points[i].x - points[i - 1].x) / UNIT,
                                  (long long) (points[i - 1].y - points[i].y) / UNIT);
    return size + (size_t) snprintf (out + size, room - size, "z");
}

static int measure (const struct boundary_put *put, struct square *ret, struct error *err)
{
    *ret = (struct square) { INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN };
    for (size_t i = 0; i + 1 < put->points.count; i += 2) {
        int64_t x = put->points.items[i], y = put->points.items[i + 1];

        if (!japan_has_point ((double) y / MILLION, (double) x / MILLION))
            return fail (err, ERROR_FIELD_WRONG_TYPE, "/points", "point %zu lies outside Japan", i / 2);
        ret->west = x < ret->west ? x : ret->west;
        ret->east = x > ret->east ? x : ret->east;
        ret->south = y < ret->south ? y : ret->south;
        ret->north = y > ret->north ? y : ret->north;
    }
    return 0;
}

static int check_words (const struct boundary_put *put, struct error *err)
{
    int64_t x, y;

    if (!japan_code_is_valid (put->municipality))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/municipality", "no code");
    if (!*put->name || !*put->credit)
        return fail (err, ERROR_TEXT_EMPTY, *put->name ? "/credit" : "/name", "nothing there");
    if (!put->office_latitude && !put->office_longitude)
        return 0;
    if (!degrees_read (put->office_latitude, &y) || !degrees_read (put->office_longitude, &x)
        || !japan_has_point ((double) y / MILLION, (double) x / MILLION))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/office_latitude", "no point in Japan");
    return 0;
}

static int check_rings (const struct boundary_put *put, struct error *err)
{
    int64_t points = 0;

    for (size_t i = 0; i < put->rings.count; i++) {
        if (put->rings.items[i] < RING_LEAST || put->rings.items[i] > (int64_t) put->points.count)
            return fail (err, ERROR_FIELD_WRONG_TYPE, "/rings", "ring %zu is no ring", i);
        points += put->rings.items[i];
    }
    if (points == 0 || 2 * points != (int64_t) put->points.count)
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/rings", "%zu numbers are not %lld points", put->points.count, (long long) points);
    return 0;
}

int boundary_read (const struct boundary_put *put, struct arena *arena, struct outline *ret, struct error *err)
{
    struct point *ring = arena_alloc (arena, (put->points.count / 2 + 1) * sizeof *ring);
    char *path = arena_alloc (arena, put->points.count * 12 + put->rings.count * 40 + 1);
    const int64_t *from = put->points.items;
    size_t size = 0;

    *path = '\0';
    if (check_words (put, err) < 0 || check_rings (put, err) < 0 || measure (put, &ret->box, err) < 0)
        return -1;
    for (size_t i = 0; i < put->rings.count; i++) {
        size_t kept = thin_out (from, put->rings.items[i], ring);

        if (kept >= RING_LEAST)
            size += write_ring (path + size, ring, kept);
        from += 2 * put->rings.items[i];
    }
    ret->path = path;
    return size ? 0 : fail (err, ERROR_FIELD_WRONG_TYPE, "/points", "smaller than the grid");
}
