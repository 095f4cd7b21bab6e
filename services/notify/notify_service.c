/* notify_service.c - what notify is made of: routes, hearings, jobs, statements, settings. */
#define DEFINE_ROUTES
#include <unistd.h>
#include "notify.h"
#include "alert_draft.h"
#include "alert_news.h"
#include "alert_store.h"
#include "announcement_store.h"
#include "authenticator_store.h"
#include "clock.h"
#include "delivery_store.h"
#include "desk_store.h"
#include "duty_change_store.h"
#include "duty_copy.h"
#include "duty_table_store.h"
#include "fax_in_store.h"
#include "fax_store.h"
#include "feed_store.h"
#include "gap_store.h"
#include "ical_store.h"
#include "follow_store.h"
#include "preference_store.h"
#include "incident_store.h"
#include "night_rules.h"
#include "night_store.h"
#include "office_paper_store.h"
#include "projection_store.h"
#include "push_store.h"
#include "reply_store.h"
#include "report_store.h"
#include "informed.h"
#include "office_phone_store.h"
#include "roster_layers_store.h"
#include "roster_page_store.h"
#include "route_store.h"
#include "scheme_store.h"
#include "self_test_store.h"
#include "sender.h"
#include "shift_cache_store.h"
#include "swap_store.h"

static const struct db_statement *const statements[] = {
    incident_statements, news_statements, self_test_statements,
    projection_statements, roster_statements, roster_change_statements, alert_statements, alert_read_statements, draft_statements, feed_statements,
    delivery_statements, receipt_statements, shift_statements, roster_layer_statements, duty_change_statements,
    swap_statements, roster_page_statements, gap_statements, duty_table_statements,
    follow_statements, preference_statements, push_statements, reply_statements, fax_statements, fax_in_statements, fax_in_job_statements,
    ical_statements, report_statements, night_statements, desk_statements, office_paper_statements, scheme_statements,
    announcement_statements, announcement_read_statements, route_statements, authenticator_statements,
    office_phone_statements, informed_statements, NULL,
};

static const struct job jobs[] = {
    { "alert_engine", 500, notify_job_alert_engine },
    { "alert_news", 1000, notify_job_alert_news },
    { "alert_auditor", 60000, notify_job_alert_auditor },
    { "self_test", 10000, notify_job_self_test },
    { "shift_tables", 10000, notify_job_shift_tables },
    { "deliver", 60000, notify_job_deliver },
    { "delivery_follow", 1000, notify_job_delivery_follow },
    { "duty_copy", 10000, notify_job_duty_copy },
    { "fax_in", 1000, notify_job_fax_in },
    { "gap_check", 10000, notify_job_gap_check },
    { "reports", 60000, notify_job_reports },
    { "night_reports", 60000, notify_job_night_reports },
    { "office_paper", 60000, notify_job_office_paper },
    { "announcements", 10000, notify_job_announcements },
};

static const struct snapshot snapshots[] = {
    { &closure_changed_message, closure_page },
};

static const struct away away[] = {
    { &duty_now_message, notify_away_duty_now },
    { &emergency_report_message, notify_away_emergency_report },
    { 0 },
};

const struct option notify_options[] = {
    { "smtp-url", OPTION_TEXT, "", 0, 0, "Mail server, as smtp://host:port or smtps://host:port; empty: no e-mail leaves." },
    { "smtp-url-2", OPTION_TEXT, "", 0, 0, "Second mail server, asked when the first does not take a message; empty: none." },
    { "mail-from", OPTION_TEXT, "renkei@localhost", 0, 0, "Sender's address of e-mail." },
    { "adapter-files", OPTION_TEXT, "", 0, 0, "Files that attach providers of calls, SMS, FAX or mail (docs/adapters.md), comma-separated, the first asked first." },
    { "voice-url", OPTION_TEXT, "", 0, 0, "An HTTPS address that takes calls and SMS as JSON, without keypad and receipts; empty: none." },
    { "link-key-file", OPTION_TEXT, "", 0, 0, "File of 32 random bytes that proves one-time links; empty: messages carry none." },
    { "public-url", OPTION_TEXT, "", 0, 0, "Address of this region's pages as others reach them, without a slash at the end; for one-time links." },
    { "fax-command", OPTION_TEXT, "", 0, 0, "Path of HylaFAX's sendfax; empty: none." },
    { "fax-mail", OPTION_TEXT, "", 0, 0, "Address of a gateway from e-mail to FAX, with %s for the number; empty: none." },
    { "fax-in-dir", OPTION_TEXT, "", 0, 0, "Folder in whose folders OFFICE-ID/ a FAX server or a mail gateway lays down what came in (docs/fax.md); empty: none." },
    { "fax-reader", OPTION_TEXT, "", 0, 0, "Path of renkei-fax-reader; empty: beside this program." },
    { "push-key-file", OPTION_TEXT, "", 0, 0, "File of 32 random bytes, this region's private key for push messages; empty: none are sent." },
    { "push-subject", OPTION_TEXT, "mailto:renkei@localhost", 0, 0, "Whom a push service may write to about this region's messages." },
    { "push-allow", OPTION_TEXT, "https://fcm.googleapis.com/,https://updates.push.services.mozilla.com/,https://web.push.apple.com/", 0, 0,
      "Push services messages may be sent to: comma-separated prefixes ending in /." },
    { "webhook-allow", OPTION_TEXT, "", 0, 0, "Addresses webhooks may be sent to: comma-separated prefixes ending in /." },
    { "self-test-phone", OPTION_TEXT, "", 0, 0, "Number that the machine calls every quarter of an hour to test the whole way; empty: no test." },
    { "paper-dir", OPTION_PATH, "", 0, 0, "Folder where every night each office's roster and numbers are written as an encrypted PDF; empty: none." },
    { "merge-window", OPTION_SECONDS, "600", 0, 3600, "Seconds in which a further report of the same person goes into the open alert." },
    { "night-report-hour", OPTION_NUMBER, "10", 8, 17,
      "Hour of a working day by which a report of a night visit is to be read; then deputy, clinic and who visited are told." },
    { 0 },
};

const struct service notify_service = {
    .name = "notify",
    .routes = notify_routes, .route_count = NOTIFY_ROUTE_COUNT,
    .heard = notify_heard, .heard_count = NOTIFY_HEARD_COUNT,
    .jobs = jobs, .job_count = sizeof jobs / sizeof *jobs,
    .snapshots = snapshots, .snapshot_count = sizeof snapshots / sizeof *snapshots,
    .statements = statements,
    .options = notify_options,
    .start = notify_start,
    .stop = notify_stop,
    .away = away,
};

/* The key stays in the process; its public half goes to browsers. */
static int open_push (struct notify *self, const struct options *options, struct error *err)
{
    const char *path = option_text (options, "push-key-file");
    struct link_key file = { .set = false };
    static struct arena arena;              /* as long as the process */

    self->push_allow = option_text (options, "push-allow");
    if (!*path)
        return 0;
    if (!link_key_read (path, &file) || !push_pair_of (file.bytes, &self->push_pair))
        return fail (err, ERROR_TRY_LATER, NULL, "push-key-file holds no key");
    self->push_key = push_write (&arena, self->push_pair.public_key, PUSH_PUBLIC);
    return 0;
}

/* The program that opens strangers' files stands beside this one. */
static void open_fax (struct notify *self, const struct options *options)
{
    static char beside[4096];
    const char *dir = option_text (options, "fax-in-dir"), *reader = option_text (options, "fax-reader");
    ssize_t size = readlink ("/proc/self/exe", beside, sizeof beside - 40);
    char *slash;

    beside[size > 0 ? size : 0] = '\0';
    slash = strrchr (beside, '/');
    if (slash)
        memcpy (slash, "/renkei-fax-reader", sizeof "/renkei-fax-reader");
    fax_work_init (&self->fax, dir, !*dir ? NULL : *reader ? reader : beside);
}

int notify_start (void *service, struct error *err)
{
    const struct options *options = service_options ();
    struct notify *self = service;
    const char *key_file = option_text (options, "link-key-file");
    struct sender_settings settings = {
        .smtp_url = option_text (options, "smtp-url"), .smtp_url_2 = option_text (options, "smtp-url-2"),
        .adapter_files = option_text (options, "adapter-files"), .mail_from = option_text (options, "mail-from"),
        .voice_url = option_text (options, "voice-url"), .webhook_allow = option_text (options, "webhook-allow") };

    self->self_test_phone = option_text (options, "self-test-phone");
    self->paper_dir = option_text (options, "paper-dir");
    self->merge_us = option_number (options, "merge-window") * SECOND_US;
    self->webhook_allow = settings.webhook_allow;
    self->night_hour = (int) option_number (options, "night-report-hour");
    self->links.base = option_text (options, "public-url");
    if (*key_file && !link_key_read (key_file, &self->links))
        return fail (err, ERROR_TRY_LATER, NULL, "link-key-file holds no 32 bytes");
    settings.links = &self->links;
    settings.fax_command = option_text (options, "fax-command");
    settings.fax_mail = option_text (options, "fax-mail");
    if (open_push (self, options, err) < 0)
        return -1;
    settings.push_key = self->push_key ? &self->push_pair : NULL;
    settings.push_subject = option_text (options, "push-subject");
    settings.push_allow = self->push_allow;
    self->shifts = shift_cache_open (option_text (options, "redis"));
    self->keeper = roster_keeper_open ();
    self->duty_copy = duty_copy_open ();
    open_fax (self, options);
    self->sender = sender_start (option_text (options, "engine-database"), &settings, err);
    if (!self->sender)
        return -1;
    self->adapters = sender_adapters (self->sender);
    self->voice = adapters_for (sender_adapters (self->sender), CONTACT_KIND_VOICE) > 0;
    return 0;
}

void notify_stop (void *service)
{
    struct notify *self = service;

    if (self->fax.reader)
        fax_work_leave (&self->fax);
    sender_stop (&self->sender);
    shift_cache_close (&self->shifts);
    roster_keeper_close (&self->keeper);
    duty_copy_close (&self->duty_copy);
}
