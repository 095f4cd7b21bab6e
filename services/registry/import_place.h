/* import_place.h - in which municipality a row's facility stands, when no column says its six digits.  Pure.
 *
 * From the prefecture's and the municipality's digits (医療情報ネット: 43 + 101), else from the address, which may leave out its prefecture when
 * the profile, the number or the code of the list's own prefecture tells it.  A row whose place cannot be told is refused.
 */
#ifndef REGISTRY_IMPORT_PLACE_H
#define REGISTRY_IMPORT_PLACE_H

#include "import_rules.h"

/* Cells as in the file, "" when it has none.  The value's text is the code; prefecture_name and city_name of the row are filled in when the
 * file has no such columns. */
struct value import_place (const struct import_profile *profile, struct arena *arena, const char *prefecture_code, const char *city_code,
                           struct facility_row *row);

#endif
