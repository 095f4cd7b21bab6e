/* Desks for questions about care at home (O-01): who sets them up, what is refused, who reads them without a log-in. */
#include "people.h"

#define DESK(n) "0190a3b4-0000-7000-8000-00000000e00" n

static struct support_desk_put desk_of (const char *id)
{
    return (struct support_desk_put) { .desk_id = id, .municipality = "011002", .name = "在宅医療・介護連携支援センター",
        .role = "退院の調整と、医療と介護の関係者の相談", .operator = "見本市医師会", .address = "見本市本町1丁目1番1号", .phone = "0123-45-0001",
        .hours = "平日 9時から17時", .area = "市の全域", .residents = false };
}

static const char *put (struct support_desk_put desk)
{
    err = (struct error) { 0 };
    return harness_call (harness, "support_desk_put", &desk, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct support_desk_view_list list (const char *municipality)
{
    struct support_desk_list_answer answer = { 0 };

    must (harness_call (harness, "support_desk_list", &(struct support_desk_list) { .municipality = municipality }, &answer, &err), "list");
    return answer.desks;
}

static struct support_desk_view_list public (void)
{
    struct support_desk_list_answer answer = { 0 };

    harness_as (harness, NULL);
    must (harness_call (harness, "public_desks", &(struct public_desks) { 0 }, &answer, &err), "public");
    return answer.desks;
}

static void as_officer (void) { act (PERSON (2), OFFICE (2), "011002", ROLE_MUNICIPAL_OFFICER); }

static void set_up (void)
{
    struct support_desk_put desk = desk_of (DESK ("1"));
    struct support_desk_view_list desks;
    const char *before;

    as_officer ();
    is (put (desk), "taken", "O-01 a municipality sets up a desk");
    before = harness_text (harness, "select xmin::text from support_desk");
    is (put (desk), "taken", "O-01 the same a second time");
    is (harness_text (harness, "select xmin::text from support_desk"), before, "...writes nothing");
    desks = list (NULL);
    ok (desks.count == 1 && strcmp (desks.items[0].municipality_name, "見本市") == 0 && strcmp (desks.items[0].operator, "見本市医師会") == 0
        && strcmp (desks.items[0].hours, "平日 9時から17時") == 0 && !desks.items[0].residents, "O-01 it stands in the registry with everything");
    desk.hours = "毎日 8時から20時", desk.residents = true;
    is (put (desk), "taken", "its hours change");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    ok (list ("011002").count == 1 && list ("011002").items[0].residents, "O-01 a nurse finds it");
    is_number ((int64_t) list ("012025").count, 0, "...not in the next town");
    is_number ((int64_t) public ().count, 1, "O-01 everybody finds it without a log-in");
}

static void refused (void)
{
    struct support_desk_put desk = desk_of (DESK ("2"));

    as_officer ();
    desk.name = "　";
    is (put (desk), "text_empty", "a desk has a name");
    is (err.fields[0].pointer, "/name", "...the field is named");
    desk = desk_of (DESK ("2")), desk.phone = "なし";
    is (put (desk), "phone_invalid", "a desk has a telephone");
    desk = desk_of (DESK ("2")), desk.email = "desk at city";
    is (put (desk), "field_wrong_type", "no e-mail address");
    desk = desk_of (DESK ("2")), desk.municipality = "012025";
    is (put (desk), "not_for_you", "O-01 nobody sets up a desk of another municipality");
    desk = desk_of (DESK ("1")), desk.municipality = "012025";
    act (PERSON (3), OFFICE (3), "012025", ROLE_MUNICIPAL_OFFICER);
    is (put (desk), "not_for_you", "...nor takes one over");
    act_as_operator ();
    desk = desk_of (DESK ("2")), desk.municipality = "131016";
    is (put (desk), "field_unknown_choice", "a municipality outside the region has no desk here");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    is (put (desk_of (DESK ("2"))), "not_for_role", "a nurse sets up none");
}

static void closed (void)
{
    struct support_desk_put desk = desk_of (DESK ("1"));

    as_officer ();
    desk.has_closed = desk.closed = true;
    is (put (desk), "taken", "a desk closes");
    is_number ((int64_t) list (NULL).count, 1, "...who looks after it still finds it");
    act (PERSON (1), OFFICE (1), "011002", ROLE_VISITING_NURSE);
    is_number ((int64_t) list (NULL).count, 0, "...professionals do not");
    is_number ((int64_t) public ().count, 0, "O-01 ...nor does everybody");
}

int main (void)
{
    open_region ();
    harness_sql (harness, "truncate support_desk");
    set_up ();
    refused ();
    closed ();
    close_region ();
    return done ();
}
