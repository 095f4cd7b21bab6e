/* Lists of 二次医療圏: codes with five digits, wards, what is refused. */
#include <string.h>
#include "area_rules.h"
#include "tap.h"

static struct arena arena;
static struct error err;

static const char *area_of (struct medical_area_member_list rows, const char *municipality)
{
    for (size_t i = 0; i < rows.count; i++)
        if (strcmp (rows.items[i].municipality, municipality) == 0)
            return rows.items[i].area;
    return "none";
}

static struct medical_area_member_list read_rows (const struct medical_area_member *rows, size_t count)
{
    struct medical_area_member_list ret = { 0 };

    err = (struct error) { 0 };
    medical_areas_read (&(struct medical_areas_put) { { rows, count } }, &arena, &ret, &err);
    return ret;
}

static void wards (void)
{
    const struct medical_area_member kumamoto[] = { { "4312", "熊本・上益城", "43105" }, { "4312", "熊本・上益城", "43101" },
                                                    { "1203", "東葛北部", "12217" } };
    const struct medical_area_member apart[] = { { "1401", "横浜北部", "14101" }, { "1402", "横浜西部", "14102" } };
    struct medical_area_member_list rows = read_rows (kumamoto, 3);

    is_number ((int64_t) rows.count, 4, "three rows, and the city of two wards");
    is (area_of (rows, "431001"), "4312", "A-31 a city lies where all its wards lie");
    is (area_of (rows, "431052"), "4312", "...as the wards do");
    is (area_of (rows, "122173"), "1203", "a city without wards lies where the list says");
    rows = read_rows (apart, 2);
    is (area_of (rows, "141003"), "none", "A-31 a city whose wards lie apart lies in no area by itself");
}

static void refused (void)
{
    const struct medical_area_member twice[] = { { "1203", "東葛北部", "12217" }, { "1204", "印旛", "122173" } };

    read_rows (twice, 2);
    is (error_name_of (&err), "item_twice", "a municipality lies in one area: listed twice it is refused");
    read_rows (&(struct medical_area_member) { "1203", "東葛北部", "99" }, 1);
    is (err.fields[0].pointer, "/areas/0/municipality", "what is no code is named by its row");
    read_rows (&(struct medical_area_member) { "1203", "東葛北部", "122170" }, 1);
    is (err.fields[0].pointer, "/areas/0/municipality", "a wrong check digit, too");
    read_rows (&(struct medical_area_member) { "203", "東葛北部", "12217" }, 1);
    is (err.fields[0].pointer, "/areas/0/area", "an area that lost its zero, too");
    read_rows (&(struct medical_area_member) { "1203", "", "12217" }, 1);
    is (err.fields[0].pointer, "/areas/0/name", "an area without a name, too");
}

static void drawn (void)
{
    const char *towns[] = { "本町", "  " };
    struct care_area_put put = { .name = "北圏域", .towns = { towns, 1 } };

    is_number (care_area_check (&put, &err), 0, "a 日常生活圏域 with a name and a town");
    put.towns.count = 2;
    ok (care_area_check (&put, &err) < 0 && strcmp (err.fields[0].pointer, "/towns") == 0, "an empty town is refused: every address begins so");
    put.name = " ";
    ok (care_area_check (&put, &err) < 0 && strcmp (err.fields[0].pointer, "/name") == 0, "an empty name is refused");
}

int main (void)
{
    wards ();
    refused ();
    drawn ();
    arena_done (&arena);
    return done ();
}
