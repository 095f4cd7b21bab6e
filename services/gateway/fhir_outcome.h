/* fhir_outcome.h - what is other for programs that speak HL7 FHIR R4, below /api/v1/fhir: a refusal is an OperationOutcome, and names of
 * parameters are written as FHIR writes them (_count, address-city), where declarations have count and address_city.  Pure.
 */
#ifndef GATEWAY_FHIR_OUTCOME_H
#define GATEWAY_FHIR_OUTCOME_H

#include "problem.h"
#include "target.h"

bool fhir_is_asked (const struct target *target);              /* NULL: not yet read */
const char *fhir_parameter (struct arena *arena, const char *name);
struct bytes fhir_outcome (struct arena *arena, const struct reply_header *refusal, enum language language, const char *trace);

#endif
