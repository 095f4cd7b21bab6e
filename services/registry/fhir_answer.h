/* fhir_answer.h - what the answers to FHIR's questions share. */
#ifndef REGISTRY_FHIR_ANSWER_H
#define REGISTRY_FHIR_ANSWER_H

#include "fhir_ask.h"
#include "registry.h"

/* Where these resources are: the region's own address (--origin), which it knows for passkeys. */
static inline const char *fhir_base (const struct registry *self, struct arena *arena)
{
    const struct text_list *origins = &self->relying_party.origins;

    return arena_print (arena, "%s/api/v1/fhir", origins->count ? origins->items[0] : "");
}

#endif
