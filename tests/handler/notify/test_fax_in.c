/* FAX that comes in: what we printed comes back and files itself, everything else waits for a person; each file once; who sees what.
 *
 * Pages are ours: printed by the sender's adapter, caught, and laid down as an e-mail gateway does. */
#include <dirent.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>
#include "fake_adapter.h"

#define FAX_ID(n) "00000000-0000-7000-8000-0000000000f" #n

static char folder[] = "/tmp/renkei-fax-in-XXXXXX", reader[4096], command[80];
static unsigned char page[4 * 1024 * 1024];
static size_t page_size;

/* ---- a FAX server -------------------------------------------------------------------------------------------------------------------- */

static const char *path_of (const char *office, const char *name)
{
    static char path[400];

    snprintf (path, sizeof path, "%s/%s/%s", folder, office, name);
    return path;
}

static void lay_down (const char *office, const char *name, const void *bytes, size_t size)
{
    FILE *file;

    mkdir (path_of (office, ""), 0700);
    file = fopen (path_of (office, name), "w");
    if (!file || fwrite (bytes, 1, size, file) != size || fclose (file) != 0)
        abort ();
}

static void lay_down_mail (const char *office, const char *name, const char *subject)
{
    static char mail[6 * 1024 * 1024];
    int head = snprintf (mail, sizeof mail, "Subject: FAX %s\nMIME-Version: 1.0\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n", subject);

    lay_down (office, name, mail, (size_t) head + (size_t) EVP_EncodeBlock ((unsigned char *) mail + head, page, (int) page_size));
}

static bool is_there (const char *office, const char *name)
{
    return access (path_of (office, name), F_OK) == 0;
}

/* What waits to be sent is printed; the last page is kept. */
static void print_page (struct region *region)
{
    static const char script[] = "#!/bin/sh\ncp \"$4\" \"$0.page\"\n";
    const struct sender_settings settings = { .smtp_url = "", .mail_from = "", .voice_url = "", .webhook_allow = "", .fax_command = command };
    char path[120];
    size_t claimed;
    FILE *file = fopen (command, "w");

    fputs (script, file);
    fclose (file);
    chmod (command, 0700);
    sender_round (fake_db, &settings, &claimed, &region->err);
    snprintf (path, sizeof path, "%s.page", command);
    file = fopen (path, "r");
    page_size = file ? fread (page, 1, sizeof page, file) : 0;
    if (file)
        fclose (file);
}

static void run_once (struct region *region)
{
    if (harness_job (region->harness, "fax_in", &region->err) < 0) {
        printf ("Bail out! fax_in: %s %s\n", error_name_of (&region->err), region->err.detail);
        exit (1);
    }
}

/* Until every file was in hand. */
static void run_job (struct region *region)
{
    for (int i = 0; i < 12; i++) {
        run_once (region);
        if (region->self.fax.child)
            fax_work_ended (&region->self.fax, true);
    }
}

static const char *last (struct region *region)
{
    return text (region, "select state || ' ' || coalesce (why, 0) || ' ' || pages || ' ' || coalesce (number, '-') from fax_in order by recorded_at desc limit 1");
}

static const char *one (struct region *region)
{
    return text (region, "select fax_in_id from fax_in order by recorded_at desc limit 1");
}

static int64_t told (struct region *region, enum feed_kind kind)
{
    return harness_number (region->harness, "select count(*) from feed where kind = %d", (int) kind);
}

/* ---- what comes back ----------------------------------------------------------------------------------------------------------------- */

static void test_number (struct region *region)
{
    as_nurse (region);
    must (region, "fax_number_put", &(struct fax_number_put) { .office_id = CLINIC, .number = "011-000-0099" });
    print_page (region);
    lay_down_mail (STATION, "1.eml", "from 011-000-0098");
    run_job (region);
    is (last (region), "1 7 1 0110000098", "a test page from another number waits for a person");
    is_number (told (region, FEED_KIND_FAX_WAITING), 2, "...and the office's people are told");
    is_number (number (region, "select state from fax_number"), FAX_NUMBER_STATE_TESTING, "...the number is not confirmed");
    lay_down_mail (STATION, "2.eml", "from 011-000-0099");
    run_job (region);
    is (last (region), "3 0 1 0110000099", "from its own number it confirms the number");
    is_number (number (region, "select state from fax_number"), FAX_NUMBER_STATE_CONFIRMED, "...as the code read out does");
    ok (told (region, FEED_KIND_FAX_CONFIRMED) == 1 && !is_there (STATION, "2.eml"), "...whoever tested it is told, the file is gone");
    lay_down_mail (STATION, "3.eml", "from 011-000-0099");
    run_job (region);
    is (last (region), "1 8 1 0110000099", "a second time there is nothing to confirm");
}

static void send_page (struct region *region, const char *fax)
{
    as_nurse (region);
    must (region, "fax_send", &(struct fax_send) { .fax_id = fax, .patient_id = PATIENT, .office_id = CLINIC, .office = "青葉クリニック",
        .number = "011-000-0099", .title = "状態の照会", .text = "ご返信をお願いします。", .has_wants_answer = true, .wants_answer = true });
    print_page (region);
}

static void test_answer (struct region *region)
{
    struct fax_list_answer list;
    struct file_answer picture;

    send_page (region, FAX_ID (1));
    is_number (number (region, "select count(*) from delivery where page_code like '%" PATIENT "%' or text like '%" PLANTED_NAME "%'"), 0,
               "N-58 neither code nor page name anybody");
    lay_down (STATION, "4.pdf", page, page_size);
    run_job (region);
    is (last (region), "2 0 1 -", "the page we printed files itself when it comes back");
    is_number (harness_number (region->harness, "select count(*) from feed where kind = %d and person_id = '" NURSE "' and patient_id = '" PATIENT "'",
                               FEED_KIND_FAX_ANSWERED), 1, "...its sender is told");
    as_nurse (region);
    call (region, "fax_list", &(struct fax_list) { 0 }, &list);
    ok (list.faxes.count == 1 && list.faxes.items[0].answers.count == 1 && list.faxes.items[0].answers.items[0].pages == 1, "...and it stands beside the FAX");
    is (refused (region, "fax_page", &(struct fax_page) { .fax_in_id = one (region), .page = 1 }), "accepted", "its page is shown");
    call (region, "fax_page", &(struct fax_page) { .fax_in_id = one (region), .page = 1 }, &picture);
    ok (picture.body.size > 1000 && memcmp (picture.body.data, "\x89PNG", 4) == 0, "...as a picture");
    is_number (number (region, "select count(*) from ledger where items = 'fax_page' and subjects = array['" PATIENT "'::uuid]"), 2,
               "S-27 ...and every look stands in the ledger, under the person it is about");
    as_stranger (region);
    is (refused (region, "fax_page", &(struct fax_page) { .fax_in_id = one (region), .page = 1 }), "not_for_you", "S-20 another office sees no page");
    is_number (harness_sees (region->harness, "select count(*) from fax_in") + harness_sees (region->harness, "select count(*) from fax_in_page"), 0,
               "S-20 ...nor that anything came, with any SQL");
}

/* Dead after COMMIT, before the file was removed: the next process takes it again. */
static void test_killed (struct region *region)
{
    int64_t before = number (region, "select count(*) from fax_in");

    lay_down (STATION, "5.pdf", page, page_size);
    run_once (region);
    fax_work_ended (&region->self.fax, true);
    run_once (region);
    is_number (number (region, "select count(*) from fax_in"), before + 1, "a file is written down");
    ok (is_there (STATION, "5.pdf"), "...and stays until that is committed");
    fax_work_leave (&region->self.fax);
    fax_work_init (&region->self.fax, folder, reader);
    run_job (region);
    ok (number (region, "select count(*) from fax_in") == before + 1 && !is_there (STATION, "5.pdf"), "whoever dies in between takes it again: one entry, not two");
    lay_down (STATION, "6.pdf", page, page_size);
    run_once (region);
    fax_work_leave (&region->self.fax);
    fax_work_init (&region->self.fax, folder, reader);
    run_job (region);
    is_number (number (region, "select count(*) from fax_in"), before + 2, "...dead while it was read: it is read again");
}

static void test_other_office (struct region *region)
{
    struct fax_inbox_answer box;

    lay_down (OTHER_OFFICE, "1.pdf", page, page_size);
    run_job (region);
    is (last (region), "1 6 1 -", "a page that another office printed waits for a person");
    as_stranger (region);
    call (region, "fax_inbox", &(struct fax_inbox) { 0 }, &box);
    ok (box.waiting.count == 1 && box.waiting.items[0].candidates.count == 0, "...who is not shown that office's FAX");
}

/* ---- by a person --------------------------------------------------------------------------------------------------------------------- */

static const char *settle (struct region *region, enum fax_in_state state, int64_t version, const char *target, const char *note)
{
    return refused (region, "fax_in_settle", &(struct fax_in_settle) { .fax_in_id = one (region), .state = state, .version = version, .note = note,
        .fax_id = state == FAX_IN_STATE_FILED ? target : NULL, .person_id = state == FAX_IN_STATE_GIVEN ? target : NULL });
}

static void lay_down_blank (struct region *region, const char *name)
{
    static const unsigned char blank[] = {                  /* one white dot */
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x01,
        0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41,
        0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00, 0xb1, 0x38, 0xf6, 0x14, 0x00, 0x00, 0x00, 0x00, 0x49,
        0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };

    memcpy (page, blank, page_size = sizeof blank);
    lay_down_mail (STATION, name, "0110000099");
    run_job (region);
}

static void test_queue (struct region *region)
{
    struct fax_inbox_answer box;

    lay_down_blank (region, "7.eml");
    is (last (region), "1 1 1 0110000099", "a page without a code waits, whoever sent it");
    as_nurse (region);
    call (region, "fax_inbox", &(struct fax_inbox) { 0 }, &box);
    ok (box.waiting.count == 3 && box.waiting.items[2].candidates.count == 1 && strcmp (box.waiting.items[2].candidates.items[0].fax_id, FAX_ID (1)) == 0
            && !box.waiting.items[2].candidates.items[0].by_code, "...oldest first, with the FAX sent to that number as a candidate");
    is (box.waiting.items[2].office, "青葉クリニック", "...and whose number it is");
    is (settle (region, FAX_IN_STATE_FILED, 7, FAX_ID (1), NULL), "moved_on", "what was changed meanwhile is not filed");
    is (settle (region, FAX_IN_STATE_FILED, 1, FAX_ID (9), NULL), "fax_not_its_own", "...nor to a FAX that is not ours");
    as_stranger (region);
    is (settle (region, FAX_IN_STATE_FILED, 1, FAX_ID (1), NULL), "not_for_you", "S-20 ...nor by another office");
    act_as (region, COLLEAGUE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
    is (settle (region, FAX_IN_STATE_FILED, 1, FAX_ID (1), NULL), "accepted", "a person files it in one action");
    is (settle (region, FAX_IN_STATE_FILED, 1, FAX_ID (1), NULL), "moved_on", "...once");
    is_number (told (region, FEED_KIND_FAX_ANSWERED), 4, "...its sender is told");
    is (settle (region, FAX_IN_STATE_WAITING, 2, NULL, ""), "reason_needed", "taking it back needs a reason");
    is (settle (region, FAX_IN_STATE_WAITING, 2, NULL, "別の方の分でした"), "accepted", "...with one it waits again");
    is (settle (region, FAX_IN_STATE_GIVEN, 3, STRANGER, NULL), "not_a_colleague", "it is not given to another office");
    is (settle (region, FAX_IN_STATE_GIVEN, 3, NURSE, NULL), "accepted", "...but to a colleague");
    is_number (told (region, FEED_KIND_FAX_GIVEN), 1, "...who is told");
    is (text (region, "select string_agg (state || ' ' || coalesce (right (person_id::text, 2), '-'), ', ' order by event) from fax_in_event"
                      " where fax_in_id = (select fax_in_id from fax_in order by recorded_at desc limit 1)"), "1 -, 2 07, 1 07, 4 07", "who decided what stays written");
    lay_down_blank (region, "8.eml");
    is (settle (region, FAX_IN_STATE_DISCARDED, 1, NULL, NULL), "reason_needed", "discarding needs a reason");
    is (settle (region, FAX_IN_STATE_MISDIRECTED, 1, NULL, "別の診療所宛て。電話で伝えた"), "accepted", "not for us: one action");
}

static void test_overdue (struct region *region)
{
    int64_t waiting = number (region, "select count(distinct office_id) from fax_in where state = 1");

    run_job (region);
    is_number (told (region, FEED_KIND_FAX_OVERDUE), 0, "nobody is told again at once");
    forward (region, 31 * 60);
    run_job (region);
    ok (waiting == 2 && told (region, FEED_KIND_FAX_OVERDUE) == 3, "after half an hour the people of both offices are told again");
    run_job (region);
    is_number (told (region, FEED_KIND_FAX_OVERDUE), 3, "...once");
}

static void test_old_code (struct region *region)
{
    struct fax_inbox_answer box;

    send_page (region, FAX_ID (2));
    as_nurse (region);
    must (region, "fax_misdirected", &(struct fax_misdirected) { .fax_id = FAX_ID (2), .sent_to = "見知らぬ会社", .what = "照会", .recovered = false });
    lay_down (STATION, "9.pdf", page, page_size);
    run_job (region);
    is (last (region), "1 5 1 -", "what comes back of a misdirected FAX files itself no more");
    call (region, "fax_inbox", &(struct fax_inbox) { 0 }, &box);
    ok (box.waiting.items[box.waiting.count - 1].candidates.count > 0 && box.waiting.items[box.waiting.count - 1].candidates.items[0].by_code,
        "...its FAX is the first candidate");
}

static void test_bad (struct region *region)
{
    lay_down (STATION, "a.tif", "nothing", 7);
    lay_down (STATION, ".b.tif", "nothing", 7);
    lay_down (STATION, "c.tif.part", "nothing", 7);
    lay_down (ID ("99"), "d.tif", "nothing", 7);
    run_job (region);
    is (last (region), "1 9 0 -", "a file that cannot be read waits, too");
    ok (!is_there (STATION, "a.tif") && is_there (STATION, "bad/a.tif") && is_there (STATION, "bad/a.tif.why"), "...and lies in bad/ with the reason");
    ok (is_there (STATION, ".b.tif") && is_there (STATION, "c.tif.part"), "what is still being written is left alone");
    ok (is_there (ID ("99"), "d.tif"), "...and a folder of no office");
    region->self.fax.reader = "/bin/false";
    lay_down (STATION, "a.tif", "other", 5);
    run_job (region);
    ok (strcmp (last (region), "1 9 0 -") == 0 && is_there (STATION, "bad/1-a.tif"), "a reader that dies loses nothing, and nothing is written over");
}

static void open_folder (struct region *region)
{
    ssize_t size = readlink ("/proc/self/exe", reader, sizeof reader - 1);

    reader[size > 0 ? size : 0] = '\0';
    for (int i = 0; i < 4; i++)
        *strrchr (reader, '/') = '\0';
    memcpy (reader + strlen (reader), "/bin/renkei-fax-reader", sizeof "/bin/renkei-fax-reader");
    if (!mkdtemp (folder))
        abort ();
    snprintf (command, sizeof command, "%s/sendfax", folder);
    fax_work_init (&region->self.fax, folder, reader);
}

int main (void)
{
    struct region *region = region_open ();

    open_fakes (region);
    harness_empty (region->harness, "fax, fax_number, fax_code, fax_in, fax_in_page, fax_in_event, delivery, feed, feed_head");
    open_folder (region);
    test_number (region);
    test_answer (region);
    test_killed (region);
    test_other_office (region);
    test_queue (region);
    test_overdue (region);
    test_old_code (region);
    test_bad (region);
    fax_work_leave (&region->self.fax);
    snprintf (command, sizeof command, "rm -r %s", folder);
    if (system (command) != 0)
        note ("%s stays", folder);
    db_close (&fake_db);
    harness_close (&region->harness);
    return done ();
}
