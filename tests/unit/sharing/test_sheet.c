/* Rules of the sharing sheet (E-01 … E-11): where items belong, when a change is accepted, and that a diff loses nothing. */
#include "../../../services/sharing/sheet.h"
#include "tap.h"

static struct standing member (void)
{
    return (struct standing) { .found = true, .grounds = 1u << GROUND_CARE_TEAM, .seat = true, .roles = ROLE_BIT (ROLE_HELPER) };
}

static struct sheet_section_update change_of (enum sheet_section section, int64_t base, const struct sheet_entry *entries, size_t count)
{
    struct sheet_section_update change = { .section = section, .base_version = base };

    change.entries.items = entries;
    change.entries.count = count;
    return change;
}

/* 0, or the key it is refused with. */
static int decide (int64_t current, struct sheet_section_update change, struct error *err)
{
    struct standing standing = member ();
    int64_t version = 0;

    *err = (struct error) { 0 };
    if (sheet_decide_update (&standing, current, &change, &version, err) < 0)
        return (int) err->key;
    return version == current + 1 ? 0 : -1;
}

static void sections (void)
{
    int count[SHEET_SECTION_COUNT + 1] = { 0 };

    for (int item = 1; item <= SHEET_ITEM_COUNT; item++)
        count[sheet_section_of ((enum sheet_item) item)]++;
    is_number (count[0], 0, "every item of the sheet belongs to a section");
    is_number (count[SHEET_SECTION_CONTACTS], 0, "E-01: nothing is written into the section made from the team");
    is_number (count[SHEET_SECTION_DAILY_LIVING], 8, "E-04: six items of daily living, usual consciousness and communication");
    is_number (count[SHEET_SECTION_SUDDEN_CHANGE], 4, "E-09: changes, response, hospital and wish");
    ok (sheet_section_of ((enum sheet_item) 0) == 0 && sheet_section_of ((enum sheet_item) 32) == 0, "an unknown item belongs nowhere");
    for (int section = 2; section <= SHEET_SECTION_COUNT; section++)
        if (count[section] < 1)
            ok (false, "a section of table 3 has no item");
    is_number (sheet_item_type.count, SHEET_ITEM_COUNT, "the table knows all items of proto");
    is_number (sheet_section_type.count, SHEET_SECTION_COUNT, "the table knows all sections of proto");
}

static void hidden (void)
{
    ok (sheet_is_hidden (SHEET_SECTION_EXPLANATION, ROLE_BIT (ROLE_FAMILY)), "E-08: what was explained is kept from the family");
    ok (!sheet_is_hidden (SHEET_SECTION_EXPLANATION, ROLE_BIT (ROLE_HELPER)), "…not from a helper");
    ok (!sheet_is_hidden (SHEET_SECTION_EXPLANATION, ROLE_BIT (ROLE_FAMILY) | ROLE_BIT (ROLE_DOCTOR)), "…nor from a doctor who is family");
    ok (!sheet_is_hidden (SHEET_SECTION_WISHES, ROLE_BIT (ROLE_FAMILY)), "wishes are kept from nobody");
}

static void updates (void)
{
    struct sheet_entry meal = { .item = SHEET_ITEM_MEAL, .level = ADL_LEVEL_PARTLY };
    struct sheet_entry twice[] = { meal, meal };
    struct sheet_entry wish = { .item = SHEET_ITEM_PERSON_WISH, .text = "家で暮らしたい" };
    struct sheet_entry blank = { .item = SHEET_ITEM_PERSON_WISH, .text = " \u3000\n" };
    struct sheet_entry levelled = { .item = SHEET_ITEM_PERSON_WISH, .text = "家で", .level = ADL_LEVEL_PARTLY };
    struct sheet_section_update change = change_of (SHEET_SECTION_DAILY_LIVING, 4, &meal, 1);
    struct standing outsider = { .roles = ROLE_BIT (ROLE_HELPER) };
    struct error err;
    int64_t version;

    is_number (decide (4, change, &err), 0, "a member's change becomes the next version");
    is_number (decide (5, change, &err), ERROR_MOVED_ON, "an old copy is refused");
    ok (sheet_decide_update (&outsider, 4, &change, &version, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "an outsider is refused");
    is_number (decide (0, change_of (SHEET_SECTION_WISHES, 0, &meal, 1), &err), ERROR_ITEM_NOT_IN_SECTION,
               "an item of another section is refused");
    is (err.fields[0].pointer, "/entries/0/item", "…and the field is named");
    is_number (decide (0, change_of (SHEET_SECTION_DAILY_LIVING, 0, twice, 2), &err), ERROR_ITEM_TWICE, "an item stands once");
    is (err.fields[0].pointer, "/entries/1/item", "…and the second one is named");
    is_number (decide (0, change_of (SHEET_SECTION_WISHES, 0, &blank, 1), &err), ERROR_TEXT_EMPTY, "blanks, full-width too, say nothing");
    is (err.fields[0].pointer, "/entries/0/text", "…and the field is named");
    is_number (decide (0, change_of (SHEET_SECTION_WISHES, 0, &levelled, 1), &err), ERROR_FIELD_UNKNOWN_CHOICE,
               "a level belongs to daily living");
    is_number (decide (0, change_of (SHEET_SECTION_CONTACTS, 0, &wish, 1), &err), ERROR_SECTION_IS_DERIVED,
               "E-01: contacts are made from the team");
    is_number (decide (0, change_of (SHEET_SECTION_WISHES, 0, NULL, 0), &err), ERROR_TEXT_EMPTY, "what is empty cannot be emptied");
    is_number (decide (3, change_of (SHEET_SECTION_WISHES, 3, NULL, 0), &err), 0, "a written section can be emptied");
}

/* ---- property: base with the changes applied says what the new version says ---------------------------------------- */

static uint32_t seed = 20260401;

static uint32_t pick (uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static size_t random_entries (struct sheet_entry *ret)
{
    static const char *const texts[] = { NULL, "", "あ", "同じ", "違う" }, *const days[] = { NULL, "2026-01-01", "2026-02-02" };
    size_t count = 0;

    for (int item = 1; item <= 12; item++)
        if (pick (3) == 0)
            ret[count++] = (struct sheet_entry) { .item = (enum sheet_item) item, .text = texts[pick (5)],
                                                  .level = (enum adl_level) pick (3),
                                                  .recorded_on = days[pick (3)], .heard_by = texts[pick (5)] };
    return count;
}

static size_t apply (const struct item_change *changes, size_t change_count, struct sheet_entry *entries, size_t count)
{
    for (size_t c = 0; c < change_count; c++) {
        size_t at = 0;

        while (at < count && entries[at].item != changes[c].item)
            at++;
        if (!!changes[c].before != (at < count))
            return SIZE_MAX;
        if (!changes[c].after)
            entries[at] = entries[--count];
        else if (at < count)
            entries[at] = *changes[c].after;
        else
            entries[count++] = *changes[c].after;
    }
    return count;
}

static void round_trip (void)
{
    struct item_change changes[SHEET_CHANGE_MAX];
    int lost = 0, noisy = 0;

    for (int round = 0; round < 5000; round++) {
        struct sheet_entry base[12], next[12], result[24];
        size_t base_count = random_entries (base), next_count = random_entries (next);
        size_t count = sheet_diff (base, base_count, next, next_count, changes), left;

        memcpy (result, base, sizeof base);
        left = apply (changes, count, result, base_count);
        lost += left != next_count || sheet_diff (result, left, next, next_count, changes) != 0;
        noisy += sheet_diff (next, next_count, next, next_count, changes) != 0;
    }
    is_number (lost, 0, "5000 random pairs: the old version with the changes applied is the new version");
    is_number (noisy, 0, "a version does not differ from itself");
}

static void order (void)
{
    struct sheet_entry base[] = { { .item = SHEET_ITEM_MEAL, .text = "刻み" }, { .item = SHEET_ITEM_BATHING, .text = "週2回" } };
    struct sheet_entry next[] = { { .item = SHEET_ITEM_DRESSING, .text = "自分で" }, { .item = SHEET_ITEM_BATHING, .text = "週3回" } };
    struct item_change changes[SHEET_CHANGE_MAX];

    is_number (sheet_diff (base, 2, next, 2, changes), 3, "one removed, one changed, one new");
    ok (changes[0].item == SHEET_ITEM_MEAL && changes[0].before && !changes[0].after, "removed: only before");
    ok (changes[1].item == SHEET_ITEM_BATHING && changes[1].before == &base[1] && changes[1].after == &next[1],
        "changed: both, as written");
    ok (changes[2].item == SHEET_ITEM_DRESSING && !changes[2].before && changes[2].after, "new: only after");
}

int main (void)
{
    sections ();
    hidden ();
    updates ();
    round_trip ();
    order ();
    return done ();
}
