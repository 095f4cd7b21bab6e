/* fhir_metadata: what can be read by FHIR R4 here, for everybody.
 *
 * Takes:     _format.
 * Refuses:   field_unknown_choice at /format.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   reads only.
 */
#include "clock.h"
#include "fhir_answer.h"
#include "registry_routes.h"

int registry_handle_fhir_metadata (struct registry *self, struct request *request, const struct fhir_metadata *message,
                                   struct file_answer *answer, struct error *err)
{
    char day[11];

    if (fhir_format_check (message->format, err) < 0)
        return -1;
    day_number_text (tokyo_of (request->now).day_number, day);
    answer->body = fhir_capability (request->arena, fhir_base (self, request->arena), self->region_name, day);
    answer->media_type = FHIR_MEDIA_TYPE;
    return 0;
}
