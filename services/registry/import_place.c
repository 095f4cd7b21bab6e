/* import_place.c - see import_place.h. */
#include "import_place.h"
#include "import_values.h"
#include "japan_places.h"

/* 430005 is a prefecture, not a place. */
static bool is_prefecture (const char *code)
{
    return strncmp (code + 2, "000", 3) == 0;
}

/* The two digits of the prefecture, as far as anything but the address tells; NULL: nothing does. */
static const char *prefecture_of (const struct import_profile *profile, struct arena *arena, const struct facility_row *row)
{
    if (profile->prefecture)
        return profile->prefecture;
    if (row->located_in)
        return arena_copy (arena, row->located_in, 2);
    return (profile->number == NUMBER_KOUSEIKYOKU || profile->number == NUMBER_IRYO) && row->number ? arena_copy (arena, row->number, 2) : NULL;
}

static struct value of_address (const struct import_profile *profile, struct arena *arena, struct facility_row *row)
{
    const char *address = arena_print (arena, "%s%s%s", row->prefecture_name ? row->prefecture_name : "", row->city_name ? row->city_name : "",
                                       row->address ? row->address : "");
    const char *prefecture = prefecture_of (profile, arena, row);
    struct japan_place place;

    /* a city's own list may leave out the city, too */
    if ((row->address && japan_place_of_address (arena, prefecture, row->address, &place))
        || japan_place_of_address (arena, prefecture, address, &place))
        return (struct value) { .text = arena_text (arena, place.code) };
    return (struct value) { .refusal = "市区町村が分かりません（住所から読み取れません）" };
}

static void name_place (struct facility_row *row)
{
    struct japan_place place;

    if (!japan_place_of_code (row->located_in, &place))
        return;
    row->prefecture_name = row->prefecture_name ? row->prefecture_name : place.prefecture;
    row->city_name = row->city_name ? row->city_name : place.name;
}

struct value import_place (const struct import_profile *profile, struct arena *arena, const char *prefecture_code, const char *city_code,
                           struct facility_row *row)
{
    struct value value = { .text = row->located_in };

    if (!value.text && (*prefecture_code || *city_code))
        value = value_split_code (arena, prefecture_code, city_code);
    else if (!value.text || is_prefecture (value.text))
        value = of_address (profile, arena, row);
    row->located_in = value.text;
    if (value.text)
        name_place (row);
    return value;
}
