/* japan_places.h - municipalities and wards of Japan by official code (japan_places.txt, compiled in).  Pure.
 *
 * Source: code4fukui/localgovjp (CC0), and the wards Hamamatsu has had since 2024.  A code that is not in the list is no wrong code: lists age.
 * Names and prefectures live for ever.
 */
#ifndef REGISTRY_JAPAN_PLACES_H
#define REGISTRY_JAPAN_PLACES_H

#include <stdbool.h>
#include "arena.h"

struct japan_place { char code[7]; const char *prefecture, *name; };

/* By code; false when it is not in the list. */
bool japan_place_of_code (const char *code, struct japan_place *ret);
/* The municipality an address begins with; the address may leave out its prefecture when that is given (two digits, else NULL). */
bool japan_place_of_address (struct arena *arena, const char *prefecture, const char *address, struct japan_place *ret);

#endif
