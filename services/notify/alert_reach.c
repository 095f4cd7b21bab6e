/* alert_reach.c - see alert_reach.h. */
#include "alert_reach.h"
#include "roster_layers_store.h"

/* Closures matter to telephones with hours only. */
static int calendar_for (struct act *act, const struct alert_row *alert, const struct phone_lines *phones, struct resolver_input *ret,
                         struct error *err)
{
    struct rotation_list_of none = { 0 };
    struct roster_layers layers;

    *ret = (struct resolver_input) { .area = alert->municipality };
    if (phones->count == 0)
        return 0;
    if (roster_load_layers (act->db, act->arena, &none, act->now, act->now + 1, &layers, err) < 0)
        return -1;
    ret->closures = layers.closures;
    return 0;
}

static int of_person (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct ringing *ret, struct error *err)
{
    const struct text_list one = { .items = &entry->person_id, .count = 1 };
    struct resolver_input calendar;
    struct known_people known;

    if (roster_people (act->db, act->arena, one, &known, err) < 0)
        return -1;
    if (known.count == 0 || !known.items[0].by_office)
        return 0;
    if (calendar_for (act, alert, &known.items[0].phones, &calendar, err) < 0)
        return -1;
    ret->number = person_number_at (&calendar, &known.items[0], act->now);
    ret->office_id = known.items[0].office_id;
    return 0;
}

static int of_office (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct ringing *ret, struct error *err)
{
    const struct text_list one = { .items = &entry->office_id, .count = 1 };
    struct resolver_input calendar;
    struct known_offices known;

    if (roster_offices (act->db, act->arena, one, &known, err) < 0)
        return -1;
    if (known.count == 0 || known.items[0].phones.count == 0)
        return 0;
    if (calendar_for (act, alert, &known.items[0].phones, &calendar, err) < 0)
        return -1;
    ret->number = office_number_at (&calendar, &known.items[0], act->now);
    return 0;
}

int alert_ringing (struct act *act, const struct alert_row *alert, const struct answerer *entry, struct ringing *ret, struct error *err)
{
    if (entry->settled) {
        *ret = (struct ringing) { entry->rings, entry->rings_at };
        return 0;
    }
    *ret = (struct ringing) { entry->person_id ? NULL : entry->phone, entry->office_id };
    if (entry->person_id)
        return of_person (act, alert, entry, ret, err);
    return entry->target == TARGET_KIND_OFFICE && entry->office_id ? of_office (act, alert, entry, ret, err) : 0;
}
