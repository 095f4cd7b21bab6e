/* Two people write into the same sheet: every section, what the second is given to merge from, what a diff says of it, and that after the
 * merge nothing either of them wrote is lost. */
#include "region.h"

enum { SECTIONS = 11, ENTRIES_MOST = 12 };

/* An item of each section; 0: made from the team. */
static const enum sheet_item item_of[SECTIONS + 1] = { 0,
                                                       0,
                                                       SHEET_ITEM_PERSON_WISH,
                                                       SHEET_ITEM_CONDITION_NOW,
                                                       SHEET_ITEM_MEAL,
                                                       SHEET_ITEM_HOUSE_LAYOUT,
                                                       SHEET_ITEM_CAREGIVER,
                                                       SHEET_ITEM_DISEASE,
                                                       SHEET_ITEM_EXPLAINED,
                                                       SHEET_ITEM_EXPECTED_CHANGE,
                                                       SHEET_ITEM_MEDICAL_CAUTION,
                                                       SHEET_ITEM_LIVING_CAUTION };

static int put (struct harness *harness, enum sheet_section section, int64_t base, const struct sheet_entry *entries, size_t count,
                struct error *err)
{
    struct sheet_section_update message = {
        .patient_id = PATIENT (1), .section = section, .base_version = base, .entries = { entries, count }
    };

    *err = (struct error) { 0 };
    return harness_call (harness, "sheet_section_update", &message, NULL, err);
}

static struct section_changes_answer changes_of (struct harness *harness, enum sheet_section section, int64_t from, int64_t to)
{
    struct section_changes query = {
        .patient_id = PATIENT (1), .section = section, .from_version = from, .has_to_version = true, .to_version = to
    };
    struct section_changes_answer answer = { 0 };
    struct error err = { 0 };

    must (harness_call (harness, "section_changes", &query, &answer, &err), &err, "section_changes");
    return answer;
}

/* ---- every section: the second editor ------------------------------------------------------------------------------------------------ */

static void second_editor (struct harness *harness, enum sheet_section section)
{
    struct sheet_entry first = { .item = item_of[section], .text = "最初" }, second = { .item = item_of[section], .text = "次" };
    const struct sheet_conflict *conflict;
    struct error err;
    char name[100];

    harness_as (harness, &nurse);
    snprintf (name, sizeof name, "section %d: the first writes, then changes it", (int) section);
    ok (put (harness, section, 0, &first, 1, &err) == 0 && put (harness, section, 1, &second, 1, &err) == 0, name);
    harness_as (harness, &doctor);
    snprintf (name, sizeof name, "section %d: who began from the first version is given both", (int) section);
    ok (put (harness, section, 1, &first, 1, &err) < 0 && err.key == ERROR_MOVED_ON && (conflict = harness_conflict (harness)) != NULL
        && conflict->section == section && conflict->current->version == 2 && strcmp (conflict->current->entries.items[0].text, "次") == 0
        && conflict->base.count == 1 && strcmp (conflict->base.items[0].text, "最初") == 0, name);
    snprintf (name, sizeof name, "section %d: ...and who never saw one, the empty one", (int) section);
    ok (put (harness, section, 0, &first, 1, &err) < 0 && (conflict = harness_conflict (harness)) != NULL && conflict->base.count == 0
        && conflict->current->version == 2, name);
    ok (put (harness, section, 3, &first, 1, &err) < 0 && err.key == ERROR_MOVED_ON, "a version nobody wrote yet is refused, too");
    ok (put (harness, section, -1, &first, 1, &err) < 0 && err.key == ERROR_MOVED_ON, "...and one below nothing");
}

static void every_section (struct harness *harness)
{
    for (int section = 2; section <= SECTIONS; section++)
        second_editor (harness, (enum sheet_section) section);
    is_number (harness_number (harness, "select sum (v) from patient, unnest (sections) v where patient_id = '%s'", PATIENT (1)), 20,
               "ten sections with two versions each, and the refused ones left none");
    is_number (harness_number (harness, "select count(*) from section_version"), 20, "...nor a row");
    is_number (harness_events (harness, &sheet_updated_message), 20, "...nor an event");
}

/* ---- the merge ----------------------------------------------------------------------------------------------------------------------- */

/* Both began from the same version and wrote into different items: the page puts them together from what the refusal gave. */
static void merging (struct harness *harness)
{
    static const struct sheet_entry base[] = { { .item = SHEET_ITEM_MEAL, .text = "常食" },
                                               { .item = SHEET_ITEM_BATHING, .level = ADL_LEVEL_PARTLY } };
    static const struct sheet_entry nurses[] = { { .item = SHEET_ITEM_MEAL, .text = "刻み" },
                                                 { .item = SHEET_ITEM_BATHING, .level = ADL_LEVEL_PARTLY } };
    static const struct sheet_entry doctors[] = { { .item = SHEET_ITEM_MEAL, .text = "常食" },
                                                  { .item = SHEET_ITEM_BATHING, .level = ADL_LEVEL_PARTLY },
                                                  { .item = SHEET_ITEM_EXCRETION, .text = "導尿" } };
    struct sheet_entry merged[ENTRIES_MOST];
    const struct sheet_conflict *conflict;
    struct section_changes_answer diff;
    size_t count = 0;
    struct error err;

    harness_as (harness, &nurse);
    must (put (harness, SHEET_SECTION_DAILY_LIVING, 2, base, 2, &err), &err, "base");
    must (put (harness, SHEET_SECTION_DAILY_LIVING, 3, nurses, 2, &err), &err, "nurse");
    harness_as (harness, &doctor);
    is_number (put (harness, SHEET_SECTION_DAILY_LIVING, 3, doctors, 3, &err), -1, "the doctor began from the same version and is refused");
    conflict = harness_conflict (harness);
    for (size_t i = 0; conflict && i < conflict->current->entries.count; i++)
        merged[count++] = conflict->current->entries.items[i];
    merged[count++] = doctors[2];
    is_number (put (harness, SHEET_SECTION_DAILY_LIVING, conflict->current->version, merged, count, &err), 0,
               "...puts both together on top of the current one");
    diff = changes_of (harness, SHEET_SECTION_DAILY_LIVING, 3, 5);
    ok (diff.changes.count == 2 && diff.changes.items[0].item == SHEET_ITEM_MEAL && strcmp (diff.changes.items[0].after->text, "刻み") == 0
            && diff.changes.items[1].item == SHEET_ITEM_EXCRETION && !diff.changes.items[1].before,
        "...and nothing either of them wrote is lost");
    is (diff.written_by_name, "岡 誠", "...signed by who put it together");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'conflict' and person = '" DOCTOR
                                        "' and message = 'sheet_section_update'"),
               10 * 4 + 1, "S-27 every refusal that showed another's words stands in the ledger");
}

/* ---- diffs --------------------------------------------------------------------------------------------------------------------------- */

static void diffs (struct harness *harness)
{
    static const struct sheet_entry all[] = { { .item = SHEET_ITEM_MEAL, .text = "a" },     { .item = SHEET_ITEM_EXCRETION, .text = "b" },
                                              { .item = SHEET_ITEM_BATHING, .text = "c" },  { .item = SHEET_ITEM_TRANSFER, .text = "d" },
                                              { .item = SHEET_ITEM_DRESSING, .text = "e" }, { .item = SHEET_ITEM_ORAL_CARE, .text = "f" } };
    static const struct sheet_entry turned[] = {
        { .item = SHEET_ITEM_ORAL_CARE, .text = "f" }, { .item = SHEET_ITEM_DRESSING, .text = "e" },
        { .item = SHEET_ITEM_TRANSFER, .text = "d" },  { .item = SHEET_ITEM_BATHING, .text = "c" },
        { .item = SHEET_ITEM_EXCRETION, .text = "b" }, { .item = SHEET_ITEM_MEAL, .text = "a" }
    };
    static const struct sheet_entry details[] = { { .item = SHEET_ITEM_MEAL, .text = "a", .level = ADL_LEVEL_PARTLY },
                                                  { .item = SHEET_ITEM_EXCRETION, .text = "b", .recorded_on = "2026-04-01" },
                                                  { .item = SHEET_ITEM_BATHING, .text = "c", .heard_by = "長女から" },
                                                  { .item = SHEET_ITEM_TRANSFER, .text = "d " },
                                                  { .item = SHEET_ITEM_DRESSING, .text = "e" },
                                                  { .item = SHEET_ITEM_ORAL_CARE, .text = "f" } };
    struct section_changes_answer diff;
    struct error err;

    harness_as (harness, &doctor);
    must (put (harness, SHEET_SECTION_DAILY_LIVING, 5, all, 6, &err), &err, "all");
    must (put (harness, SHEET_SECTION_DAILY_LIVING, 6, turned, 6, &err), &err, "turned");
    must (put (harness, SHEET_SECTION_DAILY_LIVING, 7, details, 6, &err), &err, "details");
    must (put (harness, SHEET_SECTION_DAILY_LIVING, 8, NULL, 0, &err), &err, "emptied");
    diff = changes_of (harness, SHEET_SECTION_DAILY_LIVING, 6, 7);
    is_number ((int64_t) diff.changes.count, 0, "another order of the same items is no change");
    diff = changes_of (harness, SHEET_SECTION_DAILY_LIVING, 6, 8);
    is_number ((int64_t)diff.changes.count, 4,
               "a level, a date, who it was heard from and a blank each are a change, what is the same is none");
    diff = changes_of (harness, SHEET_SECTION_DAILY_LIVING, 8, 9);
    ok (diff.changes.count == 6 && diff.changes.items[0].before && !diff.changes.items[0].after,
        "an emptied section: six items that are gone");
    diff = changes_of (harness, SHEET_SECTION_DAILY_LIVING, 9, 8);
    ok (diff.changes.count == 6 && !diff.changes.items[0].before && diff.changes.items[0].after,
        "...and looked at backwards, six that have come");
    diff = changes_of (harness, SHEET_SECTION_DAILY_LIVING, 9, 9);
    is_number ((int64_t) diff.changes.count, 0, "a version does not differ from itself");
    diff = changes_of (harness, SHEET_SECTION_CONTACTS, 0, 0);
    is_number ((int64_t) diff.changes.count, 0, "the section made from the team has no versions, and no difference");
    is_number (put (harness, SHEET_SECTION_DAILY_LIVING, 9, NULL, 0, &err), 0, "an emptied section may be emptied again");
}

/* ---- texts as they were written ------------------------------------------------------------------------------------------------------ */

static void words (struct harness *harness)
{
    static const char *const texts[] = { "髙橋さんの﨑",
                                         "a\"b\\c",
                                         "行1\n行2\ttab",
                                         "<b>太字</b>&amp;",
                                         "😷𠮷野家",
                                         "'; drop table patient; --",
                                         "%s %n {0} $1",
                                         "\u200b"
                                         "ゼロ幅",
                                         "ｶﾀｶﾅ",
                                         "\u202e"
                                         "逆" };
    int64_t version = harness_number (harness, "select sections[2] from patient where patient_id = '%s'", PATIENT (1));
    int changed = 0;

    harness_as (harness, &nurse);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct sheet_entry entry = { .item = SHEET_ITEM_PERSON_WISH, .text = texts[i] };
        struct sheet_answer sheet;
        struct error err;

        must (put (harness, SHEET_SECTION_WISHES, version++, &entry, 1, &err), &err, texts[i]);
        must (harness_call (harness, "sheet", &(struct sheet) { .patient_id = PATIENT (1) }, &sheet, &err), &err, "sheet");
        changed += strcmp (sheet.sections.items[1].entries.items[0].text, texts[i]) != 0;
    }
    is_number (changed, 0, "words are kept as they were written, byte by byte: variants, quotes, lines, faces, statements");
    is_number (harness_number (harness, "select count(*) from patient"), 1, "...and none of them does anything");
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    every_section (harness);
    merging (harness);
    diffs (harness);
    words (harness);
    harness_close (&harness);
    return done ();
}
