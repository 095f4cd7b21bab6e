/* EMS-20, EMS-21: the export in pieces, full and delta, and the printed sheet. */
#include "region.h"

static const struct ems_export_row export_rows[] = { { .patient_id = PATIENT,
                                                       .municipality = TOWN_A,
                                                       .phone = "0990-11-2222",
                                                       .address = "本町1-2-3",
                                                       .name_kana = "ウミノ ハナ",
                                                       .number = "AR-1" },
                                                     { .patient_id = PATIENT_2, .municipality = TOWN_A, .removed = true } };
static const struct ems_export_answer first_piece = { .rows = { export_rows, 1 }, .position = "p7", .whole = true, .next = "k1" };
static const struct ems_export_answer last_piece = { .rows = { export_rows + 1, 1 }, .position = "p9", .whole = true };

static struct support_export_answer piece;

static enum error_key take (struct harness *harness, const struct harness_actor *actor, struct support_export message)
{
    struct error err = { 0 };

    piece = (struct support_export_answer) { 0 };
    harness_as (harness, actor);
    return harness_call (harness, "support_export", &message, &piece, &err) < 0 ? err.key : (enum error_key) 0;
}

static void test_export (struct harness *harness)
{
    region_answers (harness, NULL, NULL, NULL);
    is_number (take (harness, &desk, (struct support_export){ .encoding = "latin-1" }), ERROR_FIELD_UNKNOWN_CHOICE,
               "EMS-20: two encodings");
    harness_answer (harness, "ems_export", NULL);
    is_number (take (harness, &desk, (struct support_export){ 0 }), ERROR_TRY_LATER,
               "with sharing away there is no file rather than half a one");
    region_later (harness, 10);
    harness_answer (harness, "ems_export", &first_piece);
    is_number (take (harness, &other_desk, (struct support_export){ 0 }), ERROR_NOT_FOR_YOU,
               "S-25: without a fire organisation there is none");
    is_number (take (harness, &desk, (struct support_export) { 0 }), 0, "EMS-20: a desk takes the whole");
    ok (piece.next && strstr ((const char *) piece.body.data, "ウミノ ハナ") != NULL, "...piece by piece");
    is_number (harness_number (harness, "select count(*) from export_state"), 0, "...which is not taken before its end");
    harness_answer (harness, "ems_export", &last_piece);
    is_number (take (harness, &desk, (struct support_export) { .after = piece.next }), 0, "...to the last");
    ok (!piece.next && strstr ((const char *) piece.body.data, "削除") != NULL, "EMS-20: a withdrawal is told");
    is (harness_text (harness, "select position from export_state"), "p7", "EMS-20: the next delta begins where this file began");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'support_export'"), 2,
               "...and every piece stands in the ledger");
    is_number (take (harness, &desk, (struct support_export){ .has_delta = true, .delta = true, .encoding = "cp932" }), 0,
               "EMS-20: a delta in CP932");
    is (piece.media_type, "text/csv; charset=Shift_JIS", "...called so");
    is (harness_text (harness, "select position from export_state"), "p9", "...moves the position");
    is_number (take (harness, &desk, (struct support_export) { .after = "x" }), ERROR_MALFORMED, "a page key that is none is refused");
    is_number (take (harness, &crew, (struct support_export) { 0 }), ERROR_NOT_FOR_ROLE, "a crew takes no list of people");
}

static enum error_key fetch (struct harness *harness, struct support_file message)
{
    struct error err = { 0 };

    piece = (struct support_export_answer) { 0 };
    harness_as (harness, NULL);
    return harness_call (harness, "support_file", &message, &piece, &err) < 0 ? err.key : (enum error_key) 0;
}

/* EMS-20: daily, which no person does: the command system fetches by its key, and has a delta of its own. */
static void test_file_by_key (struct harness *harness)
{
    const struct ems_export_answer own = { .rows = { export_rows, 2 }, .position = "p20", .whole = true };
    static const struct ems_export_row mixed[] = { { .patient_id = PATIENT, .municipality = TOWN_A, .number = "AR-1" },
                                                   { .patient_id = PATIENT_2, .municipality = TOWN_B, .number = "AR-2" } };
    const struct ems_export_answer two_towns = { .rows = { mixed, 2 }, .position = "p20", .whole = true };
    const struct ems_export_answer later = { .rows = { export_rows + 1, 1 }, .position = "p21" };
    int64_t written = harness_number (harness, "select count(*) from ledger where items = 'support_export'");

    harness_answer (harness, "ems_export", &own);
    is_number (fetch (harness, (struct support_file) { .bearer = "renkei_0000" }), ERROR_LOG_IN_FIRST, "V-04: a key nobody made takes no file");
    is_number (fetch (harness, (struct support_file) { .bearer = region_key, .encoding = "latin-1" }), ERROR_FIELD_UNKNOWN_CHOICE,
               "...nor one in another encoding");
    is_number (fetch (harness, (struct support_file) { .bearer = region_key, .encoding = "cp932" }), 0, "EMS-20: the command system takes the whole by its key");
    is (piece.media_type, "text/csv; charset=Shift_JIS", "...as it reads it");
    is (harness_text (harness, "select position from export_key_state"), "p20", "...and its next delta begins there");
    is (harness_text (harness, "select position from export_state"), "p9", "...while the desk's own stays where it was");
    harness_sql (harness, "insert into last_known values ('" TOWN_A "', 'x', '0990-11-0001', guard.now ()), ('" TOWN_B "', 'y', '0990-22-0002',"
                 " guard.now ()) on conflict (located_in) do update set phone = excluded.phone");
    harness_answer (harness, "ems_export", &two_towns);
    is_number (fetch (harness, (struct support_file) { .bearer = region_key }), 0, "EMS-20: people of two towns");
    ok (strstr ((const char *) piece.body.data, "0990-11-0001") && strstr ((const char *) piece.body.data, "0990-22-0002"),
        "...each with the last resort of the own town");
    harness_answer (harness, "ems_export", &later);
    is_number (fetch (harness, (struct support_file) { .bearer = region_key, .has_delta = true, .delta = true }), 0, "EMS-20: its delta");
    ok (strstr ((const char *) piece.body.data, "削除") != NULL && !strstr ((const char *) piece.body.data, "ウミノ"), "...tells the withdrawal");
    is (harness_text (harness, "select position from export_key_state"), "p21", "...and moves on");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'support_export' and person is null and office is not null"), 3,
               "...each in the ledger, in the office's name");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'support_export'"), written + 3, "...and nothing refused is");
}

static void test_sheet (struct harness *harness)
{
    struct lookup_find find = { .lookup_id = ID ("61"), .card = "AR-1", .phone = "0990-11-2222" };
    struct lookup_open choice = { .lookup_id = ID ("61"), .patient_id = PATIENT, .ground = EMS_GROUND_UNIQUE_MATCH };
    struct incident_sheet message = { .lookup_id = ID ("61") };
    struct file_answer paper = { 0 };
    struct error err = { 0 };

    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    harness_as (harness, &desk);
    must (harness_call (harness, "lookup_find", &find, NULL, &err), &err, "somebody is found");
    ok (harness_call (harness, "incident_sheet", &message, &paper, &err) < 0 && err.key == ERROR_NOT_FOR_YOU,
        "EMS-07: nothing is printed before it was released");
    must (harness_call (harness, "lookup_open", &choice, NULL, &err), &err, "...released");
    must (harness_call (harness, "incident_sheet", &message, &paper, &err), &err, "EMS-21: ...and printed");
    ok (paper.body.size > 1000 && memcmp (paper.body.data, "%PDF-", 5) == 0, "EMS-21: a PDF");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'ems_record'"), 2,
               "...which stands in the ledger as well");
    harness_as (harness, &crew);
    ok (harness_call (harness, "incident_sheet", &message, &paper, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "...not for a colleague");
    region_later (harness, 3700);
    harness_as (harness, &desk);
    ok (harness_call (harness, "incident_sheet", &message, &paper, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "...for an hour");
}

int main (void)
{
    struct harness *harness = region_open ();

    test_export (harness);
    test_file_by_key (harness);
    test_sheet (harness);
    harness_close (&harness);
    return done ();
}
