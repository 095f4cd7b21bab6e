/* opening_wire.h - opening hours as they are sent and shown.  Pure; everything returned lives in the arena given. */
#ifndef REGISTRY_OPENING_WIRE_H
#define REGISTRY_OPENING_WIRE_H

#include "facility_hours_store.h"

/* Checked; -1 with the field that is wrong. */
int opening_of_message (const struct facility_hours_put *message, struct arena *arena, struct opening_hours *ret, struct error *err);
struct hours_view opening_view (const struct known_hours *known, struct arena *arena);

/* The item of table 1 such hours belong to. */
enum facility_item opening_item (enum hours_purpose purpose);

#endif
