/* alert_contacts.c - see alert_contacts.h. */
#include "alert_contacts.h"
#include "roster.h"

static int seat_of (const struct seat_rows *seats, const char *person_id, const char *office_id)
{
    for (size_t i = 0; person_id && i < seats->count; i++)
        if (seats->items[i].person_id && strcmp (seats->items[i].person_id, person_id) == 0)
            return seats->items[i].seat;
    for (size_t i = 0; !person_id && office_id && i < seats->count; i++)
        if (seats->items[i].office_id && strcmp (seats->items[i].office_id, office_id) == 0)
            return seats->items[i].seat;
    return 0;
}

static const char *role_of (const struct answerer *entry, const struct seat_rows *seats)
{
    int seat = seat_of (seats, entry->person_id, entry->office_id);

    switch (entry->target) {
    case TARGET_KIND_ROTATION:
        return "往診当番医";
    case TARGET_KIND_LAST_RESORT:
        return "最終連絡先";
    case TARGET_KIND_HOSPITAL:
        return "急変時診療医療機関";
    case TARGET_KIND_OFFICE:
        return entry->stands_in ? "往診代行" : seat == TEAM_SEAT_ATTENDING_DOCTOR ? "在宅主治医の医療機関" : "訪問看護";
    default:
        return seat == TEAM_SEAT_ATTENDING_DOCTOR ? "在宅主治医" : seat == TEAM_SEAT_DEPUTY_DOCTOR ? "副主治医"
            : seat == TEAM_SEAT_VISITING_NURSING ? "訪問看護" : "医師";
    }
}

static enum ems_contact_state state_of (const struct answerer *entry, const struct try_row *row)
{
    static const enum ems_contact_state states[] = {
        [TRY_STATE_PLANNED] = EMS_CONTACT_STATE_PLANNED, [TRY_STATE_ASKED] = EMS_CONTACT_STATE_NOTIFIED,
        [TRY_STATE_SEEN] = EMS_CONTACT_STATE_SEEN, [TRY_STATE_ACCEPTED] = EMS_CONTACT_STATE_ACCEPTED,
        [TRY_STATE_DECLINED] = EMS_CONTACT_STATE_DECLINED, [TRY_STATE_NO_ANSWER] = EMS_CONTACT_STATE_NO_ANSWER,
        [TRY_STATE_SKIPPED] = EMS_CONTACT_STATE_PLANNED, [TRY_STATE_CALLED_OFF] = EMS_CONTACT_STATE_PLANNED };

    if (entry->target == TARGET_KIND_LAST_RESORT && (!row || row->view.state != TRY_STATE_ACCEPTED))
        return EMS_CONTACT_STATE_ALWAYS;
    return row ? states[row->view.state] : EMS_CONTACT_STATE_PLANNED;
}

/* The newest entry of the list that asks the same; an accepted one before any. */
static const struct try_row *try_of (const struct answerer *entry, const struct try_rows *tries)
{
    const struct try_row *best = NULL;

    for (size_t i = 0; i < tries->count; i++) {
        const struct try_row *row = &tries->items[i];

        if ((row->view.target == TARGET_KIND_LAST_RESORT) != (entry->target == TARGET_KIND_LAST_RESORT)
            || !same_answerer (row->view.person_id, row->office_id, entry->person_id, entry->office_id)
            || (best && best->view.state == TRY_STATE_ACCEPTED)
            || (best && row->view.state == TRY_STATE_PLANNED))
            continue;
        best = row;
    }
    return best;
}

static struct ems_contact contact_of (const struct answerer *entry, const struct try_row *row, const struct seat_rows *seats, int64_t now)
{
    struct ems_contact contact = { .target = entry->target, .role = role_of (entry, seats), .name = entry->name, .office = entry->office,
                                   .phone = entry->phone, .state = state_of (entry, row) };

    if (!row || (contact.state != EMS_CONTACT_STATE_ACCEPTED && contact.state != EMS_CONTACT_STATE_DECLINED))
        return contact;
    contact.answer = row->view.answer;
    contact.eta = class_eta (row->view.answer, row->view.arrival_at, now);
    contact.has_arrival_at = row->view.has_arrival_at;
    contact.arrival_at = row->view.arrival_at;
    return contact;
}

/* Somebody who took it and is not (or no longer) in the order: a colleague, or whoever took it over by telephone. */
static struct answerer entry_of_try (const struct try_row *row)
{
    return (struct answerer) { .target = row->view.target, .person_id = row->view.person_id, .rotation_id = row->rotation_id,
        .office_id = row->office_id, .name = row->view.name, .office = row->view.office, .phone = row->view.phone };
}

static bool is_in (const struct resolution *order, const struct try_row *row)
{
    for (size_t i = 0; i < order->count; i++)
        if (same_answerer (row->view.person_id, row->office_id, order->items[i].person_id, order->items[i].office_id))
            return true;
    return false;
}

struct ems_contact_list contacts_of (struct arena *arena, const struct resolution *order, const struct try_rows *tries,
                                     const struct seat_rows *seats, int64_t now)
{
    struct ems_contact *items = arena_alloc (arena, (CONTACTS_MOST + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < tries->count && count < CONTACTS_MOST - 1; i++)
        if (tries->items[i].view.state == TRY_STATE_ACCEPTED && tries->items[i].view.target != TARGET_KIND_HOSPITAL
            && !is_in (order, &tries->items[i])) {
            struct answerer entry = entry_of_try (&tries->items[i]);

            items[count++] = contact_of (&entry, &tries->items[i], seats, now);
        }
    for (size_t i = 0; i < order->count; i++)
        if (count < CONTACTS_MOST - 1 || order->items[i].target == TARGET_KIND_LAST_RESORT)
            items[count++] = contact_of (&order->items[i], try_of (&order->items[i], tries), seats, now);
    for (size_t i = 0; i < count; i++)
        items[i].order = (int64_t) i + 1;
    return (struct ems_contact_list) { .items = items, .count = count };
}

int alert_contacts_load (struct db *db, struct arena *arena, const struct alert_row *alert, int64_t at, struct ems_contact_list *ret,
                         struct error *err)
{
    struct resolution order;
    struct resolver_input input = { 0 };
    struct try_rows tries = { 0 };
    struct seat_rows seats = { 0 };
    struct desk desk;
    int64_t version;

    if (!alert->patient_id) {
        if (roster_desk (db, arena, alert->municipality, &desk, err) < 0)
            return -1;
        input.last_resort_office_id = desk.office_id;
        input.last_resort_name = desk.name;
        input.last_resort_phone = desk.phone;
    } else if (roster_load (db, arena, NULL, alert->municipality, alert->patient_id, alert->alert_id ? alert->chain_version : 0, at, &input,
                            &version, err) < 0
               || team_seats (db, arena, alert->patient_id, &seats, err) < 0
               || (alert->alert_id && alert_get_tries (db, arena, alert, &tries, err) < 0))
        return -1;
    input.reporter = alert->alert_id ? alert->reporter : REPORTER_KIND_DISPATCH;
    order = resolve (arena, &input, at, alert->tag);
    *ret = contacts_of (arena, &order, &tries, &seats, at);
    return 0;
}
