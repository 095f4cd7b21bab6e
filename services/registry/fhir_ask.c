/* fhir_ask.c - see fhir_ask.h. */
#include "fhir_ask.h"

#include <inttypes.h>
#include "ids.h"

int fhir_format_check (const char *format, struct error *err)
{
    static const char *const taken[] = { "json", "application/json", "application/fhir+json", "application/fhir json" };

    for (size_t i = 0; format && i < sizeof taken / sizeof *taken; i++)
        if (strcmp (format, taken[i]) == 0)
            return 0;
    return format ? fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/format", "JSON only") : 0;
}

/* ---- what was asked, once more as an address ----------------------------------------------------------------------------------------- */

static const char *coded (struct arena *arena, const char *text)
{
    char *copy = arena_alloc (arena, 3 * strlen (text) + 1), *to = copy;

    for (const unsigned char *at = (const unsigned char *) text; *at; at++)
        if (strchr ("-._~/|", *at) || (*at >= '0' && *at <= '9') || ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z' && *at < 0x80))
            *to++ = (char) *at;
        else
            to += snprintf (to, 4, "%%%02X", *at);
    return copy;
}

static void say (struct arena *arena, const char **query, const char *name, const char *value)
{
    if (value)
        *query = arena_print (arena, "%s%s%s=%s", *query, **query ? "&" : "?", name, coded (arena, value));
}

static void say_all (struct arena *arena, const struct fhir_search *query, struct fhir_asked *ret)
{
    const char *asked = "";

    say (arena, &asked, "_id", query->id);
    say (arena, &asked, "identifier", query->identifier);
    say (arena, &asked, "name", query->name);
    say (arena, &asked, "address-city", query->address_city);
    say (arena, &asked, "organization", query->organization);
    say (arena, &asked, "service-type", query->service_type);
    if (query->has_count)
        say (arena, &asked, "_count", arena_print (arena, "%" PRId64, query->count));
    ret->next = *asked ? arena_print (arena, "%s&", asked) : "?";
    say (arena, &asked, "page", query->page);
    ret->self = asked;
}

/* ---- what it means -------------------------------------------------------------------------------------------------------------------- */

static int check_parameters (enum fhir_type type, const struct fhir_search *query, struct error *err)
{
    if (query->name && type == FHIR_PRACTITIONER_ROLE)
        return fail (err, ERROR_FIELD_UNKNOWN, "/name", "roles have no names");
    if (query->address_city && type != FHIR_ORGANIZATION && type != FHIR_LOCATION)
        return fail (err, ERROR_FIELD_UNKNOWN, "/address_city", "not of this type");
    if (query->organization && type == FHIR_ORGANIZATION)
        return fail (err, ERROR_FIELD_UNKNOWN, "/organization", "not of this type");
    if (query->service_type && type != FHIR_HEALTHCARE_SERVICE)
        return fail (err, ERROR_FIELD_UNKNOWN, "/service_type", "not of this type");
    if (query->page && !uuid_is_valid (query->page))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/page", "not a key of a page");
    return query->has_count && query->count < 1 ? fail_range (err, "/count", 1, FHIR_COUNT_MOST) : 0;
}

static void want_facility (struct fhir_asked *ret, const char *id)
{
    ret->nothing |= !uuid_is_valid (id) || (ret->facility_id && strcmp (ret->facility_id, id) != 0);
    ret->facility_id = id;
}

/* The registry has the nine digits of the bureaus' lists where they give no digit of the table. */
static void read_identifier (struct arena *arena, const char *text, struct fhir_asked *ret)
{
    const char *bar = strrchr (text, '|'), *number = bar ? bar + 1 : text;
    const char **numbers = arena_alloc (arena, 2 * sizeof *numbers);

    ret->identifier = numbers[0] = number;
    ret->numbers = (struct text_list) { numbers, 1 };
    if (strlen (number) == 10 && strchr ("134", number[2]))
        numbers[ret->numbers.count++] = arena_print (arena, "%.2s%s", number, number + 3);
    ret->nothing |= !*number || (bar && bar > text && !fhir_is_system (arena_copy (arena, text, (size_t) (bar - text))));
}

int fhir_ask_read (struct arena *arena, const struct fhir_search *query, struct fhir_asked *ret, struct error *err)
{
    const char *slash = query->organization ? strrchr (query->organization, '/') : NULL;

    *ret = (struct fhir_asked) { .type = fhir_type_of (query->type), .count = query->has_count ? query->count : FHIR_COUNT_STANDARD };
    if (ret->type == FHIR_NONE)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such type");
    if (fhir_format_check (query->format, err) < 0 || check_parameters (ret->type, query, err) < 0)
        return -1;
    ret->count = ret->count > FHIR_COUNT_MOST ? FHIR_COUNT_MOST : ret->count;
    if (query->id)
        want_facility (ret, query->id);
    if (query->organization)
        want_facility (ret, slash ? slash + 1 : query->organization);
    if (query->identifier)
        read_identifier (arena, query->identifier, ret);
    say_all (arena, query, ret);
    return 0;
}

bool fhir_ask_fits (struct arena *arena, const struct fhir_asked *asked, const struct open_facility *facility)
{
    const char *institution = fhir_institution_number (arena, facility);

    return !asked->identifier || strcmp (asked->identifier, institution ? institution : facility->number) == 0
        || strcmp (asked->identifier, facility->number) == 0;
}
