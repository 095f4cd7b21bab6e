/* fhir.h - facilities as resources of HL7 FHIR R4 (4.0.1), as residents may see them.  Pure.
 *
 * One facility of the registry is one Organization, one Location, one HealthcareService and one PractitionerRole, all with its id: several
 * services of one number differ in name, address and telephone.  The PractitionerRole names no person: it is whom the organisation sends.
 * What a facility can do (table 1) are characteristics of its HealthcareService when it says yes, its own words stand in extraDetails.
 * Identifiers: of medical institutions the ten digits of JP Core (prefecture 2, 点数表 1, number 7); of all others the number in
 * the list they come from, called by that list.
 *
 * Limits: a Bundle ends when it is full (FHIR_BUNDLE_BYTES), then it links to the next.  Ownership: the arena's.
 * Sources: HL7 FHIR R4; JP Core (Organization); data-formats.md §3.
 */
#ifndef REGISTRY_FHIR_H
#define REGISTRY_FHIR_H

#include "export_store.h"

enum { FHIR_BUNDLE_BYTES = 300 * 1024, FHIR_COUNT_STANDARD = 20, FHIR_COUNT_MOST = 50 };
enum fhir_type { FHIR_NONE, FHIR_ORGANIZATION, FHIR_LOCATION, FHIR_HEALTHCARE_SERVICE, FHIR_PRACTITIONER_ROLE };

#define FHIR_MEDIA_TYPE "application/fhir+json; fhirVersion=4.0"

enum fhir_type fhir_type_of (const char *name);                 /* FHIR_NONE: not one of ours */
const char *fhir_type_name (enum fhir_type type);

/* The ten digits of JP Core; NULL: it is no medical institution, or its number is none. */
const char *fhir_institution_number (struct arena *arena, const struct open_facility *facility);

bool fhir_is_system (const char *system);                       /* of an identifier of ours */

struct bytes fhir_resource (struct arena *arena, enum fhir_type type, const struct open_facility *facility);

struct fhir_bundle {
    enum fhir_type type;
    const char *base;                       /* "https://renkei.example.jp/api/v1/fhir" */
    const char *self;                       /* what was asked, behind the type: "?name=…" or "" */
    const char *next;                       /* the same for what comes next but for the page itself: "?name=…&" or "?" */
    bool more;                              /* there are facilities behind these */
};
struct bytes fhir_search_set (struct arena *arena, const struct fhir_bundle *bundle, const struct open_facilities *facilities);

/* What can be asked, as the CapabilityStatement says it; day: YYYY-MM-DD. */
struct bytes fhir_capability (struct arena *arena, const char *base, const char *region, const char *day);

#endif
