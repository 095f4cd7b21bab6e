#include "blank.h"
#include "sheet.h"

/* Which section an item belongs to, by item number. */
static const enum sheet_section section_of_item[SHEET_ITEM_COUNT + 1] = {
    [SHEET_ITEM_PERSON_WISH] = SHEET_SECTION_WISHES,
    [SHEET_ITEM_FAMILY_WISH] = SHEET_SECTION_WISHES,
    [SHEET_ITEM_CONDITION_NOW] = SHEET_SECTION_CONDITION,
    [SHEET_ITEM_MEDICATION_TAKING] = SHEET_SECTION_CONDITION,
    [SHEET_ITEM_MEAL] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_EXCRETION] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_BATHING] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_TRANSFER] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_DRESSING] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_ORAL_CARE] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_HOUSE_LAYOUT] = SHEET_SECTION_HOUSING,
    [SHEET_ITEM_HOUSE_HAZARD] = SHEET_SECTION_HOUSING,
    [SHEET_ITEM_ENTRY_METHOD] = SHEET_SECTION_HOUSING,
    [SHEET_ITEM_CAREGIVER] = SHEET_SECTION_FAMILY_CARE,
    [SHEET_ITEM_CARE_POSSIBLE] = SHEET_SECTION_FAMILY_CARE,
    [SHEET_ITEM_CARE_LIMIT] = SHEET_SECTION_FAMILY_CARE,
    [SHEET_ITEM_DISEASE] = SHEET_SECTION_ILLNESS_AND_DRUGS,
    [SHEET_ITEM_DRUG] = SHEET_SECTION_ILLNESS_AND_DRUGS,
    [SHEET_ITEM_ALLERGY] = SHEET_SECTION_ILLNESS_AND_DRUGS,
    [SHEET_ITEM_EXPLAINED] = SHEET_SECTION_EXPLANATION,
    [SHEET_ITEM_PERSON_RECEPTION] = SHEET_SECTION_EXPLANATION,
    [SHEET_ITEM_FAMILY_RECEPTION] = SHEET_SECTION_EXPLANATION,
    [SHEET_ITEM_EXPECTED_CHANGE] = SHEET_SECTION_SUDDEN_CHANGE,
    [SHEET_ITEM_CHANGE_RESPONSE] = SHEET_SECTION_SUDDEN_CHANGE,
    [SHEET_ITEM_EMERGENCY_HOSPITAL] = SHEET_SECTION_SUDDEN_CHANGE,
    [SHEET_ITEM_TREATMENT_WISH] = SHEET_SECTION_SUDDEN_CHANGE,
    [SHEET_ITEM_MEDICAL_CAUTION] = SHEET_SECTION_MEDICAL_CAUTIONS,
    [SHEET_ITEM_LIVING_CAUTION] = SHEET_SECTION_LIVING_CAUTIONS,
    [SHEET_ITEM_MEDICAL_DEVICE] = SHEET_SECTION_MEDICAL_CAUTIONS,
    [SHEET_ITEM_CONSCIOUSNESS] = SHEET_SECTION_DAILY_LIVING,
    [SHEET_ITEM_COMMUNICATION] = SHEET_SECTION_DAILY_LIVING,
};

/* Roles a section is kept from; a person with any other role that sees patients sees it. */
static const struct { enum sheet_section section; uint64_t roles; } hidden[] = {
    { SHEET_SECTION_EXPLANATION, ROLE_BIT (ROLE_FAMILY) | ROLE_BIT (ROLE_RESIDENT) },
};

enum sheet_section sheet_section_of (enum sheet_item item)
{
    return (int) item >= 1 && (int) item <= SHEET_ITEM_COUNT ? section_of_item[item] : (enum sheet_section) 0;
}

bool sheet_is_derived (enum sheet_section section)
{
    return section == SHEET_SECTION_CONTACTS;
}

bool sheet_is_hidden (enum sheet_section section, uint64_t roles)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (hidden[i].section == section)
            return (roles & ~hidden[i].roles) == 0;
    return false;
}

static int check_entry (enum sheet_section section, const struct sheet_entry *entries, size_t at, struct error *err)
{
    const struct sheet_entry *entry = &entries[at];
    char pointer[40];

    snprintf (pointer, sizeof pointer, "/entries/%zu/item", at);
    if (sheet_section_of (entry->item) != section)
        return fail (err, ERROR_ITEM_NOT_IN_SECTION, pointer, "item %d is not of section %d", (int) entry->item, (int) section);
    for (size_t i = 0; i < at; i++)
        if (entries[i].item == entry->item)
            return fail (err, ERROR_ITEM_TWICE, pointer, "item %d stands twice", (int) entry->item);
    snprintf (pointer, sizeof pointer, "/entries/%zu/level", at);
    if (entry->level && section != SHEET_SECTION_DAILY_LIVING)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, pointer, "a level belongs to daily living only");
    snprintf (pointer, sizeof pointer, "/entries/%zu/text", at);
    if (is_blank (entry->text) && !entry->level)
        return fail (err, ERROR_TEXT_EMPTY, pointer, "the entry says nothing");
    return 0;
}

int sheet_check_entries (enum sheet_section section, const struct sheet_entry *entries, size_t count, struct error *err)
{
    if (sheet_is_derived (section))
        return fail (err, ERROR_SECTION_IS_DERIVED, "/section", "section %d is made from the care team", (int) section);
    for (size_t i = 0; i < count; i++)
        if (check_entry (section, entries, i, err) < 0)
            return -1;
    return 0;
}

int sheet_decide_update (const struct standing *standing, int64_t current_version, const struct sheet_section_update *change,
                         int64_t *ret_version, struct error *err)
{
    if (standing_check_edit (standing, err) < 0
        || sheet_check_entries (change->section, change->entries.items, change->entries.count, err) < 0)
        return -1;
    if (sheet_is_hidden (change->section, standing->roles))
        return fail (err, ERROR_NOT_FOR_ROLE, "/section", "section %d is kept from this role", (int) change->section);
    if (current_version == 0 && change->entries.count == 0)
        return fail (err, ERROR_TEXT_EMPTY, "/entries", "an empty section cannot be emptied");
    if (change->base_version != current_version)
        return fail (err, ERROR_MOVED_ON, NULL, "version %lld is current, version %lld was edited",
                     (long long) current_version, (long long) change->base_version);
    *ret_version = current_version + 1;
    return 0;
}

static const struct sheet_entry *entry_of (const struct sheet_entry *entries, size_t count, enum sheet_item item)
{
    for (size_t i = 0; i < count; i++)
        if (entries[i].item == item)
            return &entries[i];
    return NULL;
}

static bool same_text (const char *a, const char *b)
{
    return a && b ? strcmp (a, b) == 0 : a == b;
}

static bool same_entry (const struct sheet_entry *a, const struct sheet_entry *b)
{
    return a->level == b->level && same_text (a->text, b->text) && same_text (a->recorded_on, b->recorded_on)
           && same_text (a->heard_by, b->heard_by);
}

size_t sheet_diff (const struct sheet_entry *before, size_t before_count, const struct sheet_entry *after, size_t after_count,
                   struct item_change ret[SHEET_CHANGE_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < before_count && count < SHEET_CHANGE_MAX; i++) {
        const struct sheet_entry *now = entry_of (after, after_count, before[i].item);

        if (!now || !same_entry (&before[i], now))
            ret[count++] = (struct item_change) { .item = before[i].item, .before = &before[i], .after = now };
    }
    for (size_t i = 0; i < after_count && count < SHEET_CHANGE_MAX; i++)
        if (!entry_of (before, before_count, after[i].item))
            ret[count++] = (struct item_change) { .item = after[i].item, .after = &after[i] };
    return count;
}
