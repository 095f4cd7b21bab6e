/* FAX: no patient's page before a coded test page was confirmed; office and number written by the sender; 誤送信 in one action. */
#include <sys/stat.h>
#include "fake_adapter.h"

#define FAX_ID(n) "00000000-0000-7000-8000-0000000000f" #n

static struct fax_send page_to (const char *fax, const char *office, const char *number)
{
    return (struct fax_send) { .fax_id = fax, .patient_id = PATIENT, .office_id = CLINIC, .office = office, .number = number,
                               .title = "連絡", .text = "お電話をお願いします。" };
}

static const char *send_page (struct region *region, const char *fax, const char *office, const char *number)
{
    const struct fax_send message = page_to (fax, office, number);

    as_nurse (region);
    return refused (region, "fax_send", &message);
}

static const char *put_number (struct region *region, const char *number)
{
    as_nurse (region);
    return refused (region, "fax_number_put", &(struct fax_number_put) { .office_id = CLINIC, .number = number });
}

static const char *confirm (struct region *region, const char *code)
{
    as_nurse (region);
    return refused (region, "fax_number_confirm", &(struct fax_number_confirm) { .office_id = CLINIC, .code = code });
}

static int64_t state (struct region *region)
{
    return number (region, "select state from fax_number");
}

static void test_number (struct region *region)
{
    is (send_page (region, FAX_ID (1), "青葉クリニック", "011-000-0099"), "not_for_you", "without a number nothing is sent");
    is (put_number (region, "12"), "phone_invalid", "a number that is none is refused");
    is (put_number (region, "０１１－０００－００９９"), "accepted", "an office's FAX number is entered");
    is_number (number (region, "select count(*) from delivery where kind = 6 and text like '%' || (select test_code from fax_number) || '%'"), 1,
               "...a coded test page goes at once");
    is (send_page (region, FAX_ID (1), "青葉クリニック", "011-000-0099"), "fax_untested", "no patient's page before it is confirmed");
    is (confirm (region, "WRONG1"), "fax_code_wrong", "another code does not confirm");
    is (confirm (region, text (region, "select lower (substr (test_code, 1, 3)) || ' ' || substr (test_code, 4) from fax_number")), "accepted",
        "the code as it was read out does");
    is (put_number (region, "0110000099"), "accepted", "the same number again");
    is_number (state (region), FAX_NUMBER_STATE_CONFIRMED, "...stays confirmed");
}

static void test_send (struct region *region)
{
    is (send_page (region, FAX_ID (1), "別の診療所", "011-000-0099"), "fax_not_confirmed", "another office's name is refused");
    is (send_page (region, FAX_ID (1), "青葉クリニック", "011-000-0098"), "fax_not_confirmed", "...and another number");
    is (send_page (region, FAX_ID (1), "青葉クリニック", "011 000 0099"), "accepted", "office and number as registered: the page is sent");
    is (send_page (region, FAX_ID (1), "青葉クリニック", "011-000-0099"), "already_there", "...once");
    is_number (number (region, "select count(*) from delivery where kind = 6 and (text like '%" PLANTED_NAME "%' or subject like '%" PLANTED_NAME
                               "%')"), 0, "N-58 the page carries a reference, no name");
    as_stranger (region);
    is_number (harness_sees (region->harness, "select count(*) from fax"), 0, "S-20 another office does not see it");
    is (refused (region, "fax_send", &(struct fax_send) { .fax_id = FAX_ID (2), .patient_id = PATIENT, .office_id = CLINIC,
        .office = "青葉クリニック", .number = "0110000099", .title = "t", .text = "t" }), "not_for_you", "...nor sends about a person it may not see");
}

static void test_command (struct region *region)
{
    static const char script[] = "#!/bin/sh\necho \"$1 $2 $3\" >\"$0.args\"; head -c 5 \"$4\" >\"$0.page\"; exec test ! -e \"$0.fail\"\n";
    char folder[] = "/tmp/renkei-fax-test-XXXXXX", command[80], path[120], got[100] = "";
    const struct sender_settings settings = { .smtp_url = "", .mail_from = "", .voice_url = "", .webhook_allow = "", .fax_command = command };
    size_t claimed;
    FILE *file;

    if (!mkdtemp (folder))
        abort ();
    snprintf (command, sizeof command, "%s/sendfax", folder);
    file = fopen (command, "w");
    fputs (script, file);
    fclose (file);
    chmod (command, 0700);
    if (sender_round (fake_db, &settings, &claimed, &region->err) < 0)
        note ("%s", region->err.detail);
    is_number (number (region, "select count(*) from delivery where kind = 6 and state = 7"), 2, "test page and page are handed to sendfax");
    snprintf (path, sizeof path, "%s.args", command);
    file = fopen (path, "r");
    ok (file && fgets (got, sizeof got, file) && strcmp (got, "-n -d 0110000099\n") == 0, "...with the number as digits");
    if (file)
        fclose (file);
    snprintf (path, sizeof path, "%s.page", command);
    file = fopen (path, "r");
    ok (file && fgets (got, sizeof got, file) && strncmp (got, "%PDF-", 5) == 0, "...and a PDF");
    if (file)
        fclose (file);
    snprintf (path, sizeof path, "%s.fail", command);
    fclose (fopen (path, "w"));
    harness_sql (region->harness, "update delivery set state = 1, next_at = guard.now ()");
    sender_round (fake_db, &settings, &claimed, &region->err);
    is_number (number (region, "select count(*) from delivery where kind = 6 and state = 1 and next_at > guard.now ()"), 2,
               "N-51 what sendfax does not take is tried again");
    snprintf (path, sizeof path, "rm -r %s", folder);
    if (system (path) != 0)
        note ("%s stays", folder);
}

static void test_misdirected (struct region *region)
{
    const struct fax_misdirected message = { .fax_id = FAX_ID (1), .sent_to = "見知らぬ会社", .what = "連絡1枚", .recovered = true };
    struct fax_list_answer list;

    as_stranger (region);
    is (refused (region, "fax_misdirected", &message), "not_for_you", "another office records nothing");
    as_nurse (region);
    is (refused (region, "fax_misdirected", &message), "accepted", "誤送信 is recorded in one action");
    is (refused (region, "fax_misdirected", &message), "accepted", "...twice");
    is_number (state (region), FAX_NUMBER_STATE_BARRED, "...the number is barred");
    is (send_page (region, FAX_ID (3), "青葉クリニック", "011-000-0099"), "fax_untested", "...no page goes there any more");
    call (region, "fax_list", &(struct fax_list) { 0 }, &list);
    ok (list.faxes.count == 1 && list.faxes.items[0].has_misdirected_at && strcmp (list.faxes.items[0].misdirected_to, "見知らぬ会社") == 0
            && list.faxes.items[0].recovered, "...to whom and that it is back stands in the list");
    is (confirm (region, text (region, "select test_code from fax_number")), "fax_untested", "...and the code of its old test does not open it");
    is (put_number (region, "011-000-0099"), "accepted", "the same number entered again");
    is_number (state (region), FAX_NUMBER_STATE_TESTING, "...is tested again");
}

static const char *unconfirm (struct region *region, const char *office)
{
    as_nurse (region);
    return refused (region, "fax_number_unconfirm", &(struct fax_number_unconfirm) { .office_id = office });
}

static void test_unconfirmed (struct region *region)
{
    char code[20];

    is (unconfirm (region, CLINIC), "accepted", "what is being tested has nothing to take back");
    is_number (state (region), FAX_NUMBER_STATE_TESTING, "...and goes on being tested");
    is (unconfirm (region, STATION), "not_for_you", "an office without a number has none either");
    snprintf (code, sizeof code, "%s", text (region, "select test_code from fax_number"));
    is (confirm (region, code), "accepted", "the new test page is confirmed");
    is (send_page (region, FAX_ID (4), "青葉クリニック", "011-000-0099"), "accepted", "a page waits to be sent");
    harness_sql (region->harness, "update fax set from_office = '" OTHER_OFFICE "' where fax_id = '" FAX_ID (4) "'");
    is (unconfirm (region, CLINIC), "accepted", "the confirmation of a FAX number is taken back");
    is_number (state (region), FAX_NUMBER_STATE_UNTESTED, "...it is untested");
    is_number (number (region, "select count(*) from fax_number where confirmed_at is null and confirmed_by is null"), 1, "...by nobody, at no time");
    is_number (number (region, "select count(*) from delivery d join fax f using (delivery_id) where f.fax_id = '" FAX_ID (4) "' and d.state = 5"), 1,
               "...the page that has not left is called off, also another office's");
    is_number (number (region, "select (count(*) > 0)::int from delivery d where d.kind = 6 and d.state = 1"
                               " and not exists (select from fax f where f.delivery_id = d.delivery_id)"),
               1, "...a test page, which is about nobody, is not");
    is (send_page (region, FAX_ID (5), "青葉クリニック", "011-000-0099"), "fax_untested", "...no further page goes there");
    is (confirm (region, code), "fax_untested", "the old test's code does not bring it back");
    is (unconfirm (region, CLINIC), "accepted", "taken back twice is once");
    is (put_number (region, "011-000-0099"), "accepted", "a new test page");
    is (confirm (region, code), "fax_code_wrong", "...has another code");
    is_number (state (region), FAX_NUMBER_STATE_TESTING, "...which is waited for");
}

int main (void)
{
    struct region *region = region_open ();

    open_fakes (region);
    harness_empty (region->harness, "fax, fax_number, delivery");
    test_number (region);
    test_send (region);
    test_command (region);
    test_misdirected (region);
    test_unconfirmed (region);
    db_close (&fake_db);
    harness_close (&region->harness);
    return done ();
}
