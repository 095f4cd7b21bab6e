/* Classes of alerts: order, delays, deadlines, working hours; and whom dispatch may call. */
#include "alert_class.h"
#include "alert_contacts.h"
#include "clock.h"
#include "tap.h"

enum { D = TARGET_KIND_PERSON, R = TARGET_KIND_ROTATION, N = TARGET_KIND_OFFICE, Z = TARGET_KIND_LAST_RESORT };

/* "A N|B|C|Z": entries of one step apart by spaces, steps by bars; delays behind. */
static const char *shown (struct arena *arena, const struct resolution *order)
{
    const char *text = "";

    for (size_t i = 0; i < order->count; i++) {
        const struct answerer *entry = &order->items[i];
        bool same = i > 0 && order->items[i - 1].position == entry->position;

        text = arena_print (arena, "%s%s%s", text, i == 0 ? "" : same ? " " : "|", entry->name);
        if (i + 1 == order->count || order->items[i + 1].position != entry->position)
            text = arena_print (arena, "%s%d", text, entry->delay_seconds);
    }
    return text;
}

static struct answerer entry (int position, int target, const char *name)
{
    return (struct answerer) { .position = position, .target = (enum target_kind) target, .name = name,
        .person_id = target == D || target == R ? name : NULL, .office_id = target == N || target == Z ? name : NULL,
        .delay_seconds = target == Z ? LAST_RESORT_REPEAT_SECONDS : 180 };
}

static struct resolution long_order (void)
{
    static struct answerer items[6];

    items[0] = entry (1, D, "A");
    items[1] = entry (1, N, "N");
    items[2] = entry (2, D, "B");
    items[3] = entry (3, R, "C");
    items[4] = entry (4, D, "E");
    items[5] = entry (5, Z, "Z");
    return (struct resolution) { .items = items, .count = 6 };
}

static const char *order_of (struct arena *arena, struct resolution order, enum alert_class class, enum incident_response response)
{
    struct resolution classed = class_order (arena, &order, (struct alert_kind) { .class = class, .response = response });

    return shown (arena, &classed);
}

static void test_order (void)
{
    struct answerer desk_only[] = { entry (1, Z, "Z") }, desk_beside[] = { entry (1, N, "N"), entry (1, Z, "Z") };
    struct answerer one_doctor[] = { entry (1, D, "A"), entry (2, N, "N"), entry (3, Z, "Z") };
    struct resolution alone = { .items = desk_only, .count = 1 }, beside = { .items = desk_beside, .count = 2 },
        one = { .items = one_doctor, .count = 3 };
    ARENA (arena);

    is (order_of (&arena, long_order (), ALERT_CLASS_E1, 0), "A N180|B180|C180|E180|Z120", "E1 is asked in the resolver's order");
    is (order_of (&arena, long_order (), ALERT_CLASS_E0, INCIDENT_RESPONSE_FULL), "A N90|B90|C E Z120",
        "EMS-02 E0: doctor and nurse at once, the deputy after 90 s, at 180 s the desk and everybody else");
    is (order_of (&arena, one, ALERT_CLASS_E0, INCIDENT_RESPONSE_FULL), "A N90|Z120",
        "E0: a nurse who stands later in the chain is called at once too; an empty step is skipped");
    is (order_of (&arena, long_order (), ALERT_CLASS_E0, INCIDENT_RESPONSE_TERMINAL_CHAIN), "A N180|B180|C180|E180|Z120",
        "SC-03 看取り: station and doctor, then one after the other");
    is (order_of (&arena, long_order (), ALERT_CLASS_E0, INCIDENT_RESPONSE_SINGLE_CALL), "A N90",
        "what needs only one call calls the doctor and the nurse on duty");
    is (order_of (&arena, alone, ALERT_CLASS_E0, INCIDENT_RESPONSE_SINGLE_CALL), "Z90", "N-30 ...and the desk rather than nobody");
    is (order_of (&arena, beside, ALERT_CLASS_E0, INCIDENT_RESPONSE_FULL), "N Z90", "N-30 without a doctor the desk is called at once");
    is (order_of (&arena, long_order (), ALERT_CLASS_E2, 0), "A1800|B5400|C E Z7200", "E2: the doctor, 30 minutes, 2 hours; the nurse is informed");
    is (order_of (&arena, alone, ALERT_CLASS_E2, 0), "Z7200", "E2 without a doctor goes to the desk");
    ok (class_is_above (ALERT_CLASS_E0, ALERT_CLASS_E1) && class_is_above (ALERT_CLASS_E1, ALERT_CLASS_E2)
            && class_is_above (ALERT_CLASS_E2, ALERT_CLASS_I) && !class_is_above (ALERT_CLASS_E1, ALERT_CLASS_E1),
        "N-03 E0 is above E1, E1 above E2, E2 above I");
}

/* An office asked in the attending doctor's place is a doctor in every class. */
static void test_stand_in (void)
{
    struct answerer items[] = { entry (1, N, "H"), entry (1, N, "N"), entry (2, D, "B"), entry (3, Z, "Z") };
    const struct resolution order = { .items = items, .count = 4 };
    ARENA (arena);

    items[0].stands_in = true;
    is (order_of (&arena, order, ALERT_CLASS_E0, INCIDENT_RESPONSE_FULL), "H N90|B90|Z120",
        "U-33 E0: who visits for the doctor is called at once, the deputy after 90 s");
    is (order_of (&arena, order, ALERT_CLASS_E0, INCIDENT_RESPONSE_SINGLE_CALL), "H N90", "U-33 ...one call: to who visits, and the station");
    is (order_of (&arena, order, ALERT_CLASS_E2, 0), "H1800|B5400|Z7200", "U-33 E2: who visits is asked as the doctor would be");
    is (contacts_of (&arena, &order, &(struct try_rows) { 0 }, &(struct seat_rows) { 0 }, 0).items[0].role, "往診代行", "U-33 dispatch reads what it is");
}

static int64_t jst (int month, int day, int minute) { return tokyo_instant (day_number_of (2026, month, day), minute); }

static void test_deadlines (void)
{
    const struct alert_kind e0 = { .class = ALERT_CLASS_E0, .response = INCIDENT_RESPONSE_FULL }, e1 = { .class = ALERT_CLASS_E1 },
                            terminal = { .class = ALERT_CLASS_E1, .terminal = true },
                            single = { .class = ALERT_CLASS_E0, .response = INCIDENT_RESPONSE_SINGLE_CALL };
    int64_t now = jst (12, 1, 600), minute = 60LL * SECOND_US;

    is_number (class_deadline (e1, ALERT_ANSWER_KIND_VISIT, now + 40 * minute, now), now + 55 * minute,
               "N-43 a visit is overdue a quarter of an hour after the announced arrival");
    is_number (class_deadline (e1, ALERT_ANSWER_KIND_BY_TELEPHONE, 0, now), now + 30 * minute, "N-43 by telephone: half an hour");
    is_number (class_deadline (e0, ALERT_ANSWER_KIND_BY_TELEPHONE, 0, now), now + 10 * minute, "N-43 ...with an ambulance: ten minutes");
    is_number (class_deadline (terminal, ALERT_ANSWER_KIND_BY_TELEPHONE, 0, now), 0, "SC-03 看取り: no repeat after an answer by telephone");
    is_number (class_deadline (terminal, ALERT_ANSWER_KIND_VISIT, now + minute, now), now + 16 * minute, "...a visit is waited for");
    is_number (class_deadline (single, ALERT_ANSWER_KIND_BY_TELEPHONE, 0, now), 0, "a single call is not repeated");
    is_number (class_repeat_seconds (e1, 1), 120, "N-46 everybody without an answer again after two minutes");
    is_number (class_repeat_seconds (e1, 3), 300, "N-46 after three rounds every five minutes");
    is_number (class_repeat_seconds (single, 1), 0, "...a single call not at all");
    is_number (class_eta (ALERT_ANSWER_KIND_VISIT, now + 45 * minute, now), EMS_ETA_LE45M, "45 minutes count as 45 minutes");
    is_number (class_eta (ALERT_ANSWER_KIND_VISIT, now + 46 * minute, now), EMS_ETA_LE12H, "...one more does not");
    is_number (class_eta (ALERT_ANSWER_KIND_VISIT, now + 721 * minute, now), EMS_ETA_LATER, "more than 12 hours is later");
    is_number (class_eta (ALERT_ANSWER_KIND_CANNOT, 0, now), EMS_ETA_CANNOT, "who cannot come says so");
    is_number (class_eta (ALERT_ANSWER_KIND_BY_TELEPHONE, 0, now), 0, "by telephone nobody arrives");
}

static void test_hours (void)
{
    is_number (class_working_time (jst (11, 20, 1081)), jst (11, 24, 540), "E2 after Friday 18:00: Tuesday 9:00, Monday 11/23 being a holiday");
    is_number (class_working_time (jst (12, 28, 1080)), tokyo_instant (day_number_of (2027, 1, 4), 540), "E2 before the year's end: January 4");
    is_number (class_working_time (jst (11, 20, 1079)), jst (11, 20, 1079), "...at 17:59 it is still working time");
    is_number (class_working_time (jst (11, 20, 539)), jst (11, 20, 540), "...before nine, nine");
    is_number (class_waking_time (jst (11, 20, 1199)), jst (11, 20, 1199), "N-48 at 19:59 people are told");
    is_number (class_waking_time (jst (11, 20, 1200)), jst (11, 21, 480), "N-48 at 20:00 they are told at eight");
    is_number (class_waking_time (jst (11, 20, 479)), jst (11, 20, 480), "N-48 before eight too");
}

static struct try_row try_of (struct answerer entry, enum try_state state)
{
    return (struct try_row) { .view = { .target = entry.target, .person_id = entry.person_id, .name = entry.name, .state = state },
                              .office_id = entry.office_id };
}

static void test_contacts (void)
{
    struct resolution order = long_order ();
    struct try_row rows[] = { try_of (order.items[0], TRY_STATE_DECLINED), try_of (order.items[1], TRY_STATE_SEEN),
        try_of (order.items[2], TRY_STATE_ACCEPTED), try_of (order.items[5], TRY_STATE_ASKED), try_of (entry (1, D, "X"), TRY_STATE_ACCEPTED) };
    struct try_rows tries = { rows, 4 }, nobody = { rows, 0 };
    struct seat_row seats_of[] = { { "A", "O", TEAM_SEAT_ATTENDING_DOCTOR }, { "B", "O", TEAM_SEAT_DEPUTY_DOCTOR } };
    struct seat_rows seats = { seats_of, 2 };
    struct ems_contact_list list;
    ARENA (arena);

    rows[0].view.answer = ALERT_ANSWER_KIND_CANNOT;
    rows[2].view.answer = ALERT_ANSWER_KIND_VISIT;
    rows[2].view.has_arrival_at = true;
    rows[2].view.arrival_at = jst (12, 1, 620);
    list = contacts_of (&arena, &order, &tries, &seats, jst (12, 1, 600));
    is_number ((int64_t) list.count, 6, "EMS-05 the contacts are the resolver's entries");
    for (size_t i = 0; i < list.count; i++)
        ok (strcmp (list.items[i].name, order.items[i].name) == 0 && list.items[i].order == (int64_t) i + 1, "EMS-05 ...in its order");
    is (list.items[0].role, "在宅主治医", "the attending doctor by that word");
    is (list.items[2].role, "副主治医", "...the deputy");
    is (list.items[3].role, "往診当番医", "...who has duty");
    is (list.items[1].role, "訪問看護", "...the station");
    is_number (list.items[0].state, EMS_CONTACT_STATE_DECLINED, "a doctor who declined stands so");
    is_number (list.items[0].eta, EMS_ETA_CANNOT, "...and cannot come");
    is_number (list.items[2].state, EMS_CONTACT_STATE_ACCEPTED, "one who accepted too");
    is_number (list.items[2].eta, EMS_ETA_LE45M, "EMS-04 ...with the threshold of his arrival");
    is_number (list.items[4].state, EMS_CONTACT_STATE_PLANNED, "whoever was not asked is planned");
    is_number (list.items[5].state, EMS_CONTACT_STATE_ALWAYS, "EMS-05 the last resort is last and always there");
    list = contacts_of (&arena, &order, &nobody, &seats, 0);
    is_number (list.items[0].state, EMS_CONTACT_STATE_PLANNED, "without an alert nobody was asked");
    tries.count = 5;
    list = contacts_of (&arena, &order, &tries, &seats, 0);
    is (list.items[0].name, "X", "who accepted outside the order stands first");
    is_number ((int64_t) list.count, 7, "...beside the others");
}

int main (void)
{
    test_order ();
    test_stand_in ();
    test_deadlines ();
    test_hours ();
    test_contacts ();
    return done ();
}
