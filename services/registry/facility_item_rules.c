/* facility_item_rules.c - see facility_item_rules.h. */
#include "facility_item_rules.h"

#include "bits.h"
#include "clock.h"
#include "staff_rules.h"
#include "text.h"
#include "text_same.h"

#define BIT_OF(audience) (INT64_C (1) << ((audience) - 1))

/* ---- kinds and their items ------------------------------------------------------------------------------------------------------ */

static const int medicine_items[] = { FACILITY_ITEM_HOME_MEDICAL_VISITS, FACILITY_ITEM_HOUSE_CALLS, FACILITY_ITEM_DENTAL_VISITS,
    FACILITY_ITEM_PHARMACIST_VISITS, FACILITY_ITEM_OUT_OF_HOURS, FACILITY_ITEM_TERMINAL_CARE, FACILITY_ITEM_CENTRAL_VENOUS_NUTRITION,
    FACILITY_ITEM_TUBE_FEEDING, FACILITY_ITEM_TRACHEOSTOMY_CARE, FACILITY_ITEM_PAIN_MANAGEMENT, FACILITY_ITEM_RESPIRATOR,
    FACILITY_ITEM_PHONE, FACILITY_ITEM_FAX, FACILITY_ITEM_HOURS, FACILITY_ITEM_DEPARTMENTS };
static const int nursing_items[] = { FACILITY_ITEM_EMERGENCY_VISITS, FACILITY_ITEM_END_OF_LIFE_NURSING, FACILITY_ITEM_SPECIAL_MANAGEMENT,
    FACILITY_ITEM_PHONE, FACILITY_ITEM_FAX, FACILITY_ITEM_HOURS };
static const int care_items[] = { FACILITY_ITEM_PHONE, FACILITY_ITEM_FAX, FACILITY_ITEM_HOURS };

static const int medicine_beyond[] = { FACILITY_ITEM_MEETING_HOURS, FACILITY_ITEM_CONFERENCE_HOURS, FACILITY_ITEM_COORDINATOR,
    FACILITY_ITEM_COORDINATOR_REACH, FACILITY_ITEM_COORDINATOR_WHEN, FACILITY_ITEM_PROXY_DESK, FACILITY_ITEM_FREE_PLACES,
    FACILITY_ITEM_SUPPORT_CLINIC, FACILITY_ITEM_ACTIVE_ROLE, FACILITY_ITEM_COORDINATION_BASE };
static const int nursing_beyond[] = { FACILITY_ITEM_COORDINATOR, FACILITY_ITEM_COORDINATOR_REACH, FACILITY_ITEM_COORDINATOR_WHEN,
    FACILITY_ITEM_COORDINATION_BASE, FACILITY_ITEM_ROUND_THE_CLOCK };
static const int care_beyond[] = { FACILITY_ITEM_COORDINATOR, FACILITY_ITEM_COORDINATOR_REACH, FACILITY_ITEM_COORDINATOR_WHEN,
    FACILITY_ITEM_FREE_PLACES, FACILITY_ITEM_COORDINATION_BASE };

#define LIST_OF(items) ((struct enum_list) { items, sizeof items / sizeof *items })

enum facility_kind facility_kind_of (const char *service)
{
    static const char *const medical[] = { "病院", "診療所", "歯科", "薬局", "助産所" };

    if (strstr (service, "訪問看護"))
        return FACILITY_KIND_HOME_NURSING;
    for (size_t i = 0; i < sizeof medical / sizeof *medical; i++)
        if (strstr (service, medical[i]))
            return FACILITY_KIND_HOME_MEDICINE;
    return FACILITY_KIND_CARE;
}

struct enum_list facility_items_of (enum facility_kind kind)
{
    if (kind == FACILITY_KIND_HOME_MEDICINE)
        return LIST_OF (medicine_items);
    return kind == FACILITY_KIND_HOME_NURSING ? LIST_OF (nursing_items) : LIST_OF (care_items);
}

struct enum_list facility_items_beyond (enum facility_kind kind)
{
    if (kind == FACILITY_KIND_HOME_MEDICINE)
        return LIST_OF (medicine_beyond);
    return kind == FACILITY_KIND_HOME_NURSING ? LIST_OF (nursing_beyond) : LIST_OF (care_beyond);
}

bool facility_has_places (const char *service)
{
    static const char *const kinds[] = { "小規模多機能", "短期入所", "通所", "共同生活", "特定施設", "福祉施設", "保健施設", "医療院", "療養型" };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr (service, kinds[i]))
            return true;
    return false;
}

static bool is_named (struct enum_list items, int item)
{
    for (size_t i = 0; i < items.count; i++)
        if (items.items[i] == item)
            return true;
    return false;
}

bool facility_item_belongs (enum facility_kind kind, int item)
{
    return is_named (facility_items_of (kind), item) || is_named (facility_items_beyond (kind), item);
}

bool facility_item_is_words (int item)
{
    return (item >= FACILITY_ITEM_PHONE && item <= FACILITY_ITEM_DEPARTMENTS) || (item >= FACILITY_ITEM_MEETING_HOURS && item <= FACILITY_ITEM_FREE_PLACES);
}

/* Between those who work together: residents never read it, whatever is allowed. */
static bool is_between_colleagues (int item)
{
    return item >= FACILITY_ITEM_MEETING_HOURS && item <= FACILITY_ITEM_FREE_PLACES;
}

/* ---- who, and is it right ------------------------------------------------------------------------------------------------------- */

int facility_may_keep (const struct actor *actor, const struct facility_kept *kept, struct error *err)
{
    if (kept->own_office
        && (actor_is (actor, ROLE_SERVICE_MANAGER) || actor_is (actor, ROLE_DOCTOR) || actor_is (actor, ROLE_CLINIC_PROXY)))
        return 0;
    return may_change_office (actor, kept->keeper ? kept->keeper : "", err);
}

int facility_day_check (const char *day, const char *pointer, const char *today, struct error *err)
{
    if (day_number_of_text (day) == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, pointer, "not a date");
    return strcmp (day, today) <= 0 ? 0 : fail (err, ERROR_DOCUMENT_DATE, pointer, "in the future");
}

static int wrong (struct error *err, enum error_key key, size_t at, const char *field, const char *why)
{
    char pointer[60];

    snprintf (pointer, sizeof pointer, "/items/%zu/%s", at, field);
    return fail (err, key, pointer, "%s", why);
}

static bool is_blank (const char *text)
{
    return !text || !text[strspn (text, " \t\r\n")];
}

static bool is_phone (const char *text, struct arena *arena)
{
    bool doubtful = false;

    return text_phone (arena, text, &doubtful) && !doubtful;
}

static bool is_count (const char *text)
{
    size_t digits = strspn (text, "0123456789");

    return digits >= 1 && digits <= 3 && !text[digits] && *text != '0';
}

static int check_given (const struct facility_item_given *given, size_t at, enum facility_kind kind, struct arena *arena, struct error *err)
{
    if (!facility_item_belongs (kind, given->item))
        return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, at, "item", "not an item of this kind of facility");
    if (given->has_notified && given->notified && facility_item_is_words (given->item))
        return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, at, "notified", "nothing that is notified");
    if (given->has_performed && given->answer != ITEM_ANSWER_YES)
        return wrong (err, ERROR_FIELD_UNKNOWN_CHOICE, at, "performed", "performed without yes");
    if (given->answer == ITEM_ANSWER_YES && facility_item_is_words (given->item) && is_blank (given->text))
        return wrong (err, ERROR_TEXT_EMPTY, at, "text", "yes, but not what");
    if (given->answer == ITEM_ANSWER_YES && (given->item == FACILITY_ITEM_PHONE || given->item == FACILITY_ITEM_FAX)
        && !is_phone (given->text, arena))
        return wrong (err, ERROR_PHONE_INVALID, at, "text", "no telephone number");
    if (given->answer == ITEM_ANSWER_YES && given->item == FACILITY_ITEM_FREE_PLACES && !is_count (given->text))
        return wrong (err, ERROR_FIELD_WRONG_TYPE, at, "text", "no number of places");
    return 0;
}

static bool same_key (const struct facility_item_given *a, const struct facility_item_given *b)
{
    return a->item == b->item && (a->has_notified && a->notified) == (b->has_notified && b->notified);
}

int facility_items_check (const struct facility_items_put *put, enum facility_kind kind, const char *today, struct arena *arena,
                          struct error *err)
{
    if (put->source_date && facility_day_check (put->source_date, "/source_date", today, err) < 0)
        return -1;
    if (put->items.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/items", "nothing is said");
    for (size_t i = 0; i < put->items.count; i++) {
        if (check_given (&put->items.items[i], i, kind, arena, err) < 0)
            return -1;
        if (put->items.items[i].item == FACILITY_ITEM_FREE_PLACES && put->items.items[i].answer && !put->source_date)
            return fail (err, ERROR_FIELD_MISSING, "/source_date", "free places, but nobody knows of when");
        for (size_t j = 0; j < i; j++)
            if (same_key (&put->items.items[i], &put->items.items[j]))
                return wrong (err, ERROR_ITEM_TWICE, i, "item", "said twice");
    }
    return 0;
}

int facility_consent_check (const struct facility_consent_put *put, enum facility_kind kind, const char *today, struct error *err)
{
    if (put->items.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/items", "for nothing");
    for (size_t i = 0; i < put->items.count; i++) {
        char pointer[40];

        snprintf (pointer, sizeof pointer, "/items/%zu", i);
        if (!facility_item_belongs (kind, put->items.items[i]))
            return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, pointer, "not an item of this kind of facility");
        if (is_between_colleagues (put->items.items[i]) && bits_of_enums (put->audiences) & BIT_OF (AUDIENCE_RESIDENTS))
            return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/audiences", "not for residents");
        if (is_named ((struct enum_list) { put->items.items, i }, put->items.items[i]))
            return fail (err, ERROR_ITEM_TWICE, pointer, "said twice");
    }
    if (is_blank (put->given_by))
        return fail (err, ERROR_TEXT_EMPTY, "/given_by", "nobody said so");
    return facility_day_check (put->given_on, "/given_on", today, err);
}

bool facility_item_is_stale (const struct known_item *item, const char *today)
{
    if (item->item != FACILITY_ITEM_FREE_PLACES)
        return false;
    return !item->source_date || day_number_of_text (today) - day_number_of_text (item->source_date) > FREE_PLACES_DAYS;
}

/* ---- what changes --------------------------------------------------------------------------------------------------------------- */

int64_t facility_shown_to (const struct facility_consents *consents, int item, int source)
{
    int64_t shown = source == ITEM_SOURCE_PUBLISHED ? BIT_OF (AUDIENCE_ADMINISTRATION) | BIT_OF (AUDIENCE_PROFESSIONALS) : 0;

    for (size_t i = 0; i < consents->count; i++)
        if (consents->items[i].item == item)
            shown |= consents->items[i].audiences;
    return shown;
}

static const struct known_item *known_of (const struct known_items *known, int item, bool notified)
{
    for (size_t i = 0; i < known->count; i++)
        if (known->items[i].item == item && known->items[i].notified == notified)
            return &known->items[i];
    return NULL;
}

static bool says_the_same (const struct known_item *a, const struct known_item *b)
{
    return a->answer == b->answer && a->performed == b->performed && text_same (a->text, b->text);
}

static struct known_item item_of (const struct facility_item_given *given, const struct facility_items_put *put,
                                     const struct facility_consents *consents, int64_t now)
{
    return (struct known_item) { .item = given->item, .notified = given->has_notified && given->notified, .answer = given->answer,
        .performed = !given->has_performed ? PERFORMED_UNKNOWN : given->performed ? PERFORMED_YES : PERFORMED_NO,
        .text = is_blank (given->text) ? NULL : given->text, .source = put->source, .source_date = text_or_null (put->source_date),
        .changed_at = now, .shown_to = facility_shown_to (consents, given->item, put->source) };
}

struct turn { struct known_item *ended, *begun; size_t ended_count, begun_count; };

static struct turn turn_of (size_t most, struct arena *arena)
{
    return (struct turn) { .ended = arena_alloc (arena, (most + 1) * sizeof *((struct turn *) 0)->ended),
                           .begun = arena_alloc (arena, (most + 1) * sizeof *((struct turn *) 0)->begun) };
}

static struct facility_turn finished (const struct turn *turn)
{
    return (struct facility_turn) { { turn->ended, turn->ended_count }, { turn->begun, turn->begun_count } };
}

/* fresh NULL: nothing follows. */
static void replace (struct turn *turn, const struct known_item *old, const struct known_item *fresh)
{
    if (old)
        turn->ended[turn->ended_count++] = *old;
    if (fresh)
        turn->begun[turn->begun_count++] = *fresh;
}

static void take_given (struct turn *turn, const struct known_item *old, struct known_item fresh)
{
    if (fresh.answer == 0) {
        replace (turn, old, NULL);
        return;
    }
    if (old && says_the_same (old, &fresh)) {
        if (old->source == fresh.source && text_same (old->source_date, fresh.source_date))
            return;
        fresh.changed_at = old->changed_at;
    }
    fresh.confirmed_at = old ? old->confirmed_at : 0;
    replace (turn, old, &fresh);
}

struct facility_turn facility_items_turn (const struct known_items *known, const struct facility_items_put *put,
                                          const struct facility_consents *consents, int64_t now, struct arena *arena)
{
    struct turn turn = turn_of (put->items.count, arena);

    for (size_t i = 0; i < put->items.count; i++) {
        struct known_item fresh = item_of (&put->items.items[i], put, consents, now);

        take_given (&turn, known_of (known, fresh.item, fresh.notified), fresh);
    }
    return finished (&turn);
}

struct facility_turn facility_items_confirmed (const struct known_items *known, int64_t now, struct arena *arena)
{
    struct turn turn = turn_of (known->count, arena);

    for (size_t i = 0; i < known->count; i++) {
        struct known_item fresh = known->items[i];

        fresh.confirmed_at = now;
        replace (&turn, &known->items[i], &fresh);
    }
    return finished (&turn);
}

struct facility_turn facility_items_shown (const struct known_items *known, const struct facility_consents *consents,
                                           struct arena *arena)
{
    struct turn turn = turn_of (known->count, arena);

    for (size_t i = 0; i < known->count; i++) {
        struct known_item fresh = known->items[i];

        fresh.shown_to = facility_shown_to (consents, fresh.item, fresh.source);
        if (fresh.shown_to != known->items[i].shown_to)
            replace (&turn, &known->items[i], &fresh);
    }
    return finished (&turn);
}

static bool is_recorded (const struct facility_consents *known, const struct facility_consent *fresh)
{
    for (size_t i = 0; i < known->count; i++) {
        const struct facility_consent *old = &known->items[i];

        if (old->item == fresh->item)
            return old->audiences == fresh->audiences && text_same (old->given_by, fresh->given_by)
                && text_same (old->given_on, fresh->given_on);
    }
    return false;
}

struct facility_consents facility_consents_turn (const struct facility_consents *known, const struct facility_consent_put *put,
                                                 struct arena *arena)
{
    struct facility_consent *items = arena_alloc (arena, (put->items.count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < put->items.count; i++) {
        const struct facility_consent fresh = { put->items.items[i], bits_of_enums (put->audiences), put->given_by, put->given_on };

        if (!is_recorded (known, &fresh))
            items[count++] = fresh;
    }
    return (struct facility_consents) { items, count };
}

struct facility_consents facility_consents_together (const struct facility_consents *known, const struct facility_consents *fresh,
                                                     struct arena *arena)
{
    struct facility_consent *items = arena_alloc (arena, (known->count + fresh->count + 1) * sizeof *items);
    size_t count = fresh->count;

    for (size_t i = 0; i < fresh->count; i++)
        items[i] = fresh->items[i];
    for (size_t i = 0; i < known->count; i++) {
        bool replaced = false;

        for (size_t j = 0; j < fresh->count; j++)
            replaced |= fresh->items[j].item == known->items[i].item;
        if (!replaced)
            items[count++] = known->items[i];
    }
    return (struct facility_consents) { items, count };
}

/* ---- what is missing ------------------------------------------------------------------------------------------------------------ */

static bool is_published (const struct facility_kept *kept, int item)
{
    return (item == FACILITY_ITEM_PHONE && kept->has_phone) || (item == FACILITY_ITEM_FAX && kept->has_fax);
}

struct enum_list facility_items_unknown (const struct known_items *known, const struct facility_kept *kept, struct arena *arena)
{
    struct enum_list named = facility_items_of (facility_kind_of (kept->service));
    int *items = arena_alloc (arena, (named.count + 1) * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < named.count; i++)
        if (!is_published (kept, named.items[i]) && !known_of (known, named.items[i], false) && !known_of (known, named.items[i], true))
            items[count++] = named.items[i];
    return (struct enum_list) { items, count };
}
