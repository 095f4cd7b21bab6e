/* The April list: who joins, leaves or changes on a day to come, for those who look after the office. */
#include "people.h"

#define PLAN(n) "0190a3b4-0000-7000-8000-00000000d00" #n

static int plan (const char *id, int office, const char *on, const char *name, bool withdrawn)
{
    struct staff_plan_put message = { .office_id = OFFICE (office), .plan_id = id, .on = on, .kind = STAFF_PLAN_KIND_LEAVES, .name = name,
                                      .note = "訪問看護の席は鈴木さんへ", .has_withdrawn = withdrawn, .withdrawn = withdrawn };

    err = (struct error) { 0 };
    return harness_call (harness, "staff_plan_put", &message, NULL, &err);
}

static size_t listed (const char *from, const char *to)
{
    struct staff_plans message = { .from = from, .to = to };
    struct staff_plans_answer answer = { 0 };

    err = (struct error) { 0 };
    harness_call (harness, "staff_plans", &message, &answer, &err);
    return answer.plans.count;
}

static void writing (void)
{
    act (PERSON (2), OFFICE (1), "011002", ROLE_SERVICE_MANAGER);
    is_number (plan (PLAN (1), 1, "2027-04-01", "佐藤 花子", false), 0, "a manager writes down who leaves in April");
    is_number (plan (PLAN (1), 1, "2027-04-01", "佐藤 花子", false), 0, "…a second time is the same plan");
    is_number (plan (PLAN (2), 1, "2027-02-30", "佐藤 花子", false), -1, "a day there is not is refused");
    is (err.fields[0].pointer, "/on", "…the field is named");
    is_number (plan (PLAN (2), 1, "2027-04-01", "　", false), -1, "…so is nobody");
    is_number (plan (PLAN (2), 2, "2027-04-01", "誰か", false), -1, "E-41: nothing is planned for another office");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…which looks as if it were not there");
    is_number ((int) listed ("2027-03-31", "2027-04-30"), 1, "the list shows it once");
    is_number ((int) listed ("2027-04-02", "2027-04-30"), 0, "…only between its days");
    listed ("2027-04-02", "2027-04-01");
    is_number (err.key, ERROR_PERIOD_REVERSED, "…which are in order");
    listed ("2027-04-02", "2029-04-01");
    is_number (err.key, ERROR_PERIOD_TOO_LONG, "…and within a year");
}

static void reading (void)
{
    struct staff_plan_sheet sheet = { .from = "2027-03-01", .to = "2027-04-30" };
    struct file_answer file = { 0 };

    act (PERSON (3), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER);
    is_number ((int) listed ("2027-03-31", "2027-04-30"), 1, "the municipality's officer reads it");
    ok (harness_call (harness, "staff_plan_sheet", &sheet, &file, &err) == 0 && memcmp (file.body.data, "%PDF", 4) == 0, "…and prints it");
    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    is_number ((int) listed ("2027-03-31", "2027-04-30"), 0, "…not the officer next door");
    is_number ((int) harness_sees (harness, "select count(*) from staff_plan"), 0, "…at database level too");
    act (PERSON (3), OFFICE (2), "011002", ROLE_SERVICE_MANAGER);
    is_number ((int) listed ("2027-03-31", "2027-04-30"), 0, "E-41: …nor the manager of another office");
    act (PERSON (2), OFFICE (1), "011002", ROLE_SERVICE_MANAGER);
    is_number (plan (PLAN (1), 1, "2027-04-01", "佐藤 花子", true), 0, "what does not happen is taken back");
    is_number ((int) listed ("2027-03-31", "2027-04-30"), 0, "…and not listed");
    is_number (harness_number (harness, "select count(*) from membership where ended_at is not null"), 0, "a plan ends nobody's work by itself");
}

int main (void)
{
    open_region ();
    must (put_person (2, "鈴木 次郎", "スズキ ジロウ", NULL), "person");
    must (put_membership (2, 1, ROLE_SERVICE_MANAGER), "manager");
    must (put_person (3, "高橋 三郎", "タカハシ サブロウ", NULL), "person");
    writing ();
    reading ();
    close_region ();
    return done ();
}
