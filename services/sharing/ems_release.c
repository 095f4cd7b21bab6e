#include <stdlib.h>
#include <string.h>
#include "blank.h"
#include "ems_release.h"
#include "wish.h"

static const unsigned while_running = EMS_FIELD_BIT (EMS_FIELD_DEVICE) | EMS_FIELD_BIT (EMS_FIELD_INFECTION)
                                      | EMS_FIELD_BIT (EMS_FIELD_ADL) | EMS_FIELD_BIT (EMS_FIELD_ENTRY);

unsigned ems_fields (struct enum_list wanted, bool running)
{
    unsigned fields = 0;

    for (size_t i = 0; i < wanted.count; i++)
        fields |= EMS_FIELD_BIT (wanted.items[i]);
    for (size_t i = 0; !wanted.items && i < ems_field_type.count; i++)
        fields |= EMS_FIELD_BIT (ems_field_type.values[i].number);
    return running ? fields : fields & ~while_running;
}

const char *ems_field_names (unsigned fields, struct arena *arena)
{
    const char *names = "name";

    for (size_t i = 0; i < ems_field_type.count; i++)
        if (fields & EMS_FIELD_BIT (ems_field_type.values[i].number))
            names = arena_print (arena, "%s %s", names, ems_field_type.values[i].name);
    return names;
}

int ems_check_release (const struct ems_record *message, struct error *err)
{
    bool by_person = message->ground != EMS_GROUND_UNIQUE_MATCH;

    if (is_blank (message->partner_name))
        return fail (err, ERROR_TEXT_EMPTY, "/partner_name", "nobody to tell it to");
    if (by_person && is_blank (message->unit))
        return fail (err, ERROR_REASON_NEEDED, "/unit", "a chosen release names the unit");
    if ((message->ground == EMS_GROUND_BREAK_GLASS) != (message->break_id != NULL))
        return fail (err, ERROR_REASON_NEEDED, "/break_id", "an opening belongs to the ground break_glass");
    return 0;
}

static const struct ems_words *words_of (const struct ems_person_view *person, enum sheet_item item)
{
    for (size_t i = 0; i < person->words.count; i++)
        if (person->words.items[i].item == item)
            return &person->words.items[i];
    return NULL;
}

static struct ems_words_list usual (const struct ems_person_view *person, struct arena *arena)
{
    static const enum sheet_item items[] = { SHEET_ITEM_CONSCIOUSNESS, SHEET_ITEM_COMMUNICATION, SHEET_ITEM_TRANSFER, SHEET_ITEM_MEAL,
                                             SHEET_ITEM_EXCRETION, SHEET_ITEM_BATHING, SHEET_ITEM_DRESSING, SHEET_ITEM_ORAL_CARE };
    enum { ITEMS = sizeof items / sizeof *items };
    struct ems_words *list = arena_alloc (arena, (ITEMS + 1) * sizeof *list);
    size_t count = 0;

    for (size_t i = 0; i < ITEMS; i++)
        if (words_of (person, items[i]))
            list[count++] = *words_of (person, items[i]);
    return (struct ems_words_list) { list, count };
}

/* What stands in the head and what stands in the sheet: both, because either may be the newer one. */
static const char *allergies_of (const struct ems_person_view *person, struct arena *arena)
{
    const struct ems_words *words = words_of (person, SHEET_ITEM_ALLERGY);

    if (!words || is_blank (words->text))
        return person->allergies;
    return is_blank (person->allergies) ? words->text : arena_print (arena, "%s\n%s", person->allergies, words->text);
}

static const struct ems_acp *acp_of (const struct ems_person_view *person, struct arena *arena)
{
    struct ems_acp *acp = arena_alloc (arena, sizeof *acp);

    wish_compare (person->documents.items, person->documents.count, arena);
    wish_summary (person->documents.items, person->documents.count, arena, acp);
    acp->terminal_phase = person->terminal_phase;
    acp->terminal_since = person->terminal_phase ? person->terminal_since : NULL;
    return acp;
}

static void tell_place (const struct ems_person_view *person, struct ems_record_answer *ret)
{
    ret->place = person->place;
    ret->place_name = person->place_name;
    ret->place_phone = person->place_phone;
}

static void tell_more (const struct ems_person_view *person, unsigned fields, struct arena *arena, struct ems_record_answer *ret)
{
    if (fields & EMS_FIELD_BIT (EMS_FIELD_DEVICE))
        ret->device = words_of (person, SHEET_ITEM_MEDICAL_DEVICE);
    if (fields & EMS_FIELD_BIT (EMS_FIELD_INFECTION))
        ret->infection = person->infections;
    if (fields & EMS_FIELD_BIT (EMS_FIELD_ADL))
        ret->adl = usual (person, arena);
    if (fields & EMS_FIELD_BIT (EMS_FIELD_ENTRY))
        ret->entry = words_of (person, SHEET_ITEM_ENTRY_METHOD);
}

/* Required: there, even when empty. */
static void keep_lists (struct arena *arena, struct ems_record_answer *ret)
{
    if (!ret->contacts.items)
        ret->contacts.items = arena_alloc (arena, sizeof *ret->contacts.items);
    if (!ret->team.items)
        ret->team.items = arena_alloc (arena, sizeof *ret->team.items);
    if (!ret->adl.items)
        ret->adl.items = arena_alloc (arena, sizeof *ret->adl.items);
}

void ems_tell (const struct ems_person_view *person, unsigned fields, const char *today, struct arena *arena, struct ems_record_answer *ret)
{
    ret->name = person->name;
    ret->name_kana = person->name_kana;
    ret->has_age = (fields & EMS_FIELD_BIT (EMS_FIELD_AGE)) != 0;
    ret->age = ret->has_age ? age_on (person->birth_date, today) : 0;
    if (fields & EMS_FIELD_BIT (EMS_FIELD_CARE_LEVEL))
        ret->care_level = person->care_level;
    if (fields & EMS_FIELD_BIT (EMS_FIELD_CONTACTS))
        ret->contacts = person->contacts;
    if (fields & EMS_FIELD_BIT (EMS_FIELD_TEAM))
        ret->team = person->team;
    if (fields & EMS_FIELD_BIT (EMS_FIELD_HISTORY))
        ret->history = words_of (person, SHEET_ITEM_DISEASE);
    if (fields & EMS_FIELD_BIT (EMS_FIELD_DRUGS))
        ret->drugs = words_of (person, SHEET_ITEM_DRUG);
    if (fields & EMS_FIELD_BIT (EMS_FIELD_ALLERGIES))
        ret->allergies = allergies_of (person, arena);
    if (fields & EMS_FIELD_BIT (EMS_FIELD_HOSPITAL))
        ret->hospital = person->hospital;
    if (fields & EMS_FIELD_BIT (EMS_FIELD_ACP))
        ret->acp = acp_of (person, arena);
    if (fields & EMS_FIELD_BIT (EMS_FIELD_PLACE))
        tell_place (person, ret);
    tell_more (person, fields, arena, ret);
    keep_lists (arena, ret);
}
