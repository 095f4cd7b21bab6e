/* area_rules.c - see area_rules.h. */
#include "area_rules.h"

#include <stdlib.h>
#include <string.h>
#include "japan.h"

static const char *wrong_field (const struct medical_area_member *row, char code[7])
{
    bool wrong_digit;

    if (japan_code_complete (row->municipality, code, &wrong_digit) < 0 || wrong_digit)
        return "municipality";
    if (strlen (row->area) != 4 || strspn (row->area, "0123456789") != 4)
        return "area";
    return *row->name ? NULL : "name";
}

static int by_code (const void *a, const void *b)
{
    return strcmp (((const struct medical_area_member *) a)->municipality, ((const struct medical_area_member *) b)->municipality);
}

/* Rows are in order of their codes: wards stand behind their city, if that is listed, and beside each other. */
static size_t add_cities (struct medical_area_member *rows, size_t count)
{
    size_t all = count;

    for (size_t i = 0, next; i < count; i = next) {
        const char *city = japan_city_of (rows[i].municipality);
        bool one_area = city != rows[i].municipality;

        for (next = i + 1; next < count && strcmp (japan_city_of (rows[next].municipality), city) == 0; next++)
            one_area &= strcmp (rows[next].area, rows[i].area) == 0;
        if (one_area)
            rows[all++] = (struct medical_area_member) { rows[i].area, rows[i].name, city };
    }
    return all;
}

int medical_areas_read (const struct medical_areas_put *put, struct arena *arena, struct medical_area_member_list *ret, struct error *err)
{
    struct medical_area_member *rows = arena_alloc (arena, (2 * put->areas.count + 1) * sizeof *rows);

    for (size_t i = 0; i < put->areas.count; i++) {
        char code[7];
        const char *wrong = wrong_field (&put->areas.items[i], code);

        if (wrong)
            return fail (err, ERROR_FIELD_WRONG_TYPE, arena_print (arena, "/areas/%zu/%s", i, wrong), "row %zu of a list of areas", i);
        rows[i] = put->areas.items[i];
        rows[i].municipality = arena_text (arena, code);
    }
    qsort (rows, put->areas.count, sizeof *rows, by_code);
    for (size_t i = 1; i < put->areas.count; i++)
        if (by_code (&rows[i - 1], &rows[i]) == 0)
            return fail (err, ERROR_ITEM_TWICE, "/areas", "%s is listed twice", rows[i].municipality);
    *ret = (struct medical_area_member_list) { rows, add_cities (rows, put->areas.count) };
    return 0;
}

int care_area_check (const struct care_area_put *put, struct error *err)
{
    if (strspn (put->name, " \t") == strlen (put->name))
        return fail (err, ERROR_TEXT_EMPTY, "/name", "a 日常生活圏域 without a name");
    for (size_t i = 0; i < put->towns.count; i++)
        if (strspn (put->towns.items[i], " \t") == strlen (put->towns.items[i]))
            return fail (err, ERROR_TEXT_EMPTY, "/towns", "town %zu is empty", i);
    return 0;
}
