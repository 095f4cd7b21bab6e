/* Who gets an announcement, who may send one, what is wrong with one, and how many institutions have it (U-22, KU-05). */
#include "announcement_rules.h"
#include "clock.h"
#include "tap.h"

#define BIT(role) (1ull << ((role) - 1))
#define KIND(reader) (1u << (ANNOUNCEMENT_READER_##reader - 1))
#define WANTED(...) (struct enum_list) { .items = (const int[]) { __VA_ARGS__ }, .count = sizeof (int[]) { __VA_ARGS__ } / sizeof (int) }

static struct arena arena;

/* The key it is refused with and the field, as "key /pointer"; "taken". */
static const char *said (int status, const struct error *err)
{
    static char text[200];

    if (status == 0)
        return "taken";
    snprintf (text, sizeof text, "%s %s", error_name_of (err), err->field_count ? err->fields[0].pointer : "");
    return text;
}

static void test_kinds (void)
{
    static const struct { uint64_t roles; unsigned kinds; const char *says; } rows[] = {
        { BIT (ROLE_DOCTOR), KIND (MEDICAL), "U-22 doctors make a clinic" },
        { BIT (ROLE_HOSPITAL_LIAISON), KIND (MEDICAL), "...a liaison office a hospital" },
        { BIT (ROLE_CARE_MANAGER), KIND (CARE_MANAGEMENT), "U-22 care managers an office of theirs" },
        { BIT (ROLE_VISITING_NURSE) | BIT (ROLE_SERVICE_MANAGER), KIND (NURSING), "a station's manager makes it no care service" },
        { BIT (ROLE_SERVICE_MANAGER), KIND (HOME_CARE), "...but who has a manager alone is one" },
        { BIT (ROLE_DOCTOR) | BIT (ROLE_VISITING_NURSE), KIND (MEDICAL) | KIND (NURSING), "an institution may be two" },
        { BIT (ROLE_DISPATCH_DESK), KIND (FIRE), "the fire service" },
        { BIT (ROLE_MUNICIPAL_OFFICER), KIND (ADMINISTRATION), "a town hall" },
        { BIT (ROLE_DENTIST), KIND (DENTAL), "dentists" },
        { BIT (ROLE_PHARMACIST), KIND (PHARMACY), "pharmacies" },
        { BIT (ROLE_THERAPIST), KIND (REHABILITATION), "therapists" },
        { BIT (ROLE_CONSULTATION_DESK), KIND (SUPPORT_CENTRE), "the coordination desk" },
        { BIT (ROLE_LAST_RESORT), KIND (CONTACT_CENTRE), "the last resort" },
        { 0, 0, "where nobody is known the kind is unknown" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_number (announcement_kinds (rows[i].roles), rows[i].kinds, rows[i].says);
    ok (announcement_is_for (KIND (FIRE), (struct enum_list) { 0 }), "KU-05 without a choice it is for everybody");
    ok (announcement_is_for (KIND (MEDICAL) | KIND (NURSING), WANTED (ANNOUNCEMENT_READER_NURSING)), "one of two kinds is enough");
    ok (!announcement_is_for (KIND (NURSING), WANTED (ANNOUNCEMENT_READER_MEDICAL, ANNOUNCEMENT_READER_CARE_MANAGEMENT)),
        "a kind that is not chosen gets nothing");
    ok (announcement_is_for (0, WANTED (ANNOUNCEMENT_READER_MEDICAL)), "U-22 an institution of unknown kind always gets it");
}

static void test_ways_and_rates (void)
{
    is_number (announcement_way_of (&(struct announcement_target) { .roles = BIT (ROLE_DOCTOR), .fax = true }), ANNOUNCEMENT_WAY_APPLICATION,
               "whoever has people is told in the application");
    is_number (announcement_way_of (&(struct announcement_target) { .fax = true }), ANNOUNCEMENT_WAY_FAX, "...who has a FAX number by FAX");
    is_number (announcement_way_of (&(struct announcement_target) { 0 }), ANNOUNCEMENT_WAY_BY_HAND, "...and who has neither by hand");
    is_number (announcement_percent (0, 3), 0, "KU-05 nobody has it");
    is_number (announcement_percent (2, 3), 66, "KU-05 a rate is rounded down");
    is_number (announcement_percent (999, 1000), 99, "KU-05 ...so that 100 means all");
    is_number (announcement_percent (3, 3), 100, "KU-05 all have it");
    is_number (announcement_percent (0, 0), -1, "KU-05 no institution has no rate");
}

static void test_who_may (void)
{
    static const enum role may[] = { ROLE_MUNICIPAL_OFFICER, ROLE_CONSULTATION_DESK, ROLE_ADMINISTRATOR, ROLE_OPERATOR };
    static const enum role may_not[] = { ROLE_DOCTOR, ROLE_VISITING_NURSE, ROLE_ROTA_OFFICE, ROLE_PREFECTURE, ROLE_DISPATCH_DESK };

    for (size_t i = 0; i < sizeof may / sizeof *may; i++) {
        struct actor actor = { .roles = BIT (may[i]), .municipality = "011002" };

        ok (announcement_manages (&actor) && announcement_manages_from (&actor, "011002"), "who administers a municipality looks after its own");
        is_number (announcement_manages_from (&actor, "011003"), may[i] >= ROLE_ADMINISTRATOR, "...another one's only for the whole region");
    }
    for (size_t i = 0; i < sizeof may_not / sizeof *may_not; i++)
        ok (!announcement_manages_from (&(struct actor) { .roles = BIT (may_not[i]), .municipality = "011002" }, "011002"), "nobody else does");
}

static const struct announcement_area areas[] = { { .municipality = "011002" }, { .municipality = "011003" } };
static const struct announcement_area_list reach = { areas, 2 };

static const char *check (const char *title, const char *text, size_t towns, const char *second)
{
    const char *const list[] = { "011002", second };
    const struct announcement_send message = { .title = title, .text = text, .municipalities = { .items = list, .count = towns } };
    struct error err = { 0 };

    return said (announcement_check (&arena, &message, &reach, &err), &err);
}

static void test_wrong_ones (void)
{
    is (check ("題", "文", 1, NULL), "taken", "a title, a text and a municipality");
    is (check ("題", "文", 2, "011003"), "taken", "KU-05 ...and one there is an agreement with");
    is (check ("題", "文", 2, "011004"), "not_for_role /municipalities/1", "KU-05 a stranger's municipality is named");
    is (check (" 　", "文", 1, NULL), "text_empty /title", "white space is no title");
    is (check ("題", "\n", 1, NULL), "text_empty /text", "...and no text");
    is (check ("題", "文", 0, NULL), "field_missing /municipalities", "to nowhere");
}

static void test_choice (void)
{
    struct announcement_target items[] = { { "a", BIT (ROLE_DOCTOR), false }, { "b", BIT (ROLE_HELPER), false }, { "c", 0, true } };
    const struct announcement_targets all = { items, 3 }, known = { items, 2 }, none = { items, 0 };
    const struct announcement_send medical = { .readers = WANTED (ANNOUNCEMENT_READER_MEDICAL) }, dental = { .readers = WANTED (ANNOUNCEMENT_READER_DENTAL) },
        everybody = { 0 };
    struct announcement_targets ret;
    struct error err = { 0 };

    ok (announcement_choose (&arena, &medical, &all, &ret, &err) == 0 && ret.count == 2 && strcmp (ret.items[1].office_id, "c") == 0,
        "U-22 the chosen kind and the unknown one");
    ok (announcement_choose (&arena, &everybody, &all, &ret, &err) == 0 && ret.count == 3, "KU-05 everybody");
    is (said (announcement_choose (&arena, &dental, &known, &ret, &err), &err), "nobody_receives /readers", "a kind nobody is of");
    is (said (announcement_choose (&arena, &everybody, &none, &ret, &err), &err), "nobody_receives /municipalities", "a town without institutions");
}

static const char *delivery (enum announcement_way by, const char *on)
{
    const struct announcement_delivered message = { .by = by, .on = on };
    struct error err = { 0 };

    /* sent at 2026-11-20 23:30, today is the 23rd, both in Tokyo */
    return said (announcement_check_delivery (&message, tokyo_instant (day_number_of (2026, 11, 20), 23 * 60 + 30),
                                              tokyo_instant (day_number_of (2026, 11, 23), 5), &err), &err);
}

static void test_deliveries (void)
{
    is (delivery (ANNOUNCEMENT_WAY_BY_HAND, "2026-11-20"), "taken", "handed over on the day it was sent");
    is (delivery (ANNOUNCEMENT_WAY_FAX, "2026-11-23"), "taken", "...or today, by FAX");
    is (delivery (ANNOUNCEMENT_WAY_BY_HAND, "2026-11-19"), "field_out_of_range /on", "...not before it was sent");
    is (delivery (ANNOUNCEMENT_WAY_BY_HAND, "2026-11-24"), "field_out_of_range /on", "...nor tomorrow");
    is (delivery (ANNOUNCEMENT_WAY_BY_HAND, "2026-02-30"), "date_invalid /on", "...nor on a day that is none");
    is (delivery (ANNOUNCEMENT_WAY_APPLICATION, "2026-11-23"), "field_unknown_choice /by", "in the application people confirm themselves");
}

static void test_words (void)
{
    const char *letter = announcement_letter_text (&arena, "中央市", "中央市役所", "仕組みの概要", true);
    const char *page = announcement_page_text (&arena, "中央市役所", "011-000-0018", "仕組みの概要", "本文です");

    ok (strstr (letter, "中央市役所") && strstr (letter, "仕組みの概要") && strstr (letter, "まだ受け取りの確認がありません"), "U-22 a letter says from whom and what");
    ok (!strstr (announcement_letter_text (&arena, "中央市", "中央市役所", "仕組みの概要", false), "まだ"), "...the first one does not complain");
    ok (strstr (page, "本文です") && strstr (page, "送信元：中央市役所　電話 011-000-0018"), "U-22 a page holds the text itself, and whom to call");
    ok (strstr (announcement_page_text (&arena, "中央市役所", NULL, "題", "文"), "送信元：中央市役所\n"), "...without a number none is printed");
}

int main (void)
{
    test_kinds ();
    test_ways_and_rates ();
    test_who_may ();
    test_wrong_ones ();
    test_choice ();
    test_deliveries ();
    test_words ();
    arena_done (&arena);
    return done ();
}
