/* What may stand in a municipality, an office, a person or an agreement: every refusal names its field. */
#include "put_rules.h"
#include "tap.h"

static struct arena arena;
static struct error err;

/* The check failed, with that error at that field; error 0: it passed. */
static void checked (int status, enum error_key key, const char *pointer, const char *name)
{
    bool good = key ? status < 0 && err.key == key && err.field_count == 1 && strcmp (err.fields[0].pointer, pointer) == 0 : status == 0;

    ok (good, name);
    if (!good)
        note ("status %d, %s at %s", status, status < 0 ? error_name_of (&err) : "-", err.field_count ? err.fields[0].pointer : "-");
}

static void codes (void)
{
    static const struct { const char *code; bool good; } table[] = {
        { "011002", true }, { "472158", true }, { "000000", false }, { "01100", false }, { "0110021", false }, { "01100a", false },
        { "", false }, { "０１１００２", false }, { "-11002", false }, { "011002 ", false },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        is_number (municipality_code_is_valid (table[i].code), table[i].good,
                   arena_print (&arena, "\"%s\" is %s code of a municipality", table[i].code, table[i].good ? "a" : "no"));
}

static void emails (void)
{
    static const struct { const char *address; bool good; } table[] = {
        { "a@b.example", true }, { "first.last+tag@b.example", true }, { "o'neil@b.example", true },
        { "", false }, { "@b.example", false }, { "a@", false }, { "a", false }, { "a@b@c", false }, { "a b@c.example", false },
        { "a@b.example\nBcc: x@y.example", false }, { "a@b.example\r", false }, { "a@b,c@d", false }, { "<a@b.example>", false },
        { "A B <a@b.example>", false }, { "a@例え.example", false }, { "ａ@b.example", false }, { "a;b@c.example", false }, { "a\"@b.example", false },
        { "a@[192.0.2.1]", false }, { "a@b.example\x7f", false },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        is_number (email_is_plausible (table[i].address), table[i].good,
                   arena_print (&arena, "address %zu %s", i, table[i].good ? "is taken" : "is refused: no header is smuggled in"));
}

static void people (void)
{
    const struct person_put good = { "id", "佐藤 花子", "サトウ ハナコ", "a@b.example", "0990-20-0001" };
    struct person_put put = good;

    checked (person_check (&put, &arena, &err), 0, "", "a person with everything");
    put.email = put.phone = NULL;
    checked (person_check (&put, &arena, &err), 0, "", "…without address and telephone");
    put.email = put.phone = "";
    checked (person_check (&put, &arena, &err), 0, "", "…empty ones are none");
    put.name = "　 ";
    checked (person_check (&put, &arena, &err), ERROR_TEXT_EMPTY, "/name", "a name of blanks, full-width too");
    put = good, put.name_kana = "";
    checked (person_check (&put, &arena, &err), ERROR_TEXT_EMPTY, "/name_kana", "no kana");
    put = good, put.name = "佐藤\r\nBcc: x@y.example";
    checked (person_check (&put, &arena, &err), ERROR_FIELD_WRONG_TYPE, "/name", "a name is one line");
    put = good, put.name_kana = "サトウ\x7f";
    checked (person_check (&put, &arena, &err), ERROR_FIELD_WRONG_TYPE, "/name_kana", "…without control characters");
    put = good, put.phone = "なし";
    checked (person_check (&put, &arena, &err), ERROR_PHONE_INVALID, "/phone", "words instead of a telephone");
    put = good, put.email = "a@b@c";
    checked (person_check (&put, &arena, &err), ERROR_FIELD_WRONG_TYPE, "/email", "no e-mail address");
}

static void offices (void)
{
    const struct office_put good = { .office_id = "id", .name = "みほん診療所", .municipality = "011002", .phone = "011-222-3333" };
    struct office_put put = good;

    checked (office_check (&put, &arena, &err), 0, "", "an office");
    put.name = "\t";
    checked (office_check (&put, &arena, &err), ERROR_FIELD_WRONG_TYPE, "/name", "a tab is no name");
    put = good, put.phone = "-";
    checked (office_check (&put, &arena, &err), ERROR_PHONE_INVALID, "/phone", "a telephone without digits");
    put = good, put.duty_phone = "当番";
    checked (office_check (&put, &arena, &err), ERROR_PHONE_INVALID, "/duty_phone", "…on duty, too");
    put = good, put.email = "x";
    checked (office_check (&put, &arena, &err), ERROR_FIELD_WRONG_TYPE, "/email", "no e-mail address");
}

static void municipalities (void)
{
    struct municipality_put put = { .code = "011002", .prefecture = "北海道", .name = "見本市", .desk_phone = "011-000-0000" };

    checked (municipality_check (&put, &arena, &err), 0, "", "a municipality");
    put.code = "43100";
    checked (municipality_check (&put, &arena, &err), 0, "", "KU-01 five digits");
    is (put.code, "431001", "...get their check digit");
    put.code = "431000";
    checked (municipality_check (&put, &arena, &err), ERROR_CODE_DIGIT_WRONG, "/code", "KU-01 a wrong check digit");
    put.code = "431010";
    checked (municipality_check (&put, &arena, &err), ERROR_CODE_OF_WARD, "/code", "a ward, which its city covers");
    put.code = "000000";
    checked (municipality_check (&put, &arena, &err), ERROR_FIELD_WRONG_TYPE, "/code", "the region's own code is none");
    put.code = "011002", put.prefecture = " ";
    checked (municipality_check (&put, &arena, &err), ERROR_TEXT_EMPTY, "/prefecture", "no prefecture");
    put.prefecture = "北海道", put.name = "";
    checked (municipality_check (&put, &arena, &err), ERROR_TEXT_EMPTY, "/name", "no name");
    put.name = "見本市", put.desk_phone = "x";
    checked (municipality_check (&put, &arena, &err), ERROR_PHONE_INVALID, "/desk_phone", "no telephone");
}

static void agreements (void)
{
    static const struct { const char *from, *to; enum error_key key; const char *pointer, *name; } table[] = {
        { "2026-04-01", NULL, 0, "", "an agreement without end" },
        { "2026-04-01", "2026-04-01", 0, "", "…of one day" },
        { "2028-02-29", "2028-03-01", 0, "", "…from a leap day" },
        { "2026-04-01", "2026-03-31", ERROR_PERIOD_REVERSED, "/to", "it does not end before it starts" },
        { "2026-02-29", NULL, ERROR_DATE_INVALID, "/from", "no such day" },
        { "2026-04-01", "2026-04-31", ERROR_DATE_INVALID, "/to", "…at the end" },
        { "2026-4-1", NULL, ERROR_DATE_INVALID, "/from", "a day without its zeros" },
        { "", NULL, ERROR_DATE_INVALID, "/from", "no day" },
    };
    const int kinds[] = { AGREEMENT_KIND_FACILITY_ITEMS, AGREEMENT_KIND_PATIENT_RECORDS, AGREEMENT_KIND_FACILITY_ITEMS }, unknown = 70;
    struct agreement_put put = { .agreement_id = "id", .giving = "011002", .receiving = "011002", .from = "2026-04-01" };

    checked (agreement_check (&put, &arena, &err), ERROR_FIELD_UNKNOWN_CHOICE, "/receiving", "nobody agrees with oneself");
    put.receiving = "012025";
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        put.from = table[i].from, put.to = table[i].to;
        checked (agreement_check (&put, &arena, &err), table[i].key, table[i].pointer, table[i].name);
    }
    put.from = "2026-04-01", put.to = NULL, put.kinds.count = 0;
    checked (agreement_check (&put, &arena, &err), 0, "", "KU-08 an agreement that names no kind");
    ok (put.kinds.count == 1 && put.kinds.items[0] == AGREEMENT_KIND_PATIENT_RECORDS, "...is on people's records");
    put.kinds = (struct enum_list) { kinds, 3 };
    checked (agreement_check (&put, &arena, &err), 0, "", "KU-08 two kinds, one named twice");
    ok (put.kinds.count == 2 && put.kinds.items[0] == AGREEMENT_KIND_PATIENT_RECORDS, "...are each there once, in order");
    put.kinds = (struct enum_list) { &unknown, 1 };
    checked (agreement_check (&put, &arena, &err), ERROR_FIELD_UNKNOWN_CHOICE, "/kinds", "a kind nobody knows");
    put.kinds.count = 0, put.professions = (struct enum_list) { &unknown, 1 };
    checked (agreement_check (&put, &arena, &err), ERROR_FIELD_UNKNOWN_CHOICE, "/professions", "a profession nobody knows opens nothing to all");
}

static void changes (void)
{
    const struct person_put person = { "id", "佐藤", "サトウ", NULL, "0990-20-0001" };
    const struct office_put office = { .office_id = "id", .municipality = "011002", .name = "診療所", .phone = "1" };
    const struct agreement_put agreement = { .agreement_id = "id", .giving = "a", .receiving = "b", .from = "2026-04-01" };
    const int nurse = ROLE_VISITING_NURSE;
    struct person_put other_person = person;
    struct office_put other_office = office;
    struct agreement_put other_agreement = agreement;

    other_person.email = "";
    ok (!person_changes (&person, &other_person), "an empty address where there was none is no change");
    other_person.phone = NULL;
    ok (person_changes (&person, &other_person), "a telephone that goes is one");
    other_person = person, other_person.name_kana = "サトー";
    ok (person_changes (&person, &other_person), "…as is another reading");
    ok (!office_changes (&office, &other_office), "the same office");
    other_office.duty_phone = "2";
    ok (office_changes (&office, &other_office), "…with a telephone on duty it changes");
    other_office = office, other_office.facility_number = "0170103378";
    ok (office_changes (&office, &other_office), "…with a number, too");
    other_agreement.to = "2027-03-31";
    ok (agreement_changes (&agreement, &other_agreement) && agreement_changes (&other_agreement, &agreement), "an end that comes or goes");
    other_agreement = agreement, other_agreement.professions = (struct enum_list) { &nurse, 1 };
    ok (agreement_changes (&agreement, &other_agreement), "...or a profession");
}

static void roles (void)
{
    static const int mixed[] = { ROLE_DOCTOR, ROLE_VISITING_NURSE, ROLE_DOCTOR, ROLE_CARE_MANAGER, ROLE_VISITING_NURSE };
    static const int sorted[] = { ROLE_CARE_MANAGER, ROLE_VISITING_NURSE, ROLE_DOCTOR };
    struct enum_list one, two;

    is_number (roles_check ((struct enum_list) { mixed, 5 }, &arena, &one, &err), 0, "roles may come twice and in any order");
    is_number (one.count, 3, "…each counts once");
    is_number (roles_check ((struct enum_list) { sorted, 3 }, &arena, &two, &err), 0, "the same roles otherwise");
    ok (roles_same (one, two), "…are the same");
    two.count--;
    ok (!roles_same (one, two), "one less is another set");
    checked (roles_check ((struct enum_list) { mixed, 0 }, &arena, &one, &err), ERROR_FIELD_MISSING, "/roles", "somebody who works somewhere does something");
}

int main (void)
{
    codes ();
    emails ();
    people ();
    offices ();
    municipalities ();
    agreements ();
    changes ();
    roles ();
    arena_done (&arena);
    return done ();
}
