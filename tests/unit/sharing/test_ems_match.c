/* Who is meant, how certain it is, and what a candidate tells (EMS-06, EMS-07, EMS-19); documents of wish (EMS-09); the list that may leave
 * (EMS-08). */
#include "../../../services/sharing/ems_match.h"
#include "../../../services/sharing/ems_release.h"
#include "../../../services/sharing/wish.h"
#include "tap.h"

#define TODAY "2026-11-23"
#define CARD MATCH_BIT (MATCH_KEY_CARD)
#define PHONE MATCH_BIT (MATCH_KEY_PHONE)
#define KANA MATCH_BIT (MATCH_KEY_KANA_BIRTH)
#define ADDRESS MATCH_BIT (MATCH_KEY_ADDRESS)
#define NAME MATCH_BIT (MATCH_KEY_NAME)

static struct arena arena;

static struct ems_hit hit (const char *id, unsigned keys)
{
    return (struct ems_hit) { .patient_id = id, .municipality = "202070", .name = "須坂 花子", .name_kana = "スザカ ハナコ",
                              .birth_date = "1940-03-02", .address = "須坂市本町一丁目2-3", .keys = keys };
}

static struct ems_find_answer match (struct ems_hit *hits, size_t count, const char *birth_date)
{
    struct ems_find_answer answer = { 0 };

    ems_match (hits, count, birth_date, TODAY, &arena, &answer);
    return answer;
}

static enum match_result alone (unsigned keys)
{
    struct ems_hit one = hit ("a", keys);

    return match (&one, 1, NULL).result;
}

/* All 31 sets of keys of one candidate, said a second time. */
static void certain (void)
{
    int wrong = 0, unique = 0;

    for (unsigned set = 1; set < 32; set++) {
        bool card = set & 1, phone = set & 2, kana = set & 4, address = set & 8, name = set & 16;
        bool sure = card || ((kana || name) && (phone || address));

        wrong += alone (set << 1) != (sure ? MATCH_RESULT_UNIQUE : MATCH_RESULT_WEAK);
        unique += sure;
    }
    is_number (wrong, 0, "EMS-07: only the card, or a key of the person with one of the household, is certain: all 31 sets of keys");
    ok (unique == 25, "…25 of them");
    is_number (match (NULL, 0, NULL).result, MATCH_RESULT_NONE, "EMS-19: nobody is nobody");
}

static void several (void)
{
    struct ems_hit two[] = { hit ("a", PHONE), hit ("b", PHONE | KANA) };
    struct ems_hit weak[] = { hit ("b", ADDRESS), hit ("a", PHONE), hit ("c", PHONE | ADDRESS) };
    struct ems_hit strong[] = { hit ("a", CARD), hit ("b", PHONE | NAME) };
    struct ems_hit crowd[30];
    struct ems_find_answer answer = match (two, 2, NULL);

    is_number (answer.result, MATCH_RESULT_UNIQUE, "of a couple behind one telephone the one whose kana and birth date fit is meant");
    ok (answer.candidates.count == 1 && strcmp (answer.candidates.items[0].patient_id, "b") == 0, "…and nobody else is told of");
    answer = match (weak, 3, NULL);
    is_number (answer.result, MATCH_RESULT_MULTIPLE, "several uncertain ones stay several");
    ok (strcmp (answer.candidates.items[0].patient_id, "c") == 0 && strcmp (answer.candidates.items[1].patient_id, "a") == 0
        && strcmp (answer.candidates.items[2].patient_id, "b") == 0, "EMS-06: ranked by certainty, number of keys, best key");
    is_number (match (strong, 2, NULL).result, MATCH_RESULT_MULTIPLE, "two certain ones are not one");
    for (int i = 0; i < 30; i++)
        crowd[i] = hit ("a", NAME);
    is_number (match (crowd, 30, NULL).candidates.count, 20, "EMS-06: at most twenty candidates");
}

static void contradicted (void)
{
    struct ems_hit card = hit ("a", CARD), name = hit ("a", NAME), both[] = { hit ("a", PHONE | NAME) };

    is_number (match (&card, 1, "1950-01-01").result, MATCH_RESULT_WEAK, "somebody else's card in the pocket is not certain");
    is_number (match (&name, 1, "1950-01-01").result, MATCH_RESULT_NONE, "a namesake of another age is not meant");
    is_number (match (both, 1, "1950-01-01").result, MATCH_RESULT_WEAK, "father and son with one name and telephone are not one");
    is_number (match (both, 1, "1940-03-02").result, MATCH_RESULT_UNIQUE, "…the right date is");
}

static void told (void)
{
    struct ems_hit weak = hit ("a", PHONE | ADDRESS), named = hit ("a", NAME), strong = hit ("a", PHONE | KANA);
    struct ems_find_answer answer = match (&weak, 1, NULL);

    ok (!strstr (answer.candidates.items[0].name, "花") && !strstr (answer.candidates.items[0].name_kana, "ハナ"),
        "EMS-19: a weak match never exposes a name");
    is (answer.candidates.items[0].area, "須坂市本町一丁目", "…the part of the town and the age help to choose");
    is_number (answer.candidates.items[0].age, 86, "…the age in full years");
    is (match (&named, 1, NULL).candidates.items[0].name, "須坂 花子", "who gave the name reads it");
    is (match (&strong, 1, NULL).candidates.items[0].name, "須坂 花子", "a certain match has its name");
    is_number (match (&strong, 1, NULL).candidates.items[0].by.count, 2, "…and says by what");
    is_number (age_on ("1940-11-24", TODAY), 85, "the day before the birthday");
    is_number (age_on ("1940-11-23", TODAY), 86, "the birthday");
}

/* ---- documents of wish --------------------------------------------------------------------------------------------------------------- */

static struct wish_view paper (const char *id, const char *date, enum wish_direction direction, const char *revoked)
{
    return (struct wish_view) { .document_id = id, .kind = WISH_KIND_ORDER, .written_on = date, .issuer = WISH_ISSUER_ATTENDING_DOCTOR,
                                .direction = direction, .assumed_condition = "肝癌終末期", .paper_at = "冷蔵庫 キット", .revoked_on = revoked };
}

static struct ems_acp summary (struct wish_view *papers, size_t count)
{
    struct ems_acp acp;

    wish_compare (papers, count, &arena);
    wish_summary (papers, count, &arena, &acp);
    return acp;
}

static void wishes (void)
{
    struct wish_view one[] = { paper ("a", "2026-10-02", WISH_DIRECTION_COMFORT, NULL) };
    struct wish_view two[] = { paper ("a", "2025-01-01", WISH_DIRECTION_FULL, NULL), paper ("b", "2026-10-02", WISH_DIRECTION_COMFORT,
        NULL) };
    struct wish_view agree[] = { paper ("a", "2025-01-01", WISH_DIRECTION_COMFORT, NULL), paper ("b", "2026-10-02", WISH_DIRECTION_COMFORT,
        NULL),
                                 paper ("c", "2026-10-03", WISH_DIRECTION_UNDECIDED, NULL) };
    struct wish_view back[] = { paper ("a", "2025-01-01", WISH_DIRECTION_FULL, NULL), paper ("b", "2026-10-02", WISH_DIRECTION_COMFORT,
        "2026-11-01") };
    struct wish_view gone[] = { paper ("a", "2026-10-02", WISH_DIRECTION_COMFORT, "2026-11-01") };
    struct ems_acp acp = summary (one, 1);

    ok (acp.status == ACP_STATUS_RECORDED && acp.kind == WISH_KIND_ORDER && acp.issuer == WISH_ISSUER_ATTENDING_DOCTOR
        && acp.conflicts == 0,
        "EMS-09: status, kind and author's role");
    ok (strcmp (acp.written_on, "2026-10-02") == 0 && strcmp (acp.assumed_condition, "肝癌終末期") == 0 && strcmp (acp.paper_at, "冷蔵庫 キット") == 0,
        "EMS-09: date, assumed condition and place of the paper");
    is (acp.note, "救急隊は通常の手順を開始し、医師に直接確認すること", "EMS-09: the fixed sentence");
    acp = summary (two, 2);
    ok (acp.status == ACP_STATUS_CONFLICT && acp.conflicts == 1 && acp.dates.count == 2,
        "EMS-09: two contradicting documents are a conflict, with both dates");
    is (acp.dates.items[0], "2026-10-02", "…the newest first");
    acp = summary (agree, 3);
    ok (acp.status == ACP_STATUS_RECORDED && acp.conflicts == 0, "who repeats or has not decided contradicts nobody");
    acp = summary (back, 2);
    ok (acp.status == ACP_STATUS_RECORDED && strcmp (acp.written_on, "2025-01-01") == 0,
        "what is taken back counts no more, the other stands");
    acp = summary (gone, 1);
    ok (acp.status == ACP_STATUS_WITHDRAWN && !acp.assumed_condition && !acp.paper_at && acp.dates.count == 0,
        "EMS-09: withdrawn says withdrawn and nothing of the content");
    is (acp.withdrawn_on, "2026-11-01", "…since when");
    acp = summary (NULL, 0);
    ok (acp.status == ACP_STATUS_NONE && strstr (acp.note, "通常の手順"), "EMS-09: without any document the sentence is the same");
}

/* Whatever the documents are, the words that leave are the fixed sentence and what the record's fields allow: no enum of a direction. */
static void never_an_instruction (void)
{
    bool named = false, sentence = true;

    for (size_t i = 0; i < ems_acp_message.field_count; i++)
        named = named || strstr (ems_acp_message.fields[i].name, "direction") != NULL;
    for (int a = 1; a <= 4; a++)
        for (int b = 1; b <= 4; b++)
            for (int revoked = 0; revoked < 4; revoked++) {
                struct wish_view two[] = { paper ("a", "2025-01-01", (enum wish_direction) a, revoked & 1 ? "2026-01-01" : NULL),
                                           paper ("b", "2026-01-01", (enum wish_direction) b, revoked & 2 ? "2026-01-01" : NULL) };

                sentence = sentence && strcmp (summary (two, 2).note, wish_note) == 0;
            }
    ok (!named, "EMS-09: what a document asks for has no place in the answer");
    ok (sentence, "EMS-09: all 64 pairs of documents come with the same sentence");
}

/* ---- the list ------------------------------------------------------------------------------------------------------------------------ */

static void closed_list (void)
{
    static const char *const agreed[] = { "patient_id", "municipality", "at", "name", "name_kana", "age", "care_level", "contacts", "team",
                                          "history", "drugs", "allergies", "hospital", "acp", "place", "place_name", "place_phone",
                                              "device",
                                          "infection", "adl", "entry" };
    enum { AGREED = sizeof agreed / sizeof *agreed };
    size_t known = 0;

    for (size_t i = 0; i < ems_record_answer_message.field_count; i++)
        for (size_t k = 0; k < AGREED; k++)
            known += strcmp (ems_record_answer_message.fields[i].name, agreed[k]) == 0;
    ok (known == AGREED && ems_record_answer_message.field_count == AGREED, "EMS-08: the answer has exactly the agreed fields");
}

static void fields (void)
{
    static const int some[] = { EMS_FIELD_ACP, EMS_FIELD_ENTRY };
    static const int nothing[1];
    struct enum_list two = { some, 2 }, absent = { NULL, 0 }, empty = { nothing, 0 };

    is (ems_field_names (ems_fields (two, false), &arena), "name acp", "practice 03: how to enter only with a running incident");
    is (ems_field_names (ems_fields (two, true), &arena), "name acp entry", "…then it is told");
    is_number (__builtin_popcount (ems_fields (absent, true)), 14, "EMS-08: no set of its own means the whole list");
    is_number (__builtin_popcount (ems_fields (absent, false)), 10, "…four things fewer without a running incident");
    is_number (ems_fields (empty, true), 0, "an empty set is empty");
}

static void told_fields (void)
{
    static const struct ems_words words[] = { { .item = SHEET_ITEM_DISEASE, .text = "肝癌", .written_on = "2026-01-01" },
                                              { .item = SHEET_ITEM_MEDICAL_DEVICE, .text = "HOT 2L", .written_on = "2026-01-01" },
                                              { .item = SHEET_ITEM_CONSCIOUSNESS, .text = "清明", .written_on = "2026-01-01" },
                                              { .item = SHEET_ITEM_EXPLAINED, .text = "告知", .written_on = "2026-01-01" },
                                              { .item = SHEET_ITEM_ALLERGY, .text = "造影剤", .written_on = "2026-01-01" } };
    struct ems_person_view person = { .name = "須坂 花子", .name_kana = "スザカ ハナコ", .birth_date = "1940-03-02", .allergies = "卵",
                                      .infections = "MRSA", .terminal_phase = true, .terminal_since = "2026-10-01",
                                      .words = { words, 5 } };
    struct ems_record_answer answer = { 0 };

    ems_tell (&person, ems_fields ((struct enum_list) { NULL, 0 }, true), TODAY, &arena, &answer);
    ok (strcmp (answer.history->text, "肝癌") == 0 && strcmp (answer.device->text, "HOT 2L") == 0 && answer.adl.count == 1
        && strcmp (answer.infection, "MRSA") == 0, "EMS-08: what the sheet says of the agreed items");
    is (answer.allergies, "卵\n造影剤", "allergies of the head and of the sheet");
    ok (answer.acp->terminal_phase && strcmp (answer.acp->terminal_since, "2026-10-01") == 0, "practice 03: 看取り with its date");
    ok (answer.contacts.items && answer.team.items, "empty lists are there");
    answer = (struct ems_record_answer) { 0 };
    ems_tell (&person, 0, TODAY, &arena, &answer);
    ok (answer.name && !answer.has_age && !answer.history && !answer.acp && !answer.infection && !answer.allergies && answer.adl.count == 0,
        "a partner that may see nothing gets the name alone");
}

static void grounds (void)
{
    struct ems_record good = { .partner_name = "須坂消防", .ground = EMS_GROUND_UNIQUE_MATCH }, bad = good;
    struct error err = { 0 };

    ok (ems_check_release (&good, &err) == 0, "a certain match needs no unit");
    bad.ground = EMS_GROUND_LIFE_THREAT;
    ok (ems_check_release (&bad, &err) < 0 && err.key == ERROR_REASON_NEEDED, "EMS-07: a chosen release names the unit");
    bad.unit = "須坂救急1";
    ok (ems_check_release (&bad, &err) == 0, "…then it goes");
    bad.ground = EMS_GROUND_BREAK_GLASS;
    ok (ems_check_release (&bad, &err) < 0, "EMS-10: without consent only under an opening");
    bad.ground = EMS_GROUND_UNIQUE_MATCH;
    bad.break_id = "x";
    ok (ems_check_release (&bad, &err) < 0, "…which belongs to that ground alone");
}

int main (void)
{
    certain ();
    several ();
    contradicted ();
    told ();
    wishes ();
    never_an_instruction ();
    closed_list ();
    fields ();
    told_fields ();
    grounds ();
    arena_done (&arena);
    return done ();
}
