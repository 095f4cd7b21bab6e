/* Rules V-04 … V-11: given who sends it and what was sent before. */
#include "../../../services/dispatch/intake_rules.h"
#include "tap.h"

enum { MINUTE = 60 * 1000000 };
#define NOW (1800000000ll * 1000000)

static const char *const senders[] = { "fd.suko", "fd.suko.2" };
static const int both[] = { MESSAGE_FORMAT_JSON, MESSAGE_FORMAT_CAP };
static const struct intake_partner partner = { "renkei.suko", { senders, 2 }, { both, 2 } };

static struct intake message_of (enum incident_kind kind)
{
    static const char *const to[] = { "renkei.suko" };
    struct intake intake = { .format = MESSAGE_FORMAT_JSON, .verdict = INTAKE_VERDICT_ACCEPTED,
                             .message = { .id = "1", .sender = "fd.suko", .kind = kind, .status = INCIDENT_STATUS_ACTUAL, .sent = NOW,
                                          .incident = "I1" } };

    intake.message.to.items = to;
    intake.message.to.count = 1;
    return intake;
}

static enum intake_verdict judge (struct intake intake, const struct intake_before *before, unsigned *ret_warnings)
{
    static const struct intake_before nothing;

    intake_judge (&intake, &partner, before ? before : &nothing, NOW, ret_warnings);
    return intake.verdict;
}

static void test_who (void)
{
    struct intake intake = message_of (INCIDENT_KIND_REPORT);
    unsigned warnings;

    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_ACCEPTED, "V-04: a bound sender is taken");
    intake.message.sender = "fd.other";
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_WRONG_SENDER, "V-04: another sender is refused");
    intake = message_of (INCIDENT_KIND_REPORT);
    intake.message.to.count = 0;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_WRONG_ADDRESSEE, "V-05: addressed to nobody is refused");
    intake = message_of (INCIDENT_KIND_REPORT);
    intake.format = MESSAGE_FORMAT_MAIL;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_FORMAT_OFF, "a format that was not agreed is refused");
    intake.verdict = INTAKE_VERDICT_SCHEMA;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_SCHEMA, "what could not be read stays so");
}

static void test_when (void)
{
    struct intake intake = message_of (INCIDENT_KIND_REPORT);
    unsigned warnings;

    intake.message.has_expires = true;
    intake.message.expires = NOW + MINUTE;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_ACCEPTED, "V-08: not expired yet");
    intake.message.expires = NOW;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_EXPIRED, "V-08: expired on receipt pages nobody");
    intake.message.sent = NOW + 10 * MINUTE;
    intake.message.expires = NOW + 9 * MINUTE;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_EXPIRED, "V-08: expires before it was sent");
    intake = message_of (INCIDENT_KIND_REPORT);
    intake.message.sent = NOW + 5 * MINUTE;
    judge (intake, NULL, &warnings);
    is_number (warnings, 0, "V-09: five minutes ahead are let pass");
    intake.message.sent = NOW + 5 * MINUTE + 1;
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_ACCEPTED, "V-09, EMS-24: more is taken as well");
    is_number (warnings, WARN_SKEW, "...and flagged");
}

static void test_references (void)
{
    struct intake_before known = { .incident_known = true, .incident_sender = "fd.suko" };
    struct intake intake = message_of (INCIDENT_KIND_UPDATE);
    unsigned warnings;

    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_ACCEPTED, "V-10: an update of an unknown incident is taken as a report");
    is_number (warnings, WARN_REFERENCE, "...with a warning");
    is_number (judge (intake, &known, &warnings), INTAKE_VERDICT_ACCEPTED, "V-10: an update of a known one");
    is_number (warnings, 0, "...without");
    intake.message.incident = NULL;
    intake.message.reference = "0";
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_UNKNOWN_REFERENCE, "V-10: an update that names nothing known is refused");
    intake = message_of (INCIDENT_KIND_CANCEL);
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_UNKNOWN_REFERENCE, "EMS-12: a cancel of something unknown is an error");
    is_number (judge (intake, &known, &warnings), INTAKE_VERDICT_ACCEPTED, "EMS-12: its sender may cancel");
    intake.message.sender = "fd.suko.2";
    is_number (judge (intake, &known, &warnings), INTAKE_VERDICT_NOT_THE_SENDER, "V-11, EMS-12: another sender may not");
    intake = message_of (INCIDENT_KIND_RESULT);
    is_number (judge (intake, NULL, &warnings), INTAKE_VERDICT_ACCEPTED, "EMS-13: a result without an earlier incident is taken");
    is_number (warnings, WARN_NO_INCIDENT, "...and says so");
}

static void test_counts (void)
{
    struct intake intake = message_of (INCIDENT_KIND_CANCEL);

    intake.verdict = INTAKE_VERDICT_UNKNOWN_REFERENCE;
    ok (intake_counts (&intake), "EMS-18: a cancel that came first counts when the report comes");
    intake.verdict = INTAKE_VERDICT_NOT_THE_SENDER;
    ok (!intake_counts (&intake), "a stranger's cancel does not");
    intake = message_of (INCIDENT_KIND_REPORT);
    intake.verdict = INTAKE_VERDICT_EXPIRED;
    ok (!intake_counts (&intake), "V-08: an expired report does not count");
    intake = message_of (INCIDENT_KIND_ACK);
    ok (!intake_counts (&intake), "an acknowledgement is no part of an incident");
}

int main (void)
{
    test_who ();
    test_when ();
    test_references ();
    test_counts ();
    return done ();
}
