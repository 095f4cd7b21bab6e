/* handle_lookup_find.c - look for a person by what is known of them; candidates hold nothing medical (EMS-06).
 *
 * Takes:      lookup_find                    (proto/dispatch/lookup_find.command)
 * Refuses:    text_empty     nothing to look by;  reason_needed  by telephone without unit or incident
 *             not_for_role   the last resort without a crew on the telephone, or the other way round
 *             not_for_you    no such fire organisation, or cut off; another organisation's incident
 *             already_there  this look-up was made before
 * Publishes:  nothing; the look is kept: who, for which incident, by which kinds of key – not the keys themselves
 * Repeats:    is refused
 */
#include "asking.h"
#include "lookup_rules.h"
#include "lookup_store.h"
#include "reply_store.h"

/* The caller's partner: by the office of desk and crew, by name for the last resort. */
static int find_partner (struct request *request, const struct lookup_find *message, struct partner *ret, struct error *err)
{
    int status = message->has_by_telephone && message->by_telephone
                     ? partner_find (request->db, request->arena, message->partner_id, ret, err)
                     : partner_of_office (request->db, request->arena, request->actor->office_id, ret, err);

    if (status < 0)
        return -1;
    return ret->partner_id && ret->enabled ? 0 : fail (err, ERROR_NOT_FOR_YOU, NULL, "no fire organisation, or cut off");
}

static int find_incident (struct request *request, const struct lookup_find *message, const struct partner *partner, struct incident *ret,
                          const char **ret_id, struct error *err)
{
    *ret = (struct incident) { 0 };
    *ret_id = NULL;
    if (message->number && message->has_by_telephone && message->by_telephone)
        return lookup_running (request, partner->partner_id, message->number, ret_id, err);
    if (!message->incident_id)
        return 0;
    if (incident_find (request->db, request->arena, message->incident_id, ret, err) < 0)
        return -1;
    *ret_id = ret->incident_id;
    return ret->incident_id ? 0 : fail (err, ERROR_NOT_FOR_YOU, "/incident_id", "not an incident of this office");
}

/* What was typed; without anything typed, what the partner itself had sent. */
static struct ems_find query_of (const struct lookup_find *message, const struct incident *incident, const struct partner *partner)
{
    struct ems_find query = { .municipalities = partner->municipalities,
                              .card = message->card,
                              .phone = message->phone,
                              .name = message->name,
                              .name_kana = message->name_kana,
                              .birth_date = message->birth_date,
                              .address = message->address };
    bool typed = query.card || query.phone || query.name || query.name_kana || query.address;

    return typed || !incident->incident_id ? query : find_of_message (incident->read, partner);
}

static const char *kinds_of (struct arena *arena, const struct ems_find *query)
{
    const char *text = arena_print (arena, "%s%s%s%s%s", query->card ? ",1" : "", query->phone ? ",2" : "",
                                    query->name_kana && query->birth_date ? ",3" : "", query->address ? ",4" : "",
                                    query->name || query->name_kana ? ",5" : "");

    return arena_print (arena, "{%s}", *text ? text + 1 : "");
}

static int last_resort (struct request *request, const struct partner *partner, struct lookup_found *answer, struct error *err)
{
    const char *town = partner->municipalities.count ? partner->municipalities.items[0] : "";
    struct last_known known;

    if (last_known_find (request->db, request->arena, answer->candidates.count == 1 ? answer->candidates.items[0].municipality : town,
                         &known, err)
        < 0)
        return -1;
    answer->last_resort_name = known.name;
    answer->last_resort_phone = known.phone;
    return 0;
}

static void answer_with (struct request *request, const struct ems_find_answer *found, bool answered, struct lookup_found *answer)
{
    const char **missing = arena_alloc (request->arena, sizeof *missing);

    missing[0] = "match";
    answer->result = found->result;
    answer->candidates.items = found->candidates.items;
    answer->candidates.count = found->candidates.count;
    answer->missing = (struct text_list) { missing, !answered };
}

int dispatch_handle_lookup_find (struct dispatch *self, struct request *request, const struct lookup_find *message,
                                 struct lookup_found *answer, struct error *err)
{
    struct ems_find_answer found = { .result = MATCH_RESULT_NONE };
    struct partner partner;
    struct incident incident;
    const char *incident_id;
    struct ems_find query;
    struct asking asking;
    bool answered, strong;

    if (lookup_check_find (request->actor, message, err) < 0 || find_partner (request, message, &partner, err) < 0
        || find_incident (request, message, &partner, &incident, &incident_id, err) < 0)
        return -1;
    query = query_of (message, &incident, &partner);
    asking_of_request (&asking, self, request, self->ask_ms);
    answered = ask_find (&asking, &query, &found);
    if (!answered)
        found = (struct ems_find_answer) { .result = MATCH_RESULT_NONE };
    strong = found.result == MATCH_RESULT_UNIQUE && found.candidates.count == 1 && found.candidates.items[0].strong;
    answer->lookup_id = message->lookup_id;
    answer->break_glass = partner.break_glass && !actor_is (request->actor, ROLE_LAST_RESORT);
    answer_with (request, &found, answered, answer);
    return last_resort (request, &partner, answer, err) < 0
                   || lookup_add (request, message, partner.partner_id, incident_id,
                                  message->unit ? message->unit : incident.incident_id ? incident.read->unit : NULL,
                                  kinds_of (request->arena, &query), &found, strong, err) < 0
               ? -1 : 0;
}
