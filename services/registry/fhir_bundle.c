/* fhir_bundle.c - what was found, and what can be asked: see fhir.h. */
#include "fhir_json.h"

static void put_link (struct fhir_json *json, const struct fhir_bundle *bundle, const char *relation, const char *rest, const char *page)
{
    fhir_open (json, NULL, '{');
    fhir_text (json, "relation", relation);
    fhir_text (json, "url", arena_print (json->out.arena, "%s/%s%s%s%s", bundle->base, fhir_type_name (bundle->type), rest,
                                         *page ? "page=" : "", page));
    fhir_close (json, '}');
}

static void put_entry (struct fhir_json *json, const struct fhir_bundle *bundle, const struct open_facility *facility)
{
    fhir_open (json, NULL, '{');
    fhir_text (json, "fullUrl", arena_print (json->out.arena, "%s/%s/%s", bundle->base, fhir_type_name (bundle->type), facility->facility_id));
    fhir_put_resource (json, "resource", bundle->type, facility);
    fhir_open (json, "search", '{');
    fhir_text (json, "mode", "match");
    fhir_close (json, '}');
    fhir_close (json, '}');
}

struct bytes fhir_search_set (struct arena *arena, const struct fhir_bundle *bundle, const struct open_facilities *facilities)
{
    struct fhir_json json = { .out = { .arena = arena } }, entries = json;
    size_t i;

    for (i = 0; i < facilities->count && entries.out.size < FHIR_BUNDLE_BYTES; i++)
        put_entry (&entries, bundle, &facilities->items[i]);
    fhir_open (&json, NULL, '{');
    fhir_text (&json, "resourceType", "Bundle");
    fhir_text (&json, "type", "searchset");
    fhir_open (&json, "link", '[');
    put_link (&json, bundle, "self", bundle->self, "");
    if (i && (bundle->more || i < facilities->count))
        put_link (&json, bundle, "next", bundle->next, facilities->items[i - 1].facility_id);
    fhir_close (&json, ']');
    if (i) {
        fhir_open (&json, "entry", '[');
        json_add (&json.out, entries.out.text, entries.out.size);
        fhir_close (&json, ']');
    }
    fhir_close (&json, '}');
    return fhir_bytes (&json);
}

/* ---- what can be asked -------------------------------------------------------------------------------------------------------------- */

enum { ANY = 1 << FHIR_ORGANIZATION | 1 << FHIR_LOCATION | 1 << FHIR_HEALTHCARE_SERVICE | 1 << FHIR_PRACTITIONER_ROLE };

static const struct { const char *name, *type, *words; int of; } parameters[] = {
    { "_id", "token", "The facility.", ANY },
    { "identifier", "token", "The number, alone or as SYSTEM|NUMBER.", ANY },
    { "name", "string", "A part of the name or its kana, wherever it stands; width and case do not matter.",
      ANY & ~(1 << FHIR_PRACTITIONER_ROLE) },
    { "address-city", "string", "A part of the names of prefecture and municipality.", 1 << FHIR_ORGANIZATION | 1 << FHIR_LOCATION },
    { "organization", "reference", "Whose it is.", 1 << FHIR_LOCATION | 1 << FHIR_HEALTHCARE_SERVICE | 1 << FHIR_PRACTITIONER_ROLE },
    { "service-type", "token", "The kind of service, as in HealthcareService.type.text.", 1 << FHIR_HEALTHCARE_SERVICE },
};

static void put_type (struct fhir_json *json, int type)
{
    static const char *const interactions[] = { "read", "search-type" };

    fhir_open (json, NULL, '{');
    fhir_text (json, "type", fhir_type_name ((enum fhir_type) type));
    fhir_open (json, "interaction", '[');
    for (size_t i = 0; i < 2; i++) {
        fhir_open (json, NULL, '{');
        fhir_text (json, "code", interactions[i]);
        fhir_close (json, '}');
    }
    fhir_close (json, ']');
    fhir_open (json, "searchParam", '[');
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        if (!(parameters[i].of >> type & 1))
            continue;
        fhir_open (json, NULL, '{');
        fhir_text (json, "name", parameters[i].name);
        fhir_text (json, "type", parameters[i].type);
        fhir_text (json, "documentation", parameters[i].words);
        fhir_close (json, '}');
    }
    fhir_close (json, ']');
    fhir_close (json, '}');
}

static void put_rest (struct fhir_json *json)
{
    fhir_open (json, "rest", '[');
    fhir_open (json, NULL, '{');
    fhir_text (json, "mode", "server");
    fhir_text (json, "documentation", "What the facilities allow residents to see, without a log-in; reading only.");
    fhir_open (json, "resource", '[');
    for (int type = FHIR_ORGANIZATION; type <= FHIR_PRACTITIONER_ROLE; type++)
        put_type (json, type);
    fhir_close (json, ']');
    fhir_close (json, '}');
    fhir_close (json, ']');
}

struct bytes fhir_capability (struct arena *arena, const char *base, const char *region, const char *day)
{
    struct fhir_json json = { .out = { .arena = arena } };

    fhir_open (&json, NULL, '{');
    fhir_text (&json, "resourceType", "CapabilityStatement");
    fhir_text (&json, "status", "active");
    fhir_text (&json, "date", day);
    fhir_text (&json, "kind", "instance");
    fhir_open (&json, "software", '{');
    fhir_text (&json, "name", "Renkei");
    fhir_close (&json, '}');
    fhir_open (&json, "implementation", '{');
    fhir_text (&json, "description", region);
    fhir_text (&json, "url", base);
    fhir_close (&json, '}');
    fhir_text (&json, "fhirVersion", "4.0.1");
    fhir_open (&json, "format", '[');
    fhir_text (&json, NULL, "json");
    fhir_close (&json, ']');
    put_rest (&json);
    fhir_close (&json, '}');
    return fhir_bytes (&json);
}
