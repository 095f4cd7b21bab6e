/* EMS-18: every order of report, two updates, and cancel or result comes to the same end; and what is told on the way is told once. */
#include "../../../services/dispatch/incident_fold.h"
#include "../../../services/dispatch/response.h"
#include "tap.h"

enum { MOST = 5 };

static const struct intake_message report = { .id = "1",
                                              .sender = "fd",
                                              .kind = INCIDENT_KIND_REPORT,
                                              .status = INCIDENT_STATUS_ACTUAL,
                                              .sent = 100,
                                              .incident = "I",
                                              .complaint = INCIDENT_COMPLAINT_FEVER,
                                              .unit = "救急1" };
static const struct intake_message update_1 = { .id = "2",
                                                .sender = "fd",
                                                .kind = INCIDENT_KIND_UPDATE,
                                                .status = INCIDENT_STATUS_ACTUAL,
                                                .sent = 200,
                                                .incident = "I",
                                                .complaint = INCIDENT_COMPLAINT_CPA };
static const struct intake_message update_2 = { .id = "3",
                                                .sender = "fd",
                                                .kind = INCIDENT_KIND_UPDATE,
                                                .status = INCIDENT_STATUS_ACTUAL,
                                                .sent = 300,
                                                .incident = "I",
                                                .unit = "救急2",
                                                .has_raise = true,
                                                .raise = true };
static const struct intake_message cancel = {
    .id = "4", .sender = "fd", .kind = INCIDENT_KIND_CANCEL, .status = INCIDENT_STATUS_ACTUAL, .sent = 400, .incident = "I"
};
static const struct intake_message result = { .id = "5",
                                              .sender = "fd",
                                              .kind = INCIDENT_KIND_RESULT,
                                              .status = INCIDENT_STATUS_ACTUAL,
                                              .sent = 500,
                                              .incident = "I",
                                              .outcome = TRANSPORT_OUTCOME_TRANSPORTED,
                                              .hospital_name = "みずき病院" };
static const struct intake_message report_again = {
    .id = "6", .sender = "fd", .kind = INCIDENT_KIND_REPORT, .status = INCIDENT_STATUS_ACTUAL, .sent = 600, .incident = "I"
};

struct course { int opened, cancelled, results, orders; bool same; struct incident_fold end; };

/* Messages one after the other, as intake would: what is told at each. */
static void play (const struct intake_message *const *order, size_t count, struct course *course)
{
    struct incident_was was = { 0 };
    static struct incident_fold folds[MOST + 1];
    int opened = 0, cancelled = 0, results = 0;

    for (size_t n = 1; n <= count; n++) {
        const struct intake_message *so_far[MOST];
        struct incident_step step;

        memcpy (so_far, order, n * sizeof *so_far);
        incident_fold (so_far, n, &folds[n]);
        step = incident_next (&was, &folds[n]);
        opened += step.open;
        cancelled += step.cancelled;
        results += step.result;
        was = (struct incident_was) { folds[n].state, was.opened || step.open, folds[n].exercise, &folds[n].content };
    }
    if (course->orders++ == 0)
        course->end = folds[count];
    course->same &= folds[count].state == course->end.state
                    && memcmp (&folds[count].content, &course->end.content, sizeof course->end.content) == 0
                    && folds[count].exercise == course->end.exercise && folds[count].raise == course->end.raise;
    course->opened = opened > course->opened ? opened : course->opened;
    course->cancelled = cancelled > course->cancelled ? cancelled : course->cancelled;
    course->results = results > course->results ? results : course->results;
}

static void permute (const struct intake_message **order, size_t count, size_t at, struct course *course)
{
    if (at == count) {
        play (order, count, course);
        return;
    }
    for (size_t i = at; i < count; i++) {
        const struct intake_message *kept = order[at];

        order[at] = order[i];
        order[i] = kept;
        permute (order, count, at + 1, course);
        order[i] = order[at];
        order[at] = kept;
    }
}

static void test_orders (void)
{
    const struct intake_message *with_cancel[] = { &report, &update_1, &update_2, &cancel };
    const struct intake_message *with_result[] = { &report, &update_1, &update_2, &result };
    const struct intake_message *with_both[] = { &report, &update_1, &update_2, &cancel, &result };
    struct course course = { .same = true };

    permute (with_cancel, 4, 0, &course);
    is_number (course.orders, 24, "EMS-18: all 24 orders of report, update, update, cancel");
    ok (course.same, "EMS-18: ...come to the same end");
    is_number (course.end.state, INCIDENT_STATE_CANCELLED, "...cancelled");
    is_number (course.end.content.complaint, INCIDENT_COMPLAINT_CPA, "...with the later complaint");
    is (course.end.content.unit, "救急2", "...and the later ambulance");
    ok (course.opened <= 1 && course.cancelled <= 1, "EMS-11: nobody is paged twice in any of them");
    course = (struct course) { .same = true };
    permute (with_result, 4, 0, &course);
    ok (course.same && course.end.state == INCIDENT_STATE_CLOSED, "EMS-18: all orders with a result end closed");
    ok (course.opened <= 1 && course.results == 1, "...and the result is told once");
    course = (struct course) { .same = true };
    permute (with_both, 5, 0, &course);
    is_number (course.orders, 120, "EMS-18: all 120 orders with cancel and result");
    ok (course.same && course.end.state == INCIDENT_STATE_CLOSED, "...a result stands above a cancel");
}

static void test_again (void)
{
    const struct intake_message *twice[] = { &report, &update_1, &update_1 };
    const struct intake_message *reopened[] = { &report, &cancel, &report_again };
    struct intake_message arrived = update_1;
    const struct intake_message *with_crew[] = { &report, &arrived };
    const struct intake_message *only_update[] = { &update_1 }, *only_cancel[] = { &cancel }, *late[] = { &report, &cancel };
    struct incident_was was = { 0 };
    struct incident_fold fold, before;
    struct incident_step step;

    incident_fold (twice, 3, &fold);
    was = (struct incident_was) { INCIDENT_STATE_OPEN, true, false, &fold.content };
    step = incident_next (&was, &fold);
    ok (!step.open && !step.updated && !step.reply, "EMS-11: the same once more changes nothing");
    arrived.has_in_hand = arrived.in_hand = true;
    before = fold;
    was.content = &before.content;
    incident_fold (with_crew, 2, &fold);
    step = incident_next (&was, &fold);
    ok (step.in_hand && !step.updated && !step.raised && !step.open, "the crew is with the person: that is told, and nothing else");
    was.content = &fold.content;
    ok (!incident_next (&was, &fold).in_hand, "...once");
    incident_fold (only_update, 1, &fold);
    is_number (fold.state, INCIDENT_STATE_OPEN, "V-10: an update alone is an incident");
    incident_fold (only_cancel, 1, &fold);
    is_number (fold.state, INCIDENT_STATE_ANNOUNCED, "a cancel alone is none");
    was = (struct incident_was) { 0 };
    ok (!incident_next (&was, &fold).open, "...and opens nothing");
    incident_fold (late, 2, &before);
    incident_fold (reopened, 3, &fold);
    was = (struct incident_was) { before.state, true, false, &before.content };
    step = incident_next (&was, &fold);
    ok (step.open && step.reopen, "a report sent after the cancel opens it again, under a new alert");
}

static void test_exercise (void)
{
    struct intake_message drill = report, real = update_1;
    const struct intake_message *one[] = { &drill }, *mixed[] = { &drill, &real };
    struct incident_fold fold;

    drill.status = INCIDENT_STATUS_EXERCISE;
    incident_fold (one, 1, &fold);
    ok (fold.exercise, "V-06, EMS-16: an exercise is one");
    incident_fold (mixed, 2, &fold);
    ok (!fold.exercise, "V-07: one message in earnest makes it real");
    incident_fold (NULL, 0, &fold);
    is_number (fold.state, INCIDENT_STATE_ANNOUNCED, "nothing at all is nothing");
}

static void test_response (void)
{
    const struct partner_rule rule = { .complaint = INCIDENT_COMPLAINT_BREATHING, .terminal = false, .response = INCIDENT_RESPONSE_FULL };

    is_number (response_of (NULL, 0, INCIDENT_COMPLAINT_CPA, false, false), INCIDENT_RESPONSE_FULL, "CPA starts the full response");
    is_number (response_of (NULL, 0, INCIDENT_COMPLAINT_DOCTOR_REQUESTED, false, false), INCIDENT_RESPONSE_FULL, "医師要請 as well");
    is_number (response_of (NULL, 0, INCIDENT_COMPLAINT_FEVER, false, false), INCIDENT_RESPONSE_SINGLE_CALL, "a fever one call each");
    is_number (response_of (NULL, 0, INCIDENT_COMPLAINT_CPA, true, false), INCIDENT_RESPONSE_TERMINAL_CHAIN, "in 看取り its own chain");
    is_number (response_of (&rule, 1, INCIDENT_COMPLAINT_BREATHING, false, false), INCIDENT_RESPONSE_FULL,
               "the approved table stands above the standard");
    is_number (response_of (&rule, 1, INCIDENT_COMPLAINT_BREATHING, true, false), INCIDENT_RESPONSE_TERMINAL_CHAIN,
               "...for its phase only");
    is_number (response_of (NULL, 0, INCIDENT_COMPLAINT_FEVER, true, true), INCIDENT_RESPONSE_FULL, "医師と話したい raises everything");
    for (int i = 1; i <= 9; i++)
        if (tag_of_complaint ((enum incident_complaint) i, false) == 0)
            ok (false, "every complaint asks for some doctor");
    is_number (tag_of_complaint (INCIDENT_COMPLAINT_CPA, true), CONDITION_TAG_TERMINAL, "看取り asks for its own");
}

int main (void)
{
    test_orders ();
    test_again ();
    test_exercise ();
    test_response ();
    return done ();
}
