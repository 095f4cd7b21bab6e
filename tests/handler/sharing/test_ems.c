/* What the fire service finds and is told: EMS-06 … EMS-10, EMS-19, EMS-22, U-24; under the role renkei_sharing_ems as in life. */
#include "ems.h"
#include "runtime.h"

/* ---- finding ------------------------------------------------------------------------------------------------------------------------- */

static void is_found (struct harness *harness, struct ems_find question, enum match_result wanted, const char *name)
{
    is_number (ems_look (harness, question).result, wanted, name);
}

static void test_keys (struct harness *harness)
{
    is_found (harness, (struct ems_find) { .phone = "０１１ｰ２２２ｰ０００１" }, MATCH_RESULT_WEAK, "EMS-06: found by telephone, not yet certain");
    is_found (harness, (struct ems_find) { .phone = "000", .other_phone = "+81112220001" }, MATCH_RESULT_WEAK, "…by another one");
    is_found (harness, (struct ems_find) { .name_kana = "ﾀｶﾊｼ ﾊﾅｺ", .birth_date = "1940-03-02" }, MATCH_RESULT_WEAK,
              "EMS-06: by kana and birth date");
    is_found (harness, (struct ems_find) { .address = "本町1-2-3" }, MATCH_RESULT_WEAK, "EMS-06: by address, 大字 and the town left out");
    is_found (harness, (struct ems_find) { .address = "みずき市本町一丁目二番地の三" }, MATCH_RESULT_WEAK, "…in kanji numerals");
    is_found (harness, (struct ems_find) { .name = "高橋花子" }, MATCH_RESULT_WEAK, "EMS-06: by name, 高 for 髙");
    is_found (harness, (struct ems_find) { .phone = "0112220001", .name_kana = "たかはしはなこ", .birth_date = "1940-03-02" }, MATCH_RESULT_UNIQUE,
              "EMS-07: telephone with kana and birth date is certain");
    is_found (harness, (struct ems_find) { .phone = "0112220001", .address = "本町1-2-3" }, MATCH_RESULT_WEAK,
              "…telephone with address is one household");
    is_found (harness, (struct ems_find) { .phone = "011-222-9999" }, MATCH_RESULT_NONE, "EMS-19: unknown is none");
    is_found (harness, (struct ems_find) { .phone = "" }, MATCH_RESULT_NONE, "nothing asked, nobody found");
    is_found (harness, (struct ems_find) { .phone = "0112220001", .municipalities = IN_B }, MATCH_RESULT_NONE,
              "outside the partner's municipalities is none");
    is_found (harness, (struct ems_find) { .phone = "0112220001", .municipalities = IN_BOTH }, MATCH_RESULT_WEAK,
              "EMS-22: who lives in A is found by a partner of A and B");
}

static void test_what_a_candidate_tells (struct harness *harness)
{
    struct ems_find_answer weak = ems_look (harness, (struct ems_find) { .phone = "0112220001" });
    struct ems_find_answer sure = ems_look (harness, (struct ems_find) { .phone = "0112220001", .name = "高橋花子" });

    is (weak.candidates.items[0].name, "＊＊＊", "EMS-19: a weak match does not expose the name");
    is (weak.candidates.items[0].area, "みずき市大字本町1丁目", "…the part of the town is told");
    is (sure.candidates.items[0].name, "髙橋 花子", "a certain one has the name as it is written");
    ok (sure.candidates.items[0].strong && sure.candidates.items[0].by.count == 2, "…and says by what it is certain");
    is_number (harness_number (harness, "select count(*) from ledger where message = 'ems_find' and items = 'candidates' and ground = 'ems'"
                                        " and '%s'::uuid = any (subjects)", PATIENT (hanako.number)) > 0, 1,
                                            "S-27 who was shown stands in the ledger");
}

static void test_contacts (struct harness *harness)
{
    struct emergency_contact daughter = { .name = "髙橋 葉", .relation = "長女", .phone = "090-0000-0003" };
    struct patient_head_update change = { .patient_id = PATIENT (hanako.number), .head_version = 1, .name = hanako.name,
                                          .name_kana = hanako.kana,
                                          .birth_date = hanako.born, .phone = "011-222-0011", .address = hanako.address,
                                          .care_level = CARE_LEVEL_CARE_4, .allergies = "卵", .contacts = { &daughter, 1 } };
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (harness_call (harness, "patient_head_update", &change, NULL, &err), &err, "head");
    is_found (harness, (struct ems_find) { .phone = "０９０００００００３" }, MATCH_RESULT_NONE, "a mistyped number finds nobody");
    is_found (harness, (struct ems_find) { .phone = "090-0000-0003" }, MATCH_RESULT_WEAK,
              "found by the telephone of the daughter who calls");
    is_found (harness, (struct ems_find) { .phone = "011-222-0001" }, MATCH_RESULT_NONE, "…no longer by a number that was changed");
    is_found (harness, (struct ems_find) { .phone = "011-222-0011" }, MATCH_RESULT_WEAK, "…by the new one at once");
}

/* ---- without consent ----------------------------------------------------------------------------------------------------------------- */

static const struct db_statement counts[] = {
    { "test_counts",
      "select coalesce (sum (generic_plans + custom_plans), 0)::bigint as n from pg_prepared_statements where name <> 'test_counts'" },
    { NULL, NULL },
};

static int64_t statements_run (struct harness *harness)
{
    struct db *db = harness_aside (harness)->db;
    struct db_args args = { 0 };
    struct error err = { 0 };
    int64_t n = -1;
    DB_ROWS (rows);

    if (db_begin (db, &err) == 0 && db_run (db, &counts[0], &args, &rows, &err) == 0)
        n = db_get_number (rows, 0, "n");
    db_clear (&rows);
    db_rollback (db);
    return n;
}

static int64_t cost_of_find (struct harness *harness, struct ems_find question)
{
    int64_t before = statements_run (harness);

    ems_look (harness, question);
    return statements_run (harness) - before;
}

static int64_t cost_of_record (struct harness *harness, int number)
{
    struct ems_record message = ems_wish_of (number);
    int64_t before = statements_run (harness);

    ems_ask (harness, &message, NULL);
    return statements_run (harness) - before;
}

/* What is asked of the second person is asked of nobody, too: nothing may tell one from the other. */
static void test_no_consent (struct harness *harness)
{
    static const struct ems_find asked[] = {
        { .phone = "011-222-0002" }, { .name_kana = "キタノタロウ", .birth_date = "1938-05-06" }, { .address = "緑町4-5" }, { .name = "北野太郎" },
        { .phone = "011-222-0002", .name_kana = "キタノタロウ", .birth_date = "1938-05-06", .address = "緑町4-5", .name = "北野太郎" } };
    static const struct ems_find unknown[] = {
        { .phone = "011-222-7772" }, { .name_kana = "ミナミジロウ", .birth_date = "1938-05-06" }, { .address = "青町4-5" }, { .name = "南次郎" },
        { .phone = "011-222-7772", .name_kana = "ミナミジロウ", .birth_date = "1938-05-06", .address = "青町4-5", .name = "南次郎" } };
    int64_t ledger = harness_number (harness, "select count(*) from ledger");
    struct ems_record secret = ems_wish_of (taro.number), nobody = ems_wish_of (777);
    int differ = 0;

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct ems_find_answer one = ems_look (harness, asked[i]), other = ems_look (harness, unknown[i]);

        differ += one.result != MATCH_RESULT_NONE || other.result != one.result || one.candidates.count != 0 || other.candidates.count != 0;
        differ += cost_of_find (harness, asked[i]) != cost_of_find (harness, unknown[i]);
    }
    is_number (differ, 0, "EMS-10 without consent the answer is that of an unknown person, and takes as many statements");
    is_number (ems_ask (harness, &secret, NULL), ERROR_NOT_FOR_YOU, "EMS-10 …the record is refused");
    is_number (ems_ask (harness, &nobody, NULL), ERROR_NOT_FOR_YOU, "…in the words of an unknown person");
    ok (cost_of_record (harness, taro.number) == cost_of_record (harness, 777) && cost_of_record (harness, 777) > 0,
        "…after as many statements");
    is_number (harness_number (harness, "select count(*) from ledger"), ledger, "…and nothing is disclosed");
    is_number (harness_number (harness, "select count(*) from ems_release"), 0, "…nor released");
}

/* ---- the record ---------------------------------------------------------------------------------------------------------------------- */

static void write_section (struct harness *harness, enum sheet_section section, const struct sheet_entry *entries, size_t count)
{
    struct sheet_section_update message = { .patient_id = PATIENT (hanako.number), .section = section, .entries = { entries, count } };
    struct error err = { 0 };

    must (harness_call (harness, "sheet_section_update", &message, NULL, &err), &err, "section");
}

static void write_sheet (struct harness *harness)
{
    static const struct sheet_entry illness[] = { { .item = SHEET_ITEM_DISEASE, .text = "肝癌" }, { .item = SHEET_ITEM_DRUG,
        .text = "オキシコドン" } };
    static const struct sheet_entry living[] = { { .item = SHEET_ITEM_CONSCIOUSNESS, .text = "清明" },
                                                 { .item = SHEET_ITEM_TRANSFER, .level = ADL_LEVEL_PARTLY } };
    static const struct sheet_entry device[] = { { .item = SHEET_ITEM_MEDICAL_DEVICE, .text = "在宅酸素 2L/分" } };
    static const struct sheet_entry entry[] = { { .item = SHEET_ITEM_ENTRY_METHOD, .text = "鍵は勝手口" } };
    static const struct sheet_entry explained[] = { { .item = SHEET_ITEM_EXPLAINED, .text = "余命について説明" } };

    harness_as (harness, &nurse);
    write_section (harness, SHEET_SECTION_ILLNESS_AND_DRUGS, illness, 2);
    write_section (harness, SHEET_SECTION_DAILY_LIVING, living, 2);
    write_section (harness, SHEET_SECTION_MEDICAL_CAUTIONS, device, 1);
    write_section (harness, SHEET_SECTION_HOUSING, entry, 1);
    write_section (harness, SHEET_SECTION_EXPLANATION, explained, 1);
}

static void prepare_papers (struct harness *harness)
{
    write_sheet (harness);
    harness_sql (harness, "insert into wish_document (municipality, patient_id, document_id, kind, written_on, issuer, direction,"
                 " assumed_condition, paper_at, recorded_by, recorded_office, recorded_at) values ('" TOWN_A "', '%s', gen_random_uuid (),"
                 " 3, '2026-10-02', 3, 3, '肝癌終末期', '冷蔵庫 キット', '" DOCTOR "', '" CLINIC "', guard.now ())", PATIENT (hanako.number));
    harness_sql (harness,
                 "insert into designated_hospital (municipality, patient_id, designation_id, state, facility, phone, parallel_notice,"
                 " requested_at, requested_by, requested_office) values ('" TOWN_A "', '%s', gen_random_uuid (), 2, 'みずき病院',"
                 " '011-900-0000', true, guard.now (), '" MANAGER "', '" CARE_OFFICE "')", PATIENT (hanako.number));
}

static void test_record (struct harness *harness)
{
    struct ems_record message = ems_wish_of (hanako.number);
    struct ems_record_answer answer = { 0 };
    struct ems_record_released event = { 0 };

    is_number (ems_ask (harness, &message, &answer), 0, "U-24 the record of a person who has consented is released");
    ok (strcmp (answer.name, "髙橋 花子") == 0 && answer.age >= 86 && answer.care_level == CARE_LEVEL_CARE_4, "EMS-08 name, age, care level");
    ok (answer.contacts.count == 1 && answer.team.count == 3 && strcmp (answer.team.items[0].office, "さくら内科") == 0,
        "EMS-08 relatives, doctors and care team");
    ok (strcmp (answer.history->text, "肝癌") == 0 && strcmp (answer.drugs->text, "オキシコドン") == 0 && strcmp (answer.allergies, "卵") == 0,
        "EMS-08 diseases, drugs, allergies");
    ok (strcmp (answer.hospital->name, "みずき病院") == 0 && answer.hospital->agreed && answer.hospital->parallel_notice,
        "EMS-08 designated hospital");
    ok (answer.acp->status == ACP_STATUS_RECORDED && strcmp (answer.acp->written_on, "2026-10-02") == 0,
        "EMS-09 the document and its date");
    ok (strcmp (answer.device->text, "在宅酸素 2L/分") == 0 && answer.adl.count == 2 && strcmp (answer.entry->text, "鍵は勝手口") == 0,
        "practice 03 devices, usual state and way in while the incident runs");
    is_number (harness_number (harness, "select count(*) from ems_release where patient_id = '%s' and ground = 1 and unit = 'みずき救急1' and"
               " partner_id = '" PARTNER "' and incident_id = '" INCIDENT "' and fields like 'name age %%acp%%'", PATIENT (hanako.number)),
                   1,
               "EMS-07 who, unit, incident and fields are written down");
    is_number (harness_number (harness,
                               "select count(*) from ledger where message = 'ems_record' and ground = 'unique_match' and principal ="
                               " 'svc:dispatch'"), 1, "EMS-07 …and stand in the ledger");
    ok (harness_last_event (harness, &ems_record_released_message, &event) == 0 && event.ground == EMS_GROUND_UNIQUE_MATCH
        && strcmp (event.partner_name, "みずき消防") == 0, "…and are announced");
}

static void test_cut_down (struct harness *harness)
{
    static const int two[] = { EMS_FIELD_AGE, EMS_FIELD_ENTRY };
    struct ems_record message = ems_wish_of (hanako.number);
    struct ems_record_answer answer = { 0 };

    message.running = false;
    is_number (ems_ask (harness, &message, &answer), 0, "without a running incident the record is released");
    ok (!answer.device && !answer.infection && answer.adl.count == 0 && !answer.entry,
        "practice 03 …without devices, infections, usual state and way in");
    message.fields = (struct enum_list) { two, 2 };
    message.running = true;
    answer = (struct ems_record_answer) { 0 };
    ems_ask (harness, &message, &answer);
    ok (answer.has_age && answer.entry && !answer.acp && !answer.history && answer.team.count == 0, "a partner's own set is all it gets");
    message.ground = EMS_GROUND_LIFE_THREAT;
    message.unit = NULL;
    is_number (ems_ask (harness, &message, &answer), ERROR_REASON_NEEDED, "EMS-07 chosen without a unit: refused");
    message = ems_wish_of (hanako.number);
    message.municipalities = (struct text_list) IN_B;
    is_number (ems_ask (harness, &message, &answer), ERROR_NOT_FOR_YOU, "outside the partner's municipalities: not there");
    message.municipalities = (struct text_list) IN_BOTH;
    message.incident_municipality = TOWN_B;
    is_number (ems_ask (harness, &message, &answer), 0, "EMS-22 who lives in A and falls in B is told of");
    is_number (harness_number (harness, "select count(*) from ems_release where municipality = '" TOWN_A "' and incident_municipality = '"
                               TOWN_B "'"), 1, "EMS-22 …and the audit shows both");
}

/* The team reads in plain words who was told what. */
static void test_seen_by_the_team (struct harness *harness)
{
    struct ledger query = { .patient_id = PATIENT (hanako.number) };
    struct ledger_answer answer = { 0 };
    struct error err = { 0 };
    bool told = false, found = false;

    harness_as (harness, &nurse);
    must (harness_call (harness, "ledger", &query, &answer, &err), &err, "ledger");
    for (size_t i = 0; i < answer.lines.count; i++) {
        const struct ledger_line *line = &answer.lines.items[i];

        told = told || (strcmp (line->what, "消防・救急に情報を提供した") == 0 && strcmp (line->office, "みずき消防") == 0
                        && strcmp (line->name, "みずき救急1") == 0 && strstr (line->items, "年齢") && strstr (line->ground, "照合一致"));
        found = found || strcmp (line->what, "消防・救急の照会で候補に挙がった") == 0;
    }
    ok (told, "EMS-07 the team reads who was told what, by which unit, on which ground");
    ok (found, "…and that somebody was shown as a candidate");
}

/* ---- the fence ----------------------------------------------------------------------------------------------------------------------- */

static int64_t ems_role_sees (struct harness *harness, const char *table, const char *municipalities)
{
    int64_t count;

    harness_sql (harness, "begin");
    harness_sql (harness, "set local role renkei_sharing_ems");
    harness_sql (harness, "select set_config ('renkei.ems_municipalities', '%s', true)", municipalities);
    count = harness_number (harness, "select count (distinct patient_id) from %s", table);
    harness_sql (harness, "rollback");
    return count;
}

static void test_fence (struct harness *harness)
{
    static const char *const tables[] = { "patient", "patient_head", "emergency_contact", "care_team_member", "section_version", "consent",
                                          "ems_key", "wish_document", "designated_hospital" };
    int wrong = 0;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        wrong += ems_role_sees (harness, tables[i], TOWN_A) != 1 || ems_role_sees (harness, tables[i], TOWN_B) != 0
                 || ems_role_sees (harness, tables[i], "") != 0;
        if (wrong)
            note ("%s", tables[i]);
    }
    is_number (wrong, 0, "S-20 in the database the role sees the one who consented, in her municipality, and nobody else");
    is_number (harness_number (harness, "select count(*) from information_schema.role_table_grants where grantee = 'renkei_sharing_ems'"
               " and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and table_name <> 'subject'"), 0, "…and changes nothing");
}

static void test_withdrawn (struct harness *harness)
{
    struct ems_record message = ems_wish_of (hanako.number);
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_withdraw (harness, hanako.number, 10 * hanako.number + 5, &err), &err, "withdraw");
    is_found (harness, (struct ems_find) { .phone = "090-0000-0003" }, MATCH_RESULT_NONE, "EMS-10 withdrawn: not found from that moment");
    is_number (ems_ask (harness, &message, NULL), ERROR_NOT_FOR_YOU, "…nor told of");
    is_number (ems_role_sees (harness, "patient", TOWN_A), 0, "…nor there for the role");
    harness_as (harness, &manager);
    must (region_consent (harness, hanako.number, 10 * hanako.number + 6, CONSENT_SCOPE_EMS, &err), &err, "agree again");
}

/* A consent that ends is over on the day after, without any job. */
static void test_midnight (struct harness *harness)
{
    harness_sql (harness,
                 "update consent set to_date = (guard.now () at time zone 'Asia/Tokyo')::date where scope = 3 and withdrawn_at is null");
    is_found (harness, (struct ems_find) { .phone = "090-0000-0003" }, MATCH_RESULT_WEAK, "on its last day a consent holds");
    harness_clock (harness, 86400ll * SECOND_US);
    is_found (harness, (struct ems_find) { .phone = "090-0000-0003" }, MATCH_RESULT_NONE, "…the day after it does not");
    harness_clock (harness, 0);
}

/* ---- people who were here before ----------------------------------------------------------------------------------------------------- */

static const char *all_keys (struct harness *harness)
{
    return harness_text (harness, "select string_agg (kind || key || patient_id, ',' order by kind, key, patient_id) from ems_key");
}

static void test_filling (struct harness *harness)
{
    const char *before = all_keys (harness);
    struct municipality_changed town = { .municipality_id = AGREEMENT, .code = TOWN_A, .name = "新みずき市" };
    struct error err = { 0 };

    harness_sql (harness, "delete from ems_key");
    harness_sql (harness, "update patient set search_rules = 0");
    must (harness_job (harness, "ems_keys", &err), &err, "job");
    is (all_keys (harness), before, "people recorded before there were keys get the same keys by the job");
    is_number (harness_number (harness, "select count(*) from patient where search_rules < 1"), 0, "…all of them");
    must (harness_job (harness, "ems_keys", &err), &err, "job");
    is (all_keys (harness), before, "…a second run changes nothing");
    must (harness_hear (harness, "registry", &municipality_changed_message, &town, NOBODY, 2, TOWN_A, &err), &err, "renamed");
    is_number (harness_number (harness, "select count(*) from patient where search_rules < 1"), 2,
               "a town with a new name has its people done again");
    must (harness_hear (harness, "registry", &municipality_changed_message, &town, NOBODY, 3, TOWN_A, &err), &err, "again");
    must (harness_job (harness, "ems_keys", &err), &err, "job");
    must (harness_hear (harness, "registry", &municipality_changed_message, &town, NOBODY, 4, TOWN_A, &err), &err, "again");
    is_number (harness_number (harness, "select count(*) from patient where search_rules < 1"), 0,
               "…the same name once more costs nothing");
}

/* A desk asks through dispatch: who it was stands in the ledger. */
static void test_for_a_person (struct harness *harness)
{
    struct harness_actor desk = { .person = OFFICER, .office = CITY_HALL, .municipality = TOWN_A, .roles = ROLE_BIT (ROLE_DISPATCH_DESK),
                                  .principal = "svc:dispatch" };
    struct ems_find question = { .municipalities = IN_A, .phone = "090-0000-0003" };
    struct error err = { 0 };

    harness_as (harness, &desk);
    must (harness_call (harness, "ems_find", &question, NULL, &err), &err, "ems_find");
    is_number (harness_number (harness, "select count(*) from ledger where message = 'ems_find' and person = '" OFFICER "' and roles <> 0"),
               1,
               "EMS-07 a person who asks through dispatch stands in the ledger as that person");
}

static void test_bad_input (struct harness *harness)
{
    static const char *const bad[] = { "0110'2" };
    struct ems_find question = { .municipalities = { bad, 1 }, .phone = "1" };
    struct error err = { 0 };

    harness_as (harness, &dispatch);
    ok (harness_call (harness, "ems_find", &question, NULL, &err) < 0 && err.key == ERROR_MALFORMED,
        "a municipality that is no code is refused");
    question.municipalities = (struct text_list) IN_A;
    harness_as (harness, &nurse);
    ok (harness_call (harness, "ems_find", &question, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_ROLE,
        "people do not ask this; only services do");
}

int main (void)
{
    struct harness *harness = region_open ();
    struct error err = { 0 };

    db_prepare (harness_aside (harness)->db, counts, 1, &err);
    ems_region (harness);
    test_keys (harness);
    test_what_a_candidate_tells (harness);
    test_contacts (harness);
    test_no_consent (harness);
    prepare_papers (harness);
    test_record (harness);
    test_cut_down (harness);
    test_seen_by_the_team (harness);
    test_fence (harness);
    test_withdrawn (harness);
    test_filling (harness);
    test_for_a_person (harness);
    test_midnight (harness);
    test_bad_input (harness);
    harness_close (&harness);
    return done ();
}
