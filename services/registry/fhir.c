/* fhir.c - resources: see fhir.h. */
#include "fhir.h"

#include "facility_words.h"
#include "fhir_json.h"

#define INSTITUTION "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no"
#define OWN "https://renkei.invalid/fhir/"

static const char *const type_names[] = { NULL, "Organization", "Location", "HealthcareService", "PractitionerRole" };

enum fhir_type fhir_type_of (const char *name)
{
    for (size_t i = 1; i < sizeof type_names / sizeof *type_names; i++)
        if (strcmp (type_names[i], name) == 0)
            return (enum fhir_type) i;
    return FHIR_NONE;
}

const char *fhir_type_name (enum fhir_type type)
{
    return type_names[type];
}

/* 点数表: medical 1, dental 3, dispensing 4; '\0': none. */
static char table_of (const char *service)
{
    if (facility_kind_of (service) != FACILITY_KIND_HOME_MEDICINE || strstr (service, "助産所"))
        return '\0';
    return strstr (service, "歯科") ? '3' : strstr (service, "薬局") ? '4' : '1';
}

/* Lists that give the number of the insurance; IDs of other lists read like it and are not. */
static bool is_insurance (const char *scheme)
{
    return strcmp (scheme, "kouseikyoku") == 0 || strcmp (scheme, "suisho-medical") == 0;
}

const char *fhir_institution_number (struct arena *arena, const struct open_facility *facility)
{
    size_t size = strspn (facility->number, "0123456789");
    char table = table_of (facility->service);

    if (!table || facility->number[size] || !is_insurance (facility->scheme))
        return NULL;
    if (size == 9)
        return arena_print (arena, "%.2s%c%s", facility->number, table, facility->number + 2);
    return size == 10 && facility->number[2] == table ? facility->number : NULL;
}

bool fhir_is_system (const char *system)
{
    return strcmp (system, INSTITUTION) == 0 || strncmp (system, OWN "number/", strlen (OWN "number/")) == 0;
}

/* ---- parts that several resources have --------------------------------------------------------------------------------------------- */

static void put_identifier (struct fhir_json *json, const struct open_facility *facility)
{
    const char *institution = fhir_institution_number (json->out.arena, facility);
    const char *own = arena_print (json->out.arena, OWN "number/%s", facility->scheme);

    fhir_open (json, "identifier", '[');
    fhir_open (json, NULL, '{');
    fhir_text (json, "system", institution ? INSTITUTION : own);
    fhir_text (json, "value", institution ? institution : facility->number);
    fhir_close (json, '}');
    fhir_close (json, ']');
}

static void put_contact (struct fhir_json *json, const char *system, const char *value)
{
    if (!value)
        return;
    fhir_open (json, NULL, '{');
    fhir_text (json, "system", system);
    fhir_text (json, "value", value);
    fhir_text (json, "use", "work");
    fhir_close (json, '}');
}

static void put_telecom (struct fhir_json *json, const struct open_facility *facility)
{
    const char *phone = facility->phone ? facility->phone : item_text (&facility->items, FACILITY_ITEM_PHONE);
    const char *fax = item_text (&facility->items, FACILITY_ITEM_FAX);

    if (!phone && !fax && !facility->url)
        return;
    fhir_open (json, "telecom", '[');
    put_contact (json, "phone", phone);
    put_contact (json, "fax", fax);
    put_contact (json, "url", facility->url);
    fhir_close (json, ']');
}

static void put_address (struct fhir_json *json, const struct open_facility *facility)
{
    const char *building = facility->building && !(facility->address && strstr (facility->address, facility->building)) ? facility->building : "";

    fhir_text (json, "use", "work");
    if (facility->address)
        fhir_text (json, "text", arena_print (json->out.arena, "%s%s%s", facility->address, *building ? " " : "", building));
    if (*facility->city)
        fhir_text (json, "city", facility->city);
    if (*facility->prefecture)
        fhir_text (json, "state", facility->prefecture);
    fhir_text (json, "country", "JP");
}

static void put_coding (struct fhir_json *json, const char *system, const char *code, const char *display)
{
    fhir_open (json, "coding", '[');
    fhir_open (json, NULL, '{');
    fhir_text (json, "system", system);
    fhir_text (json, "code", code);
    fhir_text (json, "display", display);
    fhir_close (json, '}');
    fhir_close (json, ']');
}

static void put_concept (struct fhir_json *json, const char *name, const char *text)
{
    fhir_open (json, name, '{');
    fhir_text (json, "text", text);
    fhir_close (json, '}');
}

static void put_kind (struct fhir_json *json, const char *name, const char *service)
{
    enum facility_kind kind = facility_kind_of (service);

    fhir_open (json, name, '[');
    fhir_open (json, NULL, '{');
    put_coding (json, OWN "facility-kind", enum_name (&facility_kind_type, (int) kind), words_of (&facility_kind_type, (int) kind));
    fhir_close (json, '}');
    fhir_close (json, ']');
}

static void put_reference (struct fhir_json *json, const char *name, enum fhir_type type, const struct open_facility *facility)
{
    fhir_open (json, name, '{');
    fhir_text (json, "reference", arena_print (json->out.arena, "%s/%s", fhir_type_name (type), facility->facility_id));
    fhir_text (json, "display", facility->name);
    fhir_close (json, '}');
}

static void put_references (struct fhir_json *json, const char *name, enum fhir_type type, const struct open_facility *facility)
{
    fhir_open (json, name, '[');
    put_reference (json, NULL, type, facility);
    fhir_close (json, ']');
}

/* ---- resources --------------------------------------------------------------------------------------------------------------------- */

static void put_organization (struct fhir_json *json, const struct open_facility *facility)
{
    put_identifier (json, facility);
    fhir_flag (json, "active", true);
    fhir_open (json, "type", '[');
    fhir_open (json, NULL, '{');
    put_coding (json, "http://terminology.hl7.org/CodeSystem/organization-type", "prov", "Healthcare Provider");
    fhir_text (json, "text", facility->service);
    fhir_close (json, '}');
    fhir_close (json, ']');
    fhir_text (json, "name", facility->name);
    if (facility->name_kana) {
        fhir_open (json, "alias", '[');
        fhir_text (json, NULL, facility->name_kana);
        fhir_close (json, ']');
    }
    put_telecom (json, facility);
    fhir_open (json, "address", '[');
    fhir_open (json, NULL, '{');
    put_address (json, facility);
    fhir_close (json, '}');
    fhir_close (json, ']');
}

static void put_location (struct fhir_json *json, const struct open_facility *facility)
{
    put_identifier (json, facility);
    fhir_text (json, "status", "active");
    fhir_text (json, "name", facility->name);
    fhir_text (json, "mode", "instance");
    put_telecom (json, facility);
    fhir_open (json, "address", '{');
    put_address (json, facility);
    fhir_close (json, '}');
    if (facility->latitude && facility->longitude) {
        fhir_open (json, "position", '{');
        fhir_number (json, "longitude", facility->longitude);
        fhir_number (json, "latitude", facility->latitude);
        fhir_close (json, '}');
    }
    put_reference (json, "managingOrganization", FHIR_ORGANIZATION, facility);
}

static bool has_characteristics (const struct open_facility *facility)
{
    for (size_t i = 0; i < facility->items.count; i++)
        if (facility->items.items[i].answer == ITEM_ANSWER_YES && !item_is_words (facility->items.items[i].item))
            return true;
    return false;
}

static void put_characteristics (struct fhir_json *json, const struct open_facility *facility)
{
    if (!has_characteristics (facility))
        return;
    fhir_open (json, "characteristic", '[');
    for (size_t i = 0; i < facility_item_type.count; i++) {
        const struct enum_value *item = &facility_item_type.values[i];

        if (item_is_words (item->number) || !item_is_yes (&facility->items, item->number))
            continue;
        fhir_open (json, NULL, '{');
        put_coding (json, OWN "facility-item", item->name, item->ja);
        fhir_close (json, '}');
    }
    fhir_close (json, ']');
}

/* Answers in words, also those that say no. */
static const char *details_of (struct arena *arena, const struct open_facility *facility)
{
    const char *details = "";

    for (size_t i = 0; i < facility_item_type.count; i++) {
        const struct enum_value *item = &facility_item_type.values[i];
        const char *words = item_is_words (item->number) ? NULL : words_of_item (arena, &facility->items, item->number);

        if (words)
            details = arena_print (arena, "%s%s%s：%s", details, *details ? "\n" : "", item->ja, words);
    }
    return details;
}

/* Every week and within a day, as FHIR can say it; the rest is in the words. */
static bool is_sayable (const struct opening_slot *slot)
{
    return slot->day <= 7 && slot->weeks == OPENING_EVERY_WEEK && slot->to > 0 && slot->to < 24 * 60;
}

static void put_hours (struct fhir_json *json, const struct opening_hours *hours)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
    bool begun = false;

    for (size_t i = 0; i < hours->count; i++) {
        const struct opening_slot *slot = &hours->slots[i];

        if (!is_sayable (slot))
            continue;
        if (!begun)
            fhir_open (json, "availableTime", '[');
        begun = true;
        fhir_open (json, NULL, '{');
        fhir_open (json, "daysOfWeek", '[');
        fhir_text (json, NULL, days[slot->day - 1]);
        fhir_close (json, ']');
        fhir_text (json, "availableStartTime", arena_print (json->out.arena, "%02d:%02d:00", slot->from / 60, slot->from % 60));
        fhir_text (json, "availableEndTime", arena_print (json->out.arena, "%02d:%02d:00", slot->to / 60, slot->to % 60));
        fhir_close (json, '}');
    }
    if (begun)
        fhir_close (json, ']');
}

static void put_service (struct fhir_json *json, const struct open_facility *facility)
{
    const char *departments = item_text (&facility->items, FACILITY_ITEM_DEPARTMENTS);
    const char *hours = item_text (&facility->items, FACILITY_ITEM_HOURS), *details = details_of (json->out.arena, facility);

    put_identifier (json, facility);
    fhir_flag (json, "active", true);
    put_reference (json, "providedBy", FHIR_ORGANIZATION, facility);
    put_kind (json, "category", facility->service);
    fhir_open (json, "type", '[');
    put_concept (json, NULL, facility->service);
    fhir_close (json, ']');
    if (departments) {
        fhir_open (json, "specialty", '[');
        put_concept (json, NULL, departments);
        fhir_close (json, ']');
    }
    put_references (json, "location", FHIR_LOCATION, facility);
    fhir_text (json, "name", facility->name);
    if (!facility->proofed)
        fhir_text (json, "comment", EXPORT_UNPROOFED);
    if (*details)
        fhir_text (json, "extraDetails", details);
    put_telecom (json, facility);
    put_characteristics (json, facility);
    put_hours (json, &facility->hours);
    if (hours)
        fhir_text (json, "availabilityExceptions", hours);
}

/* Whom the organisation sends, by its kind. */
static void put_code (struct fhir_json *json, const struct open_facility *facility)
{
    static const char *const system = "http://terminology.hl7.org/CodeSystem/practitioner-role";
    enum facility_kind kind = facility_kind_of (facility->service);

    fhir_open (json, "code", '[');
    fhir_open (json, NULL, '{');
    if (strstr (facility->service, "薬局"))
        put_coding (json, system, "pharmacist", "Pharmacist");
    else if (kind == FACILITY_KIND_HOME_MEDICINE && !strstr (facility->service, "助産所"))
        put_coding (json, system, "doctor", "Doctor");
    else if (kind == FACILITY_KIND_HOME_NURSING)
        put_coding (json, system, "nurse", "Nurse");
    fhir_text (json, "text", facility->service);
    fhir_close (json, '}');
    fhir_close (json, ']');
}

static void put_role (struct fhir_json *json, const struct open_facility *facility)
{
    put_identifier (json, facility);
    fhir_flag (json, "active", true);
    put_reference (json, "organization", FHIR_ORGANIZATION, facility);
    put_code (json, facility);
    put_references (json, "location", FHIR_LOCATION, facility);
    put_references (json, "healthcareService", FHIR_HEALTHCARE_SERVICE, facility);
    put_telecom (json, facility);
}

void fhir_put_resource (struct fhir_json *json, const char *name, enum fhir_type type, const struct open_facility *facility)
{
    static void (*const put[]) (struct fhir_json *, const struct open_facility *) = {
        NULL, put_organization, put_location, put_service, put_role,
    };

    fhir_open (json, name, '{');
    fhir_text (json, "resourceType", fhir_type_name (type));
    fhir_text (json, "id", facility->facility_id);
    fhir_text (json, "language", "ja");
    put[type] (json, facility);
    fhir_close (json, '}');
}

struct bytes fhir_resource (struct arena *arena, enum fhir_type type, const struct open_facility *facility)
{
    struct fhir_json json = { .out = { .arena = arena } };

    fhir_put_resource (&json, NULL, type, facility);
    return fhir_bytes (&json);
}
