/* fhir_ask.h - what other systems ask by FHIR, read and checked.  Pure; results live in the arena. */
#ifndef REGISTRY_FHIR_ASK_H
#define REGISTRY_FHIR_ASK_H

#include "fhir.h"

/* field_unknown_choice at /format: another than JSON. */
int fhir_format_check (const char *format, struct error *err);

struct fhir_asked {
    enum fhir_type type;
    const char *facility_id;                /* NULL: any */
    const char *identifier;                 /* the number as it was written; NULL: any */
    struct text_list numbers;               /* as the registry may have it */
    bool nothing;                           /* nothing can be found: an id that is none, a system we do not know */
    int64_t count;
    const char *self, *next;                /* of struct fhir_bundle */
};

/* Refuses not_for_you: no such type; field_unknown: a parameter the type does not have; field_out_of_range; field_wrong_type at /page. */
int fhir_ask_read (struct arena *arena, const struct fhir_search *query, struct fhir_asked *ret, struct error *err);

/* Whether it is the one whose identifier was asked for: seven digits with prefecture may belong to a doctor and a dentist. */
bool fhir_ask_fits (struct arena *arena, const struct fhir_asked *asked, const struct open_facility *facility);

#endif
