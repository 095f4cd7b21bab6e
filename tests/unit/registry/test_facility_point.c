/* Points, squares and the grid, and outlines of municipalities. */
#include <string.h>
#include "boundary_rules.h"
#include "facility_point.h"
#include "tap.h"

static struct arena arena;
static struct error err;

static const char *spot_of (const char *latitude, const char *longitude, int64_t distance, struct spot *ret)
{
    struct facility_search query = { .latitude = latitude, .longitude = longitude, .has_distance = distance != 0, .distance = distance };

    err = (struct error) { 0 };
    return spot_read (&query, ret, &err) == 0 ? "taken" : err.fields[0].pointer;
}

static void spots (void)
{
    struct spot spot;

    is (spot_of ("35.5", "139.25", 0, &spot), "taken", "A-21 a point in degrees");
    ok (spot.wanted && spot.latitude == 35500000 && spot.longitude == 139250000 && spot.metres == 2000, "...in millionths, two kilometres around");
    is (spot_of (NULL, "", 0, &spot), "taken", "no point");
    ok (!spot.wanted, "...is none");
    is (spot_of ("35.5", NULL, 0, &spot), "/longitude", "half a point is refused");
    is (spot_of (NULL, "139", 0, &spot), "/latitude", "...the other half, too");
    is (spot_of ("0", "0", 0, &spot), "/latitude", "a point outside Japan is refused");
    is (spot_of ("35", "179", 0, &spot), "/longitude", "...by its longitude, too");
    is (spot_of ("35x", "139", 0, &spot), "/latitude", "what is no number is refused");
    is (spot_of ("35", "139", 99, &spot), "/distance", "99 m is no distance");
    is (spot_of ("35", "139", 50001, &spot), "/distance", "...nor more than 50 km");
}

static const char *square_of (const char *text, struct square *ret)
{
    bool wanted = false;

    err = (struct error) { 0 };
    return square_read (text, "/box", &wanted, ret, &err) < 0 ? err.fields[0].pointer : wanted ? "wanted" : "none";
}

static void squares (void)
{
    struct square square;

    is (square_of ("139.1,35.2,139.3,35.4", &square), "wanted", "A-19 a square: west, south, east, north");
    is (square_text (&arena, &square), "139.100000,35.200000,139.300000,35.400000", "...and back");
    is (square_of ("", &square), "none", "no square");
    is (square_of ("139.1,35.2,139.3", &square), "/box", "three numbers are no square");
    is (square_of ("139.1,35.2,139.3,35.4,1", &square), "/box", "...nor five");
    is (square_of ("139.3,35.2,139.1,35.4", &square), "/box", "...nor one whose east lies west");
    is (square_of ("a,b,c,d", &square), "/box", "...nor letters");
}

/* The number the database makes of a point (migration 0060). */
static int64_t cell_of (int64_t latitude, int64_t longitude)
{
    return latitude / 10000 * 100000 + longitude / 10000;
}

static bool holds (const struct cell_ranges *cells, int64_t cell)
{
    for (size_t i = 0; i < cells->low.count; i++)
        if (cell >= cells->low.items[i] && cell <= cells->high.items[i])
            return true;
    return false;
}

static void cells (void)
{
    struct spot spot = { true, 35500000, 139250000, 2000 };
    struct square square = spot_square (&spot);
    struct cell_ranges ranges = square_cells (&arena, &square);

    ok (ranges.low.count >= 4 && ranges.low.count <= 6, "A-21 two kilometres around a point are some rows of the grid");
    ok (holds (&ranges, cell_of (35500000, 139250000)) && holds (&ranges, cell_of (35517000, 139250000)) && holds (&ranges, cell_of (35500000, 139228000)),
        "...that hold what lies within");
    ok (!holds (&ranges, cell_of (35600000, 139250000)) && !holds (&ranges, cell_of (35500000, 139400000)), "...and not what lies far off");
    square = (struct square) { 122000000, 20000000, 154000000, 46000000 };
    ranges = square_cells (&arena, &square);
    ok (ranges.low.count == 1 && holds (&ranges, cell_of (35600000, 139250000)), "all Japan is one range");
}

static void steps (void)
{
    struct square wide = { 139000000, 35000000, 139400000, 35100000 }, moved = { 139150000, 35000000, 139550000, 35100000 };
    struct steps first = square_steps (&wide, 24), second = square_steps (&moved, 24);

    ok (first.x == 20000 && first.y == 16000, "A-19 a view 0.4 degrees wide has squares of a round size");
    ok (first.x == second.x && first.y == second.y, "...the same when the map is moved");
    is_number (square_steps (&(struct square) { 0, 0, 1, 1 }, 24).x, 100, "a point alone has the smallest squares");
}

static const char *outline_of (const int64_t *rings, size_t ring_count, const int64_t *points, size_t count, struct outline *ret)
{
    struct boundary_put put = { .municipality = "990019", .name = "みずき市", .edition = "2026-01-01", .credit = "架空", .rings = { rings, ring_count },
                                .points = { points, count } };

    err = (struct error) { 0 };
    return boundary_read (&put, &arena, ret, &err) == 0 ? ret->path : err.fields[0].pointer;
}

static void outlines (void)
{
    const int64_t square[] = { 139000000, 35000000, 139050000, 35000000, 139100000, 35000000, 139100000, 35100050, 139000000, 35100000, 139000000, 35000000 };
    const int64_t five = 5, six = 6, two = 2;
    struct outline outline;

    is (outline_of (&six, 1, square, 12, &outline), "M1390000 -350000l1000 0 0 -1000 -1000 0z",
        "A-19 an outline on the grid: without the point on a straight line, closed once");
    ok (outline.box.west == 139000000 && outline.box.north == 35100050, "...with the box it really fills");
    is (outline_of (&five, 1, square, 12, &outline), "/rings", "rings that leave a point over are refused");
    is (outline_of (&two, 1, square, 4, &outline), "/rings", "two points are no ring");
    is (outline_of (NULL, 0, NULL, 0, &outline), "/rings", "nothing is no outline");
    is (outline_of (&six, 1, (const int64_t[12]) { 0 }, 12, &outline), "/points", "points outside Japan are refused");
    is (outline_of ((const int64_t[]) { 3 }, 1, (const int64_t[]) { 139000000, 35000000, 139000010, 35000000, 139000010, 35000010 }, 6, &outline), "/points",
        "what is smaller than the grid is refused");
}

int main (void)
{
    spots ();
    squares ();
    cells ();
    steps ();
    outlines ();
    arena_done (&arena);
    return done ();
}
