/* Lists of patients: whose, in which order, page by page, found by name; and what the ledger keeps of it. */
#include "region.h"

static struct patient_list_answer list (struct harness *harness, const char *text, bool mine, const char *after, int64_t limit)
{
    struct patient_list message = { .text = text, .has_mine = mine, .mine = mine, .after = after, .has_limit = limit > 0, .limit = limit };
    struct patient_list_answer answer = { 0 };
    struct error err = { 0 };

    must (harness_call (harness, "patient_list", &message, &answer, &err), &err, "patient_list");
    return answer;
}

/* Names by first characters, "北南": in order. */
static bool shows (const struct patient_list_answer *answer, const char *initials)
{
    for (size_t i = 0; i < answer->patients.count; i++)
        if (strncmp (answer->patients.items[i].name, initials + 3 * i, 3) != 0)
            return false;
    return answer->patients.count == strlen (initials) / 3;
}

static void whose (struct harness *harness)
{
    struct patient_list_answer answer;
    struct error err = { 0 };

    harness_as (harness, &manager);
    answer = list (harness, NULL, false, NULL, 0);
    ok (shows (&answer, "東西南北") && answer.count == 4 && !answer.next, "the recorder's office sees all it recorded, latest change first");
    answer = list (harness, NULL, true, NULL, 0);
    ok (shows (&answer, "西南北"), "…or only those of whose team one is a member");
    harness_as (harness, &manager_2);
    answer = list (harness, NULL, true, NULL, 0);
    ok (shows (&answer, ""), "a colleague has none of one's own");
    harness_as (harness, &nurse);
    answer = list (harness, NULL, false, NULL, 0);
    ok (shows (&answer, "西南北"), "a team member sees those of the team");
    harness_as (harness, &nurse_2);
    answer = list (harness, NULL, false, NULL, 0);
    ok (shows (&answer, "") && answer.count == 0, "a colleague without a seat sees none");
    harness_as (harness, &officer);
    answer = list (harness, NULL, false, NULL, 0);
    ok (shows (&answer, ""), "an officer sees none");
    harness_as (harness, &nurse);
    must (region_write (harness, 1, 0, "咳", NULL, &err), &err, "write");
    answer = list (harness, NULL, false, NULL, 0);
    ok (shows (&answer, "北西南"), "a change moves a person to the top");
}

static void pages (struct harness *harness)
{
    struct patient_list broken = { .after = "nonsense" };
    struct patient_list_answer answer;
    struct error err = { 0 };

    harness_as (harness, &manager);
    answer = list (harness, NULL, false, NULL, 3);
    ok (shows (&answer, "北東西") && answer.next && answer.count == 4, "a page holds as many as asked, and says how many there are");
    answer = list (harness, NULL, false, answer.next, 3);
    ok (shows (&answer, "南") && !answer.next, "the next page goes on where it ended");
    is_number (harness_call (harness, "patient_list", &broken, NULL, &err), -1, "a page key that is not ours is refused");
    is_number (err.key, ERROR_MALFORMED, "…as malformed");
}

static void unread (struct harness *harness)
{
    struct section_read_mark mark = { .patient_id = PATIENT (1), .section = SHEET_SECTION_CONDITION, .version = 1 };
    struct patient_list_answer answer;
    struct error err = { 0 };

    harness_as (harness, &manager);
    answer = list (harness, NULL, false, NULL, 1);
    is_number (answer.patients.items[0].unread, 1, "a section somebody else wrote is unread");
    must (harness_call (harness, "section_read_mark", &mark, NULL, &err), &err, "mark");
    answer = list (harness, NULL, false, NULL, 1);
    is_number (answer.patients.items[0].unread, 0, "…until it is marked");
    harness_as (harness, &nurse);
    answer = list (harness, NULL, false, NULL, 1);
    is_number (answer.patients.items[0].unread, 0, "one's own writing is never unread");
}

static void found (struct harness *harness)
{
    static const struct { const char *text, *initials, *name; } rows[] = {
        { "北野", "北", "two kanji" },
        { "野", "北", "one kanji" },
        { "キタノ", "北", "kana" },
        { "きたの", "北", "hiragana for katakana" },
        { "ｷﾀﾉ", "北", "half-width kana" },
        { "高橋", "東", "a name variant: 高 finds 髙" },
        { "タロウ", "北", "a part from the middle" },
        { "北野太郎", "北", "the whole name without its space" },
        { "太郎北野", "", "not the parts in another order" },
        { "ロウキ", "", "not across the two names" },
        { "山", "", "nobody" },
    };
    struct patient_list_answer answer;

    harness_as (harness, &manager);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        answer = list (harness, rows[i].text, false, NULL, 0);
        ok (shows (&answer, rows[i].initials), rows[i].name);
    }
    harness_as (harness, &nurse_2);
    answer = list (harness, "北野", false, NULL, 0);
    ok (shows (&answer, ""), "a search finds nobody who is not open to the reader");
}

static void renamed (struct harness *harness)
{
    struct patient_head_update message = { .patient_id = PATIENT (2), .head_version = 1, .name = "森 二郎", .name_kana = "モリ ジロウ",
                                           .birth_date = "1940-02-03" };
    struct patient_list_answer answer;
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (harness_call (harness, "patient_head_update", &message, NULL, &err), &err, "head");
    answer = list (harness, "森", false, NULL, 0);
    ok (shows (&answer, "森"), "a new name is found");
    answer = list (harness, "南", false, NULL, 0);
    ok (shows (&answer, ""), "…the old one no longer");
    is_number (harness_number (harness, "select count(*) from patient_bigram where bigram = '南'"), 0, "…nor is it kept for searching");
}

static void ledger (struct harness *harness)
{
    struct ledger message = { .patient_id = PATIENT (1), .has_limit = true, .limit = 2 };
    struct ledger_answer answer;
    struct error err = { 0 };
    int64_t rows;

    harness_sql (harness, "set session_replication_role = replica");
    harness_sql (harness, "truncate ledger");
    harness_sql (harness, "set session_replication_role = origin");
    harness_as (harness, &manager);
    list (harness, NULL, false, NULL, 0);
    is_number (harness_number (harness, "select count(*) from ledger"), 2, "S-27: a list is one row per ground");
    is_number (harness_number (harness, "select cardinality (subjects) from ledger where ground = 'care_team'"), 3,
               "S-27: …with the people shown");
    is_number (harness_number (harness, "select cardinality (subjects) from ledger where ground = 'recorder'"), 1,
               "S-27: …each on its ground");
    harness_as (harness, &officer);
    list (harness, NULL, false, NULL, 0);
    is_number (harness_number (harness, "select count(*) from ledger"), 2, "an empty list shows nobody and writes nothing");
    harness_as (harness, &nurse);
    must (region_read (harness, 1, &err), &err, "read");
    rows = harness_number (harness, "select count(*) from ledger");
    is_number (harness_call (harness, "ledger", &message, &answer, &err), 0, "S-28: who saw this person's record");
    ok (answer.lines.count == 2 && answer.next == NULL, "S-28: …everything about this person, nothing else");
    is (answer.lines.items[0].what, "共有シートを見た", "S-28: …newest first, in plain words");
    ok (strcmp (answer.lines.items[0].name, "宇野 香") == 0 && strcmp (answer.lines.items[0].office, "みなと訪問看護") == 0
        && answer.lines.items[0].role == ROLE_VISITING_NURSE && strcmp (answer.lines.items[0].ground, "本人の同意（チーム）") == 0,
        "S-28: …who, of which office, as what, on which ground");
    is_number (harness_number (harness, "select count(*) from ledger"), rows + 1, "…and this reading stands in it too");
    message.limit = 1;
    is_number (harness_call (harness, "ledger", &message, &answer, &err), 0, "it is read page by page");
    ok (answer.lines.count == 1 && answer.next && strcmp (answer.lines.items[0].what, "閲覧の記録を見た") == 0, "…with the reading before");
    harness_as (harness, &officer);
    is_number (harness_call (harness, "ledger", &message, NULL, &err), -1, "an officer sees no patient, and no ledger of one");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if there were no such person");
}

int main (void)
{
    struct harness *harness = region_open ();
    struct error err = { 0 };

    region_patient (harness, 1, "北野 太郎", "キタノ タロウ");
    region_patient (harness, 2, "南 二郎", "ミナミ ジロウ");
    region_patient (harness, 3, "西 三郎", "ニシ サブロウ");
    must (region_register (harness, 4, "東髙橋 四郎", "ヒガシタカハシ シロウ", &err), &err, "register");
    whose (harness);
    pages (harness);
    unread (harness);
    found (harness);
    renamed (harness);
    ledger (harness);
    harness_close (&harness);
    return done ();
}
