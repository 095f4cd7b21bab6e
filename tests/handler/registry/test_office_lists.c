/* Whoever looks after offices sees them and their people: an officer the own municipality, a manager the own office, the region all. */
#include "people.h"

static void people (void)
{
    act_as_operator ();
    must (put_person (2, "管理 二子", "カンリ フタコ", "kanri@example.jp"), "person");
    must (put_membership (2, 1, ROLE_SERVICE_MANAGER), "membership");
    must (put_person (3, "隣 三郎", "トナリ サブロウ", NULL), "person");
    must (put_membership (3, 2, ROLE_DOCTOR), "membership");
}

static int offices (const char *text, const char *after, int64_t limit, struct office_list_answer *answer)
{
    struct office_list message = { .text = text, .after = after, .has_limit = limit > 0, .limit = limit };

    *answer = (struct office_list_answer) { 0 };
    return harness_call (harness, "office_list", &message, answer, &err);
}

static int of_office (int number, struct office_people_answer *answer)
{
    *answer = (struct office_people_answer) { 0 };
    return harness_call (harness, "office_people", &(struct office_people) { OFFICE (number) }, answer, &err);
}

static void listing (const char *town)
{
    struct office_list_answer all, own, page;

    act_as_operator ();
    is_number (offices (NULL, NULL, 0, &all), 0, "who acts for the region lists offices");
    ok (all.offices.count >= 3, "…of every municipality");
    is_number (offices (NULL, NULL, 1, &page), 0, "a page of one");
    ok (page.offices.count == 1 && page.next, "…says where to go on");
    is_number (offices (NULL, page.next, 1, &page), 0, "…and goes on");
    ok (strcmp (page.offices.items[0].office_id, all.offices.items[1].office_id) == 0, "…with the next");
    is_number (offices (NULL, "x", 1, &page), -1, "a page key that is none");
    is_number (err.key, ERROR_FIELD_WRONG_TYPE, "…is refused");
    act (PERSON (4), OFFICE (3), town, ROLE_MUNICIPAL_OFFICER);
    is_number (offices (NULL, NULL, 0, &own), 0, "an officer lists the own municipality's");
    ok (own.offices.count > 0 && own.offices.count < all.offices.count, "…only");
    for (size_t i = 0; i < own.offices.count; i++)
        is (own.offices.items[i].municipality, town, "…each of them is there");
    is_number (offices ("この名の事業所はない", NULL, 0, &own), 0, "a name nobody has");
    is_number ((int64_t) own.offices.count, 0, "…finds none");
    act (PERSON (1), OFFICE (1), town, ROLE_VISITING_NURSE);
    is_number (offices (NULL, NULL, 0, &own), -1, "a nurse looks after none");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "…for want of the role");
}

static void who (const char *town, const char *other)
{
    struct office_people_answer answer;

    act (PERSON (4), OFFICE (3), town, ROLE_MUNICIPAL_OFFICER);
    is_number (of_office (1, &answer), 0, "an officer sees who works in an office of the town");
    is_number ((int64_t) answer.people.count, 2, "…both");
    is (answer.people.items[0].name, "管理 二子", "…by name");
    ok (answer.people.items[0].may_change && answer.people.items[0].email, "…with the address, as it may be changed");
    ok (!answer.people.items[0].login && answer.people.items[1].login, "…and who has an account");
    ok (answer.office && answer.office->people == 2, "…and how many they are");
    act (PERSON (2), OFFICE (1), town, ROLE_SERVICE_MANAGER);
    is_number (of_office (1, &answer), 0, "a manager sees the own office's");
    ok (!answer.people.items[0].may_change && !answer.people.items[0].email, "…without addresses: they are not the manager's to change");
    is_number (of_office (2, &answer), -1, "…and no other office's");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if it were not there");
    act (PERSON (4), OFFICE (3), other, ROLE_MUNICIPAL_OFFICER);
    is_number (of_office (1, &answer), -1, "an officer of another town sees none of it");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if it were not there");
    act_as_operator ();
    is_number (harness_call (harness, "office_people", &(struct office_people) { PERSON (1) }, &answer, &err), -1, "an office that is none");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…looks the same");
}

int main (void)
{
    open_region ();
    people ();
    listing ("011002");
    who ("011002", "012025");
    close_region ();
    return done ();
}
