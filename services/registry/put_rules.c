/* put_rules.c - see put_rules.h. */
#include "put_rules.h"

#include "bits.h"
#include "clock.h"
#include "japan.h"
#include "registry.h"
#include "text.h"
#include "text_same.h"

bool municipality_code_is_valid (const char *code)
{
    return strlen (code) == 6 && strspn (code, "0123456789") == 6 && strcmp (code, REGION_CODE) != 0;
}

bool email_is_plausible (const char *address)
{
    const char *at = strchr (address, '@');

    for (const char *c = address; *c; c++)
        if (*c <= ' ' || *c > '~' || strchr ("<>,;:\\\"()[]", *c))
            return false;
    return at && at > address && at[1] && !strchr (at + 1, '@');
}

/* A name: not empty, on one line. */
static int check_filled (const char *text, const char *pointer, struct arena *arena, struct error *err)
{
    for (const char *c = text; *c; c++)
        if ((unsigned char) *c < ' ' || *c == 0x7f)
            return fail (err, ERROR_FIELD_WRONG_TYPE, pointer, "a control character in a name");
    return *text_trim (arena, text) ? 0 : fail (err, ERROR_TEXT_EMPTY, pointer, "empty");
}

static int check_phone (const char *text, const char *pointer, struct arena *arena, struct error *err)
{
    bool doubtful;

    if (!text_given (text) || text_phone (arena, text, &doubtful))
        return 0;
    return fail (err, ERROR_PHONE_INVALID, pointer, "no telephone number");
}

static int check_email (const char *text, struct error *err)
{
    if (!text_given (text) || email_is_plausible (text))
        return 0;
    return fail (err, ERROR_FIELD_WRONG_TYPE, "/email", "no e-mail address");
}

static int complete_code (const char **code, struct arena *arena, struct error *err)
{
    char whole[7];
    bool wrong;

    if (japan_code_complete (*code, whole, &wrong) < 0)
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/code", "not an official code");
    if (wrong)
        return fail (err, ERROR_CODE_DIGIT_WRONG, "/code", "the check digit of %.5s is %c", whole, whole[5]);
    if (strcmp (japan_city_of (whole), whole) != 0)
        return fail (err, ERROR_CODE_OF_WARD, "/code", "a ward of %s", japan_city_of (whole));
    *code = arena_text (arena, whole);
    return 0;
}

int municipality_check (struct municipality_put *put, struct arena *arena, struct error *err)
{
    if (complete_code (&put->code, arena, err) < 0)
        return -1;
    if (check_filled (put->prefecture, "/prefecture", arena, err) < 0 || check_filled (put->name, "/name", arena, err) < 0)
        return -1;
    return check_phone (put->desk_phone, "/desk_phone", arena, err);
}

int office_check (const struct office_put *put, struct arena *arena, struct error *err)
{
    if (check_filled (put->name, "/name", arena, err) < 0 || check_phone (put->phone, "/phone", arena, err) < 0
        || check_phone (put->duty_phone, "/duty_phone", arena, err) < 0)
        return -1;
    return check_email (put->email, err);
}

int person_check (const struct person_put *put, struct arena *arena, struct error *err)
{
    if (check_filled (put->name, "/name", arena, err) < 0 || check_filled (put->name_kana, "/name_kana", arena, err) < 0
        || check_phone (put->phone, "/phone", arena, err) < 0)
        return -1;
    return check_email (put->email, err);
}

static int check_terms (struct agreement_put *put, struct arena *arena, struct error *err)
{
    static const int records[] = { AGREEMENT_KIND_PATIENT_RECORDS };
    size_t kinds = put->kinds.count, professions = put->professions.count;

    put->kinds = kinds ? enums_of_bits (arena, bits_of_enums (put->kinds)) : (struct enum_list) { records, 1 };
    put->professions = enums_of_bits (arena, bits_of_enums (put->professions));
    if (put->kinds.count == 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/kinds", "no kind known here");
    if (professions && put->professions.count == 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/professions", "no profession known here");
    return 0;
}

static int check_period (const char *first, const char *last, struct error *err)
{
    int64_t from = day_number_of_text (first), to = last ? day_number_of_text (last) : from;

    if (from == INT64_MIN || to == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, from == INT64_MIN ? "/from" : "/to", "not a date");
    return to < from ? fail (err, ERROR_PERIOD_REVERSED, "/to", "ends before it starts") : 0;
}

int mandate_check (const struct mandate_put *put, struct arena *arena, struct error *err)
{
    return check_period (put->from, put->to, err) < 0 ? -1 : check_filled (put->given_by, "/given_by", arena, err);
}

int agreement_check (struct agreement_put *put, struct arena *arena, struct error *err)
{
    if (check_period (put->from, put->to, err) < 0)
        return -1;
    if (strcmp (put->giving, put->receiving) == 0)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/receiving", "an agreement with itself");
    return check_terms (put, arena, err);
}

int support_desk_check (const struct support_desk_put *put, struct arena *arena, struct error *err)
{
    const struct { const char *text, *pointer; } filled[] = {
        { put->name, "/name" }, { put->role, "/role" }, { put->operator, "/operator" }, { put->address, "/address" },
        { put->phone, "/phone" }, { put->hours, "/hours" }, { put->area, "/area" },
    };

    for (size_t i = 0; i < sizeof filled / sizeof *filled; i++)
        if (check_filled (filled[i].text, filled[i].pointer, arena, err) < 0)
            return -1;
    if (check_phone (put->phone, "/phone", arena, err) < 0 || check_phone (put->fax, "/fax", arena, err) < 0)
        return -1;
    return check_email (put->email, err);
}

int population_check (const struct population_put *put, struct arena *arena, struct error *err)
{
    const int64_t most = 20000000;

    if (put->year < 2000 || put->year > 2100)
        return fail_range (err, "/year", 2000, 2100);
    if (put->people_75 < 1 || put->people_75 > most)
        return fail_range (err, "/people_75", 1, most);
    if (put->has_people && (put->people < put->people_75 || put->people > most))
        return fail_range (err, "/people", put->people_75, most);
    return check_filled (put->source, "/source", arena, err);
}

bool municipality_changes (const struct municipality_put *old, const struct municipality_put *put)
{
    return !(text_same (old->prefecture, put->prefecture) && text_same (old->name, put->name)
             && text_same (old->desk_phone, put->desk_phone) && (!text_given (put->reason) || text_same (old->reason, put->reason)));
}

bool office_changes (const struct office_put *old, const struct office_put *put)
{
    return !(text_same (old->name, put->name) && text_same (old->phone, put->phone) && text_same (old->duty_phone, put->duty_phone)
             && text_same (old->email, put->email) && text_same (old->facility_number, put->facility_number));
}

bool person_changes (const struct person_put *old, const struct person_put *put)
{
    return !(text_same (old->name, put->name) && text_same (old->name_kana, put->name_kana) && text_same (old->email, put->email)
             && text_same (old->phone, put->phone));
}

bool agreement_changes (const struct agreement_put *old, const struct agreement_put *put)
{
    return !(text_same (old->from, put->from) && text_same (old->to, put->to) && roles_same (old->kinds, put->kinds)
             && roles_same (old->professions, put->professions));
}

int roles_check (struct enum_list roles, struct arena *arena, struct enum_list *ret, struct error *err)
{
    *ret = enums_of_bits (arena, bits_of_enums (roles));
    return ret->count > 0 ? 0 : fail (err, ERROR_FIELD_MISSING, "/roles", "no role");
}

bool roles_same (struct enum_list a, struct enum_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i] != b.items[i])
            return false;
    return true;
}
