/* EMS-21: the printed sheet. */
#include "region.h"

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

    test_sheet (harness);
    harness_close (&harness);
    return done ();
}
