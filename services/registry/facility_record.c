/* facility_record.c - see facility_record.h. */
#include "facility_record.h"

#include "clock.h"
#include "sessions.h"

int facility_for_change (struct request *request, const char *facility_id, struct facility_record *ret, struct error *err)
{
    int64_t version;

    day_number_text (tokyo_of (request->now).day_number, ret->today);
    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, facility_id, &ret->kept, err) < 0
        || facility_may_keep (request->actor, &ret->kept, err) < 0
        || subject_lock (request->db, request->arena, facility_id, &version, err) < 0
        || facility_store_items (request, facility_id, &ret->known, err) < 0
        || facility_store_consents (request, facility_id, &ret->consents, err) < 0)
        return -1;
    ret->kind = facility_kind_of (ret->kept.service);
    return 0;
}

int facility_turn (struct request *request, const char *facility_id, const struct facility_record *record, const struct facility_turn *turn,
                   bool also, struct error *err)
{
    const struct facility_changed event = { .facility_id = facility_id, .municipality = record->kept.located_in,
                                            .service = record->kept.service };

    if (turn->ended.count + turn->begun.count == 0 && !also)
        return 0;
    if (facility_store_turn (request, facility_id, &record->kept, turn, err) < 0)
        return -1;
    return announce (request, &facility_changed_message, &event, record->kept.keeper ? record->kept.keeper : record->kept.located_in, err);
}
