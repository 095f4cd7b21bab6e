/* Rules of the head: telephones, names, and what is kept from whom. */
#include "../../../services/sharing/head.h"
#include "../../../services/sharing/ledger_words.h"
#include "tap.h"

static void phones (void)
{
    static const char *const good[] = { "011-518-5501", "0115185501", "119", "090-1234-5678", NULL };
    static const char *const bad[] = { "", "12", "-011", "011-", "011--518", "011 518", "０１１", "0123456789012345", NULL };
    bool right = head_phone_is_valid (NULL);

    for (size_t i = 0; good[i]; i++)
        right = right && head_phone_is_valid (good[i]);
    ok (right, "digits with hyphens between them are a telephone, and so is none");
    for (size_t i = 0; bad[i]; i++)
        if (head_phone_is_valid (bad[i]))
            ok (false, bad[i]);
}

static void kept (void)
{
    struct patient_answer head = { .infections = "MRSA", .allergies = "卵", .told_person = DISCLOSURE_STATUS_NOT_TOLD };
    struct patient_answer seen = head;

    head_hide (&seen, ROLE_BIT (ROLE_VISITING_NURSE));
    ok (seen.infections && seen.told_person, "who enters the home sees infections");
    seen = head;
    head_hide (&seen, ROLE_BIT (ROLE_CARE_MANAGER));
    ok (!seen.infections && seen.told_person && seen.allergies, "a care manager sees the other words, not the infections");
    seen = head;
    head_hide (&seen, ROLE_BIT (ROLE_FAMILY));
    ok (!seen.infections && !seen.told_person && !seen.allergies, "the family's view has none of these words");
}

static int update (uint64_t roles, struct patient_head_update change, struct error *err)
{
    struct standing standing = { .found = true, .grounds = 1u << GROUND_CARE_TEAM, .seat = true, .roles = roles };
    int64_t version;

    *err = (struct error) { 0 };
    return head_decide_update (&standing, 3, &change, &version, err) < 0 ? (int) err->key : 0;
}

static void updates (void)
{
    struct patient_head_update good = { .name = "北野 一郎", .name_kana = "キタノ イチロウ", .birth_date = "1940-01-01", .head_version = 3 };
    struct emergency_contact contact = { .name = "北野 花", .relation = "長女", .phone = "x" };
    struct patient_head_update change = good;
    struct error err;

    is_number (update (ROLE_BIT (ROLE_HELPER), good, &err), 0, "a member changes the head");
    change.head_version = 2;
    is_number (update (ROLE_BIT (ROLE_HELPER), change, &err), ERROR_MOVED_ON, "an old copy is refused");
    change = good;
    change.infections = "なし";
    is_number (update (ROLE_BIT (ROLE_CARE_MANAGER), change, &err), ERROR_NOT_FOR_ROLE, "who does not see infections cannot change them");
    is_number (update (ROLE_BIT (ROLE_DOCTOR), change, &err), 0, "who sees them can");
    change = good;
    change.name_kana = " ";
    is_number (update (ROLE_BIT (ROLE_HELPER), change, &err), ERROR_TEXT_EMPTY, "a person has a name in kana");
    change = good;
    change.contacts.items = &contact;
    change.contacts.count = 1;
    is_number (update (ROLE_BIT (ROLE_HELPER), change, &err), ERROR_PHONE_INVALID, "a contact has a telephone");
    is (err.fields[0].pointer, "/contacts/0/phone", "…and the field is named");
}

static void registering (void)
{
    struct patient_register person = { .name = "北野 一郎", .name_kana = "キタノ イチロウ", .insured_number = "0123456789" };
    struct place_set place = { .place = PLACE_KIND_HOSPITAL, .from = "2026-04-02", .to = "2026-04-01" };
    struct error err = { 0 };

    ok (head_check_register (&person, ROLE_BIT (ROLE_CARE_MANAGER), &err) == 0, "a care manager records a person");
    ok (head_check_register (&person, ROLE_BIT (ROLE_MUNICIPAL_OFFICER) | ROLE_BIT (ROLE_OPERATOR), &err) < 0
        && err.key == ERROR_NOT_FOR_ROLE,
        "officers and operators record nobody");
    person.insured_number = "12345";
    ok (head_check_register (&person, ROLE_BIT (ROLE_CARE_MANAGER), &err) < 0 && err.key == ERROR_FIELD_WRONG_TYPE,
        "an insured number has ten digits");
    ok (head_check_place (&place, &err) < 0 && err.key == ERROR_PERIOD_REVERSED, "a stay does not end before it begins");
}

static void words (void)
{
    is (ledger_what ("sheet"), "共有シートを見た", "the ledger says what was done");
    is (ledger_ground ("care_team"), "本人の同意（チーム）", "…on which ground");
    is (ledger_items ("wishes history"), "本人と家族の希望", "…which section");
    is (ledger_items ("unheard of"), "unheard of", "what has no words stands as it is");
    for (int ground = GROUND_RECORDER; ground <= GROUND_LAST_RESORT; ground++)
        if (strlen (ledger_ground (ground_name ((enum ground) ground))) > 40
            || strcmp (ledger_ground (ground_name ((enum ground) ground)), ground_name ((enum ground) ground)) == 0)
            ok (false, "every ground has words that fit its field");
}

int main (void)
{
    phones ();
    kept ();
    updates ();
    registering ();
    words ();
    return done ();
}
