/* Overrides, closures and swaps: who may, what is refused, what is in force afterwards, who is told; and the pages that show them. */
#include "region.h"

#define OTHER_ROTATION ID ("33")
static const int64_t HOUR_US = 3600LL * SECOND_US;
static const char *const members[] = { DEPUTY, DOCTOR }, *const offices[] = { CLINIC_2, CLINIC };

/* Two doctors, a day each from midnight; the deputy's turn is the day of the anchor. */
static void put_rotation (struct region *region, const char *rotation, const char *anchor, size_t count)
{
    const struct rotation_put put = { .rotation_id = rotation, .name = "内科当番", .municipality = TOWN, .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = anchor, .handoff_minute = 0, .day_classes = ALL_DAYS, .from_minute = 0,
        .to_minute = 1440, .members = { .items = members, .count = count }, .office_ids = { .items = offices, .count = count } };

    as_rota_clerk (region);
    must (region, "rotation_put", &put);
}

static const char *on_duty (struct region *region, const char *rotation)
{
    static struct duty_now_answer answer;

    as_nurse (region);
    if (call (region, "duty_now", &(struct duty_now) { .has_days = true, .days = 3 }, &answer) < 0)
        return error_name_of (&region->err);
    for (size_t i = 0; i < answer.now.count; i++)
        if (strcmp (answer.now.items[i].rotation_id, rotation) == 0)
            return answer.now.items[i].person_id ? answer.now.items[i].person_id : "nobody";
    return "uncovered";
}

static int64_t notices (struct region *region, const char *person, enum feed_kind kind)
{
    return harness_number (region->harness, "select count(*) from feed where person_id = '%s' and kind = %d", person, (int) kind);
}

/* ---- overrides ---------------------------------------------------------------------------------------------------------------------- */

static struct override_add override_of (struct region *region, const char *id, int64_t from_hours, int64_t to_hours)
{
    int64_t now = harness_now (region->harness);

    return (struct override_add) { .override_id = id, .rotation_id = ROTATION, .from = now + from_hours * HOUR_US - SECOND_US,
        .to = now + to_hours * HOUR_US, .remove = DEPUTY, .add = DOCTOR, .reason = "急病" };
}

static void test_override (struct region *region)
{
    struct override_add add = override_of (region, ID ("61"), 0, 5), other = override_of (region, ID ("62"), 4, 8);
    const struct override_conflict *conflict;

    is (on_duty (region, ROTATION), DEPUTY, "(the rule)");
    as_rota_clerk (region);
    is_number (call (region, "override_add", &add, NULL), 0, "N-28 the rota office enters a 代診");
    is (on_duty (region, ROTATION), DOCTOR, "N-28 U-07 it is in force with its commit");
    is_number (notices (region, DEPUTY, FEED_KIND_SHIFT_CHANGED), 1, "U-07 who leaves is told");
    is_number (notices (region, DOCTOR, FEED_KIND_SHIFT_CHANGED), 1, "U-07 ...and who comes");
    is_number (number (region, "select count(*) from duty_change where reason = '急病' and entered_by = '" ROTA_CLERK "'"), 1,
               "N-28 who and why stay written");
    as_rota_clerk (region);
    is_number (call (region, "override_add", &add, NULL), 0, "a second time changes nothing");
    is_number (notices (region, DEPUTY, FEED_KIND_SHIFT_CHANGED), 1, "...and tells nobody again");
    is (refused (region, "override_add", &other), "override_conflict", "N-26 one that overlaps is refused");
    conflict = harness_conflict (region->harness);
    is (conflict ? conflict->override_id : "none", ID ("61"), "N-26 ...with the id of the conflict");
    is (conflict ? conflict->add_name : "none", "青葉 三郎", "...and who is on duty by it");
    other.from = add.to;
    other.to = add.to + HOUR_US;
    is (refused (region, "override_add", &other), "accepted", "N-26 one that begins exactly where it ends is taken");
    add.to += HOUR_US;
    is (refused (region, "override_add", &add), "already_there", "the id again with another time is refused");
}

static void test_who_may_override (struct region *region)
{
    struct override_add add = override_of (region, ID ("63"), 20, 22);

    as_doctor (region);
    is (refused (region, "override_add", &add), "not_for_role", "a doctor does not replace a colleague");
    as_deputy (region);
    is (refused (region, "override_add", &add), "not_a_colleague", "...nor gives his own duty to another clinic: that is a swap");
    act_as (region, STRANGER, OTHER_OFFICE, TOWN, ROLE_BIT (ROLE_CLINIC_PROXY));
    is (refused (region, "override_add", &add), "not_for_role", "nor another clinic's proxy");
    as_foreigner (region);
    is (refused (region, "override_add", &add), "not_for_role", "nor somebody of another municipality");
    as_rota_clerk (region);
    add.rotation_id = ID ("99");
    is (refused (region, "override_add", &add), "not_for_you", "a rotation that is not there");
    add.rotation_id = ROTATION;
    add.to = harness_now (region->harness) - 1;
    add.from = add.to - HOUR_US;
    is (refused (region, "override_add", &add), "time_in_past", "what is over is not changed");
    add.to = add.from;
    is (refused (region, "override_add", &add), "period_reversed", "nor turned round");
    add = override_of (region, ID ("63"), 20, 22);
    add.remove = NULL;
    add.add = NULL;
    is (refused (region, "override_add", &add), "nobody_changed", "nobody for nobody is nothing");
}

static void test_override_remove (struct region *region)
{
    struct override_remove take_back = { .override_id = ID ("61") };

    as_deputy (region);
    must (region, "override_remove", &take_back);
    is (on_duty (region, ROTATION), DEPUTY, "taken back by the one it replaced, the rule holds again at once");
    as_rota_clerk (region);
    is (refused (region, "override_remove", &take_back), "not_for_you", "...a second time there is none");
    is_number (number (region, "select count(*) from duty_change where removed_by = '" DEPUTY "'"), 1, "...and the history keeps it");
    as_stranger (region);
    is (refused (region, "override_remove", &(struct override_remove) { .override_id = ID ("62") }), "not_for_role",
        "an outsider takes nothing back");
}

/* Wherever a person is asked, also in a chain's own row. */
static void test_everywhere (struct region *region)
{
    struct override_add add = override_of (region, ID ("64"), 0, 5);
    struct resolve_answer answer;

    add.rotation_id = NULL;
    add.remove = DOCTOR;
    add.add = DEPUTY;
    as_rota_clerk (region);
    is (refused (region, "override_add", &add), "not_a_colleague", "wherever asked only a colleague of the office stands in");
    add_person (region, ID ("5a"), STRANGER, "青葉 六郎", CLINIC, TOWN, ROLE_DOCTOR);
    add.add = STRANGER;
    as_doctor (region);
    is (refused (region, "override_add", &add), "accepted", "a doctor gives his patients to a colleague of his clinic");
    as_nurse (region);
    call (region, "resolve", &(struct resolve) { .patient_id = PATIENT }, &answer);
    is (answer.targets.items[0].person_id, STRANGER, "N-28 the next step asks the colleague");
    report (region, ALERT ("61"));
    is_number (number (region, "select count(*) from alert_try where person_id = '" STRANGER "' and state = 2"), 1,
               "N-28 ...and so does an alert");
    as_doctor (region);
    must (region, "override_remove", &(struct override_remove) { .override_id = ID ("64") });
}

/* ---- closures ----------------------------------------------------------------------------------------------------------------------- */

/* What others keep of it. */
static bool was_told (struct region *region, int64_t times, const char *closure_id, bool removed)
{
    struct closure_changed event = { 0 };

    return harness_events (region->harness, &closure_changed_message) == times
        && harness_last_event (region->harness, &closure_changed_message, &event) == 0 && strcmp (event.closure_id, closure_id) == 0
        && strcmp (event.first_day, "2026-08-13") == 0 && strcmp (event.last_day, "2026-08-15") == 0 && strcmp (event.name, "お盆休み") == 0
        && (event.has_removed && event.removed) == removed;
}

/* One in force, one taken back, and one from before closures were told. */
static void test_closure_pages (struct region *region)
{
    struct snapshot_read read = { .event = closure_changed_message.name, .limit = 2 };
    struct snapshot_page page = { 0 }, rest = { 0 };
    struct closure_changed taken_back;
    ARENA (arena);

    harness_sql (region->harness, "insert into closure (closure_id, located_in, first_day, last_day, name, entered_by)"
                 " values ('" ID ("70") "', '" TOWN "', '2026-05-01', '2026-05-02', '前からの休み', '" ROTA_CLERK "')");
    harness_as (region->harness, &(struct harness_actor) { .principal = "svc:sharing" });
    ok (call (region, "snapshot_read", &read, &page) == 0 && page.events.count == 2 && page.events.items[0].subjectversion == 0
        && strcmp (page.events.items[0].subject, ID ("70")) == 0, "U-33 who begins to keep closures reads those never told, too");
    ok (codec_unpack (&closure_changed_message, page.events.items[1].data, &arena, &taken_back, &region->err) == 0 && taken_back.removed
        && page.events.items[1].subjectversion == 3 && strcmp (taken_back.municipality, TOWN) == 0, "U-33 ...and what was taken back, as such");
    read.after = page.next;
    ok (call (region, "snapshot_read", &read, &rest) == 0 && rest.events.count == 1 && !rest.next
        && strcmp (rest.events.items[0].subject, ID ("72")) == 0, "U-33 ...page by page");
}

static void test_closures (struct region *region)
{
    struct closure_put put = { .closure_id = ID ("71"), .municipality = TOWN, .first_day = "2026-08-13", .last_day = "2026-08-15",
                               .name = "お盆休み" };
    struct closure_list_answer list;
    int64_t version = number (region, "select version from rotation where rotation_id = '" ROTATION "'");

    as_rota_clerk (region);
    must (region, "closure_put", &put);
    ok (was_told (region, 1, put.closure_id, false), "U-33 a closure is told to who visits at night");
    is_number (number (region, "select version from rotation where rotation_id = '" ROTATION "'"), version + 1,
               "a closure raises the rotations of its municipality");
    must (region, "closure_put", &put);
    is_number (call (region, "closure_list", &(struct closure_list) { .municipality = TOWN, .from = "2026-08-15" }, &list), 0, "it is listed");
    is_number ((int64_t) list.closures.count, 1, "...once");
    ok (was_told (region, 2, put.closure_id, false), "U-33 ...told again, it is the same");
    is (list.settled_until, "2030-12-31", "N-21 with the end of the settled holidays");
    put.municipality = ELSEWHERE;
    is (refused (region, "closure_put", &put), "not_for_role", "another municipality's calendar is not the rota office's");
    put.municipality = NULL;
    put.office_id = CLINIC_2;
    put.closure_id = ID ("72");
    as_deputy (region);
    is (refused (region, "closure_put", &put), "accepted", "a doctor closes his own clinic");
    as_doctor (region);
    put.closure_id = ID ("73");
    is (refused (region, "closure_put", &put), "not_for_role", "...not another one");
    put.closure_id = ID ("72");
    put.office_id = CLINIC;
    is (refused (region, "closure_put", &put), "already_there", "an id does not move to another calendar");
    put.last_day = "2026-09-30";
    is (refused (region, "closure_put", &put), "period_too_long", "nobody closes for seven weeks by one entry");
    put.last_day = "2026-02-30";
    is (refused (region, "closure_put", &put), "date_invalid", "nor on a day that does not exist");
    ok (was_told (region, 3, ID ("72"), false), "U-33 the clinic's own closure is told, what was refused is not");
    as_rota_clerk (region);
    must (region, "closure_remove", &(struct closure_remove) { .closure_id = ID ("71") });
    is (refused (region, "closure_remove", &(struct closure_remove) { .closure_id = ID ("71") }), "not_for_you", "...a second time none");
    ok (was_told (region, 4, ID ("71"), true), "U-33 ...and told once that it is taken back, with its days");
    test_closure_pages (region);
}

/* ---- swaps -------------------------------------------------------------------------------------------------------------------------- */

static int64_t midnight (struct region *region, int64_t days)
{
    return tokyo_instant (tokyo_of (harness_now (region->harness)).day_number + days, 0);
}

/* The deputy's shift of the day after tomorrow against the doctor's of the day after that. */
static struct swap_ask swap_of (struct region *region, const char *id)
{
    return (struct swap_ask) { .swap_id = id, .rotation_id = OTHER_ROTATION, .from = midnight (region, 2), .to = midnight (region, 3),
        .taker = DOCTOR, .back_rotation_id = OTHER_ROTATION, .has_back_from = true, .back_from = midnight (region, 3), .has_back_to = true,
        .back_to = midnight (region, 4), .reason = "学会" };
}

static const char *month_says (struct region *region, int64_t instant)
{
    static struct roster_month_answer answer;
    char date[11];

    day_number_text (tokyo_of (instant).day_number, date);
    date[7] = '\0';
    as_nurse (region);
    if (call (region, "roster_month", &(struct roster_month) { .rotation_id = OTHER_ROTATION, .month = date }, &answer) < 0)
        return error_name_of (&region->err);
    for (size_t i = 0; i < answer.lines.count; i++)
        if (answer.lines.items[i].from <= instant && instant < answer.lines.items[i].to)
            return answer.lines.items[i].person_id ? answer.lines.items[i].person_id : "nobody";
    return "uncovered";
}

static void test_swap (struct region *region)
{
    struct swap_ask ask = swap_of (region, ID ("81")), wrong = ask;
    struct swap_answer yes = { .swap_id = ID ("81"), .accept = true };

    as_deputy (region);
    must (region, "swap_ask", &ask);
    is_number (notices (region, DOCTOR, FEED_KIND_SWAP_ASKED), 1, "N-27 the colleague is asked");
    is (month_says (region, ask.from), DEPUTY, "N-27 before he answers nothing changes");
    as_deputy (region);
    must (region, "swap_ask", &ask);
    is_number (notices (region, DOCTOR, FEED_KIND_SWAP_ASKED), 1, "asked a second time, told once");
    is (refused (region, "swap_answer", &yes), "not_for_you", "N-27 the asker does not accept for him");
    as_doctor (region);
    must (region, "swap_answer", &yes);
    is (month_says (region, ask.from), DOCTOR, "N-27 accepted by both, the shift is the other's");
    is (month_says (region, ask.back_from), DEPUTY, "N-27 ...and his is the asker's");
    as_doctor (region);
    is (refused (region, "swap_answer", &yes), "accepted", "the same answer again is taken");
    yes.accept = false;
    is (refused (region, "swap_answer", &yes), "already_ended", "another one is not");
    wrong.swap_id = ID ("82");
    as_deputy (region);
    is (refused (region, "swap_ask", &wrong), "not_on_duty", "N-27 nobody gives away what is no longer his");
    wrong.from = midnight (region, 4);
    wrong.to = midnight (region, 5);
    wrong.taker = STRANGER;
    is (refused (region, "swap_ask", &wrong), "not_a_member", "nor to somebody the patients did not consent to");
}

static void test_swap_pages (struct region *region)
{
    struct my_shifts_answer mine;
    bool found = false;

    as_doctor (region);
    is_number (call (region, "my_shifts", &(struct my_shifts) { .has_days = true, .days = 6 }, &mine), 0, "the doctor sees his shifts");
    for (size_t i = 0; i < mine.shifts.count; i++)
        found = found || (mine.shifts.items[i].change == DUTY_CHANGE_KIND_SWAP && mine.shifts.items[i].reason
                          && strcmp (mine.shifts.items[i].instead_of, "若葉 四郎") == 0);
    ok (found, "...the one he took, with whose it was and why");
    is_number ((int64_t) mine.swaps.count, 1, "...and the swap");
    is_number (mine.swaps.items[0].state, SWAP_STATE_ACCEPTED, "...accepted");
}

static void test_swap_stale (struct region *region)
{
    as_rota_clerk (region);
    put_rotation (region, OTHER_ROTATION, "2020-01-01", 1);
    is_number (number (region, "select state from swap where swap_id = '" ID ("81") "'"), SWAP_STATE_STALE,
               "N-27 a swap whose shift was moved is flagged");
    is (month_says (region, midnight (region, 3)), DEPUTY, "N-27 ...and not applied");
    is_number (number (region, "select count(*) from duty_change where kind = 2 and removed_at is null"), 0, "...neither half");
    ok (notices (region, DOCTOR, FEED_KIND_SHIFT_CHANGED) > 1 && notices (region, ROTA_CLERK, FEED_KIND_SHIFT_CHANGED) == 0,
        "...both are told; who changed it knows");
    put_rotation (region, OTHER_ROTATION, "2020-01-01", 2);
}

static void test_swap_withdraw (struct region *region)
{
    struct swap_ask ask = { .swap_id = ID ("83"), .rotation_id = ROTATION, .from = midnight (region, 8), .to = midnight (region, 9),
                            .taker = DOCTOR };
    struct swap_withdraw back = { .swap_id = ID ("83") };

    put_rotation (region, ROTATION, "2024-01-01", 2);
    as_deputy (region);
    if (call (region, "swap_ask", &ask, NULL) < 0) {
        ask.from = midnight (region, 9);
        ask.to = midnight (region, 10);
        must (region, "swap_ask", &ask);
    }
    as_doctor (region);
    is (refused (region, "swap_withdraw", &back), "not_for_you", "who is asked declines; he does not withdraw");
    must (region, "swap_answer", &(struct swap_answer) { .swap_id = ID ("83"), .accept = true });
    is_number (number (region, "select count(*) from duty_change where kind = 2 and removed_at is null"), 1, "(given without return)");
    must (region, "swap_withdraw", &back);
    is_number (number (region, "select count(*) from duty_change where kind = 2 and removed_at is null"), 0,
               "an accepted swap is taken back by either party before it begins");
    is (refused (region, "swap_withdraw", &back), "accepted", "...a second time nothing happens");
}

/* ---- the rest ----------------------------------------------------------------------------------------------------------------------- */

static void test_absence_list (struct region *region)
{
    struct absence_add away = { .absence_id = ID ("91"), .person_id = DEPUTY, .from = harness_now (region->harness),
                                .to = harness_now (region->harness) + HOUR_US, .reason = "学会" };
    struct absence_list_answer list;

    as_deputy (region);
    must (region, "absence_add", &away);
    call (region, "absence_list", &(struct absence_list) { 0 }, &list);
    is_number ((int64_t) list.absences.count, 1, "one's own absence is listed");
    as_doctor (region);
    call (region, "absence_list", &(struct absence_list) { 0 }, &list);
    is_number ((int64_t) list.absences.count, 0, "another clinic's is not");
    as_rota_clerk (region);
    call (region, "absence_list", &(struct absence_list) { 0 }, &list);
    is_number ((int64_t) list.absences.count, 1, "the rota office sees everybody's");
    as_deputy (region);
    must (region, "absence_remove", &(struct absence_remove) { .absence_id = ID ("91") });
}

static void test_chain_page (struct region *region)
{
    static const int days[] = { DAY_CLASS_WEEKDAY };
    struct chain_row row = { .position = 1, .day_classes = { days, 1 }, .from_minute = 0, .to_minute = 1440,
        .target = TARGET_KIND_PERSON, .person_id = DOCTOR };
    struct chain_put put = { .patient_id = PATIENT, .rows = { &row, 1 }, .has_terminal = true, .terminal = true };
    struct chain_answer answer;
    struct resolve_answer resolved;

    as_manager (region);
    is_number (call (region, "chain", &(struct chain) { .patient_id = PATIENT }, &answer), 0, "the team sees the order");
    ok (answer.version == 1 && answer.rows.count == 2 && answer.may_edit && !answer.terminal, "...as it stands");
    is_number ((int64_t) answer.warnings.count, 0, "...with nothing to warn about");
    must (region, "chain_put", &put);
    call (region, "chain", &(struct chain) { .patient_id = PATIENT, .has_terminal = true, .terminal = true }, &answer);
    ok (answer.version == 2 && answer.terminal && answer.rows.count == 1, "the order in 看取り stands apart");
    ok (answer.warnings.count == 1, "N-31 one doctor alone is warned about");
    call (region, "resolve", &(struct resolve) { .patient_id = PATIENT, .reporter = REPORTER_KIND_FAMILY }, &resolved);
    ok (resolved.targets.count == 3 && !resolved.terminal, "...and is not used before");
    as_foreigner (region);
    is (refused (region, "chain", &(struct chain) { .patient_id = PATIENT }), "not_for_you", "an outsider sees none");
    as_rota_clerk (region);
    is (refused (region, "chain", &(struct chain) { .patient_id = PATIENT }), "not_for_role", "practice: the rota office has no patients");
}

static void test_members (struct region *region)
{
    const char *now = on_duty (region, ROTATION);
    struct rotation_list_answer list;

    put_rotation (region, ROTATION, "2024-01-01", 1);
    is (on_duty (region, ROTATION), now, "N-24 with fewer members the present one keeps the turn");
    is_number (number (region, "select count(*) from rotation_past where rotation_id = '" ROTATION "' and until_at > guard.now ()"), 1,
               "N-24 ...by the old rule, until the handover");
    call (region, "rotation_list", &(struct rotation_list) { 0 }, &list);
    ok (list.rotations.count == 2 && list.rotations.items[0].anchor && list.rotations.items[0].offices.count > 0,
        "the list tells the whole rule");
}

int main (void)
{
    struct region *region = region_open ();
    char anchor[11];

    day_number_text (tokyo_of (harness_now (region->harness)).day_number - 100, anchor);
    put_rotation (region, OTHER_ROTATION, anchor, 2);
    test_override (region);
    test_who_may_override (region);
    test_override_remove (region);
    test_everywhere (region);
    test_closures (region);
    test_swap (region);
    test_swap_pages (region);
    test_swap_stale (region);
    test_swap_withdraw (region);
    test_absence_list (region);
    test_chain_page (region);
    test_members (region);
    harness_close (&region->harness);
    return done ();
}
