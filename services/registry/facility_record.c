/* facility_record.c - see facility_record.h. */
#include "facility_record.h"

#include "clock.h"
#include "sessions.h"
#include "staff_rules.h"

enum { SPENT_MOST = 1800 };             /* a form left open over lunch is no work */

static int read_locked (struct request *request, const char *facility_id, struct facility_record *ret, struct error *err)
{
    int64_t version;

    day_number_text (tokyo_of (request->now).day_number, ret->today);
    ret->kind = facility_kind_of (ret->kept.service);
    if (subject_lock (request->db, request->arena, facility_id, &version, err) < 0
        || facility_store_items (request, facility_id, &ret->known, err) < 0)
        return -1;
    return facility_store_consents (request, facility_id, &ret->consents, err);
}

int facility_for_change (struct request *request, const char *facility_id, struct facility_record *ret, struct error *err)
{
    if (session_must_be_open (request, err) < 0 || facility_store_kept (request, facility_id, &ret->kept, err) < 0
        || facility_may_keep (request->actor, &ret->kept, err) < 0)
        return -1;
    return read_locked (request, facility_id, ret, err);
}

int facility_for_letter (struct request *request, const char *facility_id, const char *letter_id, struct facility_record *ret, struct error *err)
{
    if (facility_store_kept (request, facility_id, &ret->kept, err) < 0)
        return -1;
    ret->kept.writer = request->actor->person_id ? NULL : letter_id;
    return read_locked (request, facility_id, ret, err);
}

bool facility_by_itself (const struct request *request, const struct facility_record *record)
{
    return !request->actor->person_id
        || may_change_office (request->actor, record->kept.keeper ? record->kept.keeper : "", &(struct error) { 0 }) < 0;
}

int facility_spent (struct request *request, const char *facility_id, const struct facility_record *record, int64_t seconds, struct error *err)
{
    const char *month = arena_print (request->arena, "%.7s-01", record->today);

    return facility_store_spent (request, facility_id, month, facility_by_itself (request, record),
                                 seconds < 0 ? 0 : seconds > SPENT_MOST ? SPENT_MOST : seconds, err);
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
