/* duty_layers.h - what lies upon a rotation's rule: tables, absences, overrides, swaps (rotation.h says in which order).  Pure. */
#ifndef NOTIFY_DUTY_LAYERS_H
#define NOTIFY_DUTY_LAYERS_H

#include "rotation.h"

struct duty_builder { struct arena *arena; struct duty_spans spans; size_t room; };

/* Empty spans are left out. */
void duty_add (struct duty_builder *builder, struct duty_span span);

/* The wider interval that holds every change which fills uncovered time and touches [from, to). */
void duty_widen (const struct rotation_rule *rule, int64_t *from, int64_t *to);

/* All layers over the rule's own spans. */
struct duty_spans duty_lay (struct arena *arena, const struct rotation_rule *rule, struct duty_spans spans, const struct absence *absences,
                            size_t absence_count);

/* The override that holds for this person wherever asked; NULL: none. */
const struct duty_change *duty_person_change (const struct duty_change *changes, size_t count, const char *person_id, int64_t instant);

#endif
