/* The sharing sheet: writing, the second editor, reading, marks, history (E-01 … E-11), and what is left after a refusal. */
#include "region.h"

static void writing (struct harness *harness)
{
    struct sheet_section_updated answer = { 0 };
    struct sheet_updated event;
    struct error err = { 0 };

    harness_as (harness, &nurse);
    is_number (region_write (harness, 1, 0, "夜間に咳が増えた", &answer, &err), 0, "E-03: the nurse writes down a change");
    is_number (answer.version, 1, "…as version 1");
    is_number (answer.told, 2, "…of which two other people of the team are told");
    ok (harness_last_event (harness, &sheet_updated_message, &event) == 0 && event.version == 1 && event.section == SHEET_SECTION_CONDITION
        && strcmp (event.by, NURSE) == 0 && !event.urgent, "one event says that, where and who");
    is_number (harness_number (harness, "select count(*) from event_log where convert_from (payload, 'LATIN1') like convert_from"
                               " (convert_to ('%%夜間%%', 'UTF8'), 'LATIN1')"), 0, "…and no clinical word");
    is_number (harness_bells (harness, "event"), 1, "the doorbell rings once");
    is_number (region_write (harness, 1, 1, "咳は止まった", &answer, &err), 0, "the next version stands on the first");
    is_number (harness_number (harness, "select count(*) from section_version where patient_id = '%s'", PATIENT (1)), 2, "both are kept");
}

static void second_editor (struct harness *harness)
{
    struct sheet_section_updated answer = { 0 };
    const struct sheet_conflict *conflict;
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (region_write (harness, 1, 1, "食欲がない", &answer, &err), -1, "who edited the older version is refused");
    is_number (err.key, ERROR_MOVED_ON, "…because the section moved on");
    conflict = harness_conflict (harness);
    ok (conflict && conflict->current && conflict->current->version == 2 && conflict->current->entries.count == 1
        && strcmp (conflict->current->entries.items[0].text, "咳は止まった") == 0 && conflict->base.count == 1
        && strcmp (conflict->base.items[0].text, "夜間に咳が増えた") == 0, "…with the current version and the one the edit began from");
    ok (conflict && strcmp (conflict->current->written_by_name, "宇野 香") == 0, "…and who wrote the current one");
    is_number (harness_events (harness, &sheet_updated_message), 2, "…nothing is announced");
    is_number (harness_number (harness, "select count(*) from ledger where message = 'sheet_section_update' and person = '" MANAGER "'"
                               " and items = 'conflict'"), 1, "S-27: …and what the refused editor was shown stands in the ledger");
    is_number (harness_number (harness, "select count(*) from section_version where patient_id = '%s'", PATIENT (1)), 2,
               "…nothing is written");
}

static void same_key (struct harness *harness)
{
    struct sheet_section_updated answer = { 0 };
    struct error err = { 0 };

    harness_as (harness, &nurse);
    harness_key (harness, "key-1");
    is_number (region_write (harness, 1, 2, "微熱", &answer, &err), 0, "a change is sent");
    harness_key (harness, "key-1");
    is_number (region_write (harness, 1, 2, "微熱", &answer, &err), 0, "…and sent again with the same key");
    ok (answer.version == 3 && harness_replayed (harness), "…is answered as the first time");
    is_number (harness_events (harness, &sheet_updated_message), 3, "…and announced once");
}

static void refusals (struct harness *harness)
{
    struct sheet_entry meal = { .item = SHEET_ITEM_MEAL, .text = "刻み" };
    struct sheet_section_update message = { .patient_id = PATIENT (1), .section = SHEET_SECTION_WISHES };
    struct error err = { 0 };

    message.entries.items = &meal;
    message.entries.count = 1;
    harness_as (harness, &nurse);
    is_number (harness_call (harness, "sheet_section_update", &message, NULL, &err), -1, "an item of another section is refused");
    ok (err.key == ERROR_ITEM_NOT_IN_SECTION && strcmp (err.fields[0].pointer, "/entries/0/item") == 0, "…and named");
    message.section = SHEET_SECTION_CONTACTS;
    is_number (harness_call (harness, "sheet_section_update", &message, NULL, &err), -1, "E-01: contacts are not typed in");
    is_number (err.key, ERROR_SECTION_IS_DERIVED, "…they come from the team");
    harness_as (harness, &duty_doctor);
    is_number (region_write (harness, 1, 3, "部外者", NULL, &err), -1, "who is not of the team is refused");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if there were no such person");
    harness_as (harness, &officer);
    is_number (region_write (harness, 1, 3, "役所", NULL, &err), -1, "an officer may not write");
    is_number (harness_number (harness, "select count(*) from section_version where patient_id = '%s'", PATIENT (1)), 3,
               "refused changes write nothing");
}

static void marks (struct harness *harness)
{
    struct section_read_mark message = { .patient_id = PATIENT (1), .section = SHEET_SECTION_CONDITION, .version = 3 };
    struct sheet_read event;
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (harness_call (harness, "section_read_mark", &message, NULL, &err), 0, "the care manager has read it");
    ok (harness_last_event (harness, &sheet_read_message, &event) == 0 && strcmp (event.by, MANAGER) == 0 && strcmp (event.writer,
                                                                                                                     NURSE) == 0
        && event.version == 3, "the writer is told who read");
    is_number (harness_call (harness, "section_read_mark", &message, NULL, &err), 0, "marking again is fine");
    message.version = 2;
    is_number (harness_call (harness, "section_read_mark", &message, NULL, &err), 0, "…an older version too");
    is_number (harness_events (harness, &sheet_read_message), 1, "…and announces nothing");
    is_number (harness_number (harness, "select version from section_read where person_id = '" MANAGER "'"), 3,
               "the newest reading stands");
    message.version = 4;
    is_number (harness_call (harness, "section_read_mark", &message, NULL, &err), -1, "what was not written cannot be read");
    is_number (err.key, ERROR_FIELD_OUT_OF_RANGE, "…out of range");
    harness_as (harness, &nurse);
    message.version = 3;
    is_number (harness_call (harness, "section_read_mark", &message, NULL, &err), 0, "the writer may mark it too");
    is_number (harness_events (harness, &sheet_read_message), 1, "…without telling anybody");
    message.version = 0;
    is_number (harness_call (harness, "section_read_mark", &message, NULL, &err), -1, "version 0 is nothing to read");
}

static void reading (struct harness *harness)
{
    struct sheet message = { .patient_id = PATIENT (1) };
    const struct section_view *condition;
    struct sheet_answer answer;
    struct error err = { 0 };

    harness_as (harness, &manager);
    is_number (harness_call (harness, "sheet", &message, &answer, &err), 0, "the sheet is read");
    is_number (answer.sections.count, 11, "…with the eleven sections of table 3");
    condition = &answer.sections.items[2];
    ok (condition->section == SHEET_SECTION_CONDITION && condition->version == 3 && condition->entries.count == 1
        && strcmp (condition->entries.items[0].text, "微熱") == 0, "…in their current versions, word for word");
    ok (strcmp (condition->written_by_name, "宇野 香") == 0 && condition->written_by_role == ROLE_VISITING_NURSE
        && strcmp (condition->written_by_office, "みなと訪問看護") == 0 && condition->has_written_at, "…by whom, as what, of which office, when");
    ok (condition->has_seen_version && condition->seen_version == 3, "…and what the reader has seen");
    ok (answer.sections.items[1].version == 0 && answer.sections.items[1].entries.count == 0, "…an unwritten section is there, empty");
    ok (answer.readers.count == 2 && strcmp (answer.readers.items[0].name, "相田 恵") == 0 && answer.readers.items[0].version == 3,
        "…and who has read the current versions");
}

static void history (struct harness *harness)
{
    struct section_history message = { .patient_id = PATIENT (1), .section = SHEET_SECTION_CONDITION, .has_limit = true, .limit = 2 };
    struct section_changes changes = { .patient_id = PATIENT (1), .section = SHEET_SECTION_CONDITION, .from_version = 1 };
    struct section_history_answer page;
    struct section_changes_answer diff;
    struct error err = { 0 };

    harness_as (harness, &doctor);
    is_number (harness_call (harness, "section_history", &message, &page, &err), 0, "the history is read");
    ok (page.versions.count == 2 && page.versions.items[0].version == 3 && page.next && strcmp (page.next, "2") == 0,
        "…newest first, by pages");
    message.after = page.next;
    is_number (harness_call (harness, "section_history", &message, &page, &err), 0, "the next page");
    ok (page.versions.count == 1 && page.versions.items[0].version == 1 && !page.next, "…is the last");
    is_number (harness_call (harness, "section_changes", &changes, &diff, &err), 0, "two versions are compared");
    ok (diff.from_version == 1 && diff.to_version == 3 && diff.changes.count == 1
        && strcmp (diff.changes.items[0].before->text, "夜間に咳が増えた") == 0 && strcmp (diff.changes.items[0].after->text, "微熱") == 0,
        "…the item that differs, before and after");
    changes.from_version = 0;
    changes.has_to_version = true;
    changes.to_version = 1;
    is_number (harness_call (harness, "section_changes", &changes, &diff, &err), 0, "version 0 is the empty one");
    ok (diff.changes.count == 1 && !diff.changes.items[0].before, "…everything is new against it");
    changes.to_version = 9;
    is_number (harness_call (harness, "section_changes", &changes, &diff, &err), -1, "a version that was never written is refused");
    is_number (err.key, ERROR_FIELD_OUT_OF_RANGE, "…as out of range");
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    writing (harness);
    second_editor (harness);
    same_key (harness);
    refusals (harness);
    marks (harness);
    reading (harness);
    history (harness);
    harness_close (&harness);
    return done ();
}
