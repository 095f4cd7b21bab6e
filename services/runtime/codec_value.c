#include <errno.h>
#include <limits.h>
#include "clock.h"
#include "codec_value.h"
#include "text.h"

/* ---- where, and what is wrong ----------------------------------------------------------------------------------------------------- */

void place_text (const struct place *place, char ret[120])
{
    size_t used;

    ret[0] = '\0';
    if (!place)
        return;
    place_text (place->up, ret);
    used = strlen (ret);
    if (place->name)
        snprintf (ret + used, 120 - used, "/%s", place->name);
    else
        snprintf (ret + used, 120 - used, "/%zu", place->index);
}

int refuse (struct error *err, enum error_key key, const struct message_type *type, const struct place *place)
{
    char pointer[120];

    place_text (place, pointer);
    if (err->key == 0)
        return fail (err, key, pointer, "%s%s", type ? type->name : "message", pointer);
    fail_field (err, key, pointer);
    return -1;
}

int refuse_most (struct error *err, enum error_key key, const struct message_type *type, const struct place *place, uint64_t most)
{
    if (err->key != 0)
        return -1;
    refuse (err, key, type, place);
    return fail_param (err, "most", "%llu", (unsigned long long) most);
}

int refuse_range (struct error *err, const struct message_type *type, const struct place *place, long long least, long long most)
{
    if (err->key != 0)
        return -1;
    refuse (err, ERROR_FIELD_OUT_OF_RANGE, type, place);
    fail_param (err, "least", "%lld", least);
    return fail_param (err, "most", "%lld", most);
}

/* ---- single values ---------------------------------------------------------------------------------------------------------------- */

/* `size` digits as a number; -1 when one of them is none. */
static int digits (const char *text, int size)
{
    int n = 0;

    for (int i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        n = n * 10 + text[i] - '0';
    }
    return n;
}

/* Reads YYYY-MM-DD; INT64_MIN when it is no date. */
static int64_t date_of (const char *text, size_t size)
{
    char copy[11];

    if (size != 10 || digits (text, 4) < 1)
        return INT64_MIN;
    memcpy (copy, text, 10);
    copy[10] = '\0';
    return day_number_of_text (copy);
}

static bool is_uuid (const char *text, size_t size)
{
    if (size != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? text[i] != '-' : !((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f')))
            return false;
    }
    return true;
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?, at most 40 characters */
static bool is_decimal (const char *text, size_t size)
{
    size_t i = size > 0 && text[0] == '-', first = i;

    while (i < size && text[i] >= '0' && text[i] <= '9')
        i++;
    if (i == first || (text[first] == '0' && i > first + 1) || size > 40)
        return false;
    if (i == size)
        return true;
    first = i + 1;
    if (text[i] != '.')
        return false;
    for (i = first; i < size && text[i] >= '0' && text[i] <= '9';)
        i++;
    return i == size && i > first;
}

int check_text (const struct message_type *type, const struct message_field *field, const char *text, size_t size,
                const struct place *place, struct error *err)
{
    switch (field->type) {
    case FIELD_UUID:
        return is_uuid (text, size) ? 0 : refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    case FIELD_DATE:
        return date_of (text, size) != INT64_MIN ? 0 : refuse (err, ERROR_DATE_INVALID, type, place);
    case FIELD_DECIMAL:
        return is_decimal (text, size) ? 0 : refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    default:
        if (size > field->max_bytes)
            return refuse_most (err, ERROR_FIELD_TOO_LONG, type, place, field->max_bytes);
        return text_is_utf8 (text, size) ? 0 : refuse (err, ERROR_FIELD_NOT_UTF8, type, place);
    }
}

int check_time (const struct message_type *type, int64_t us, const struct place *place, struct error *err)
{
    return us >= TIME_LEAST && us <= TIME_MOST ? 0 : refuse_range (err, type, place, TIME_LEAST, TIME_MOST);
}

/* ---- RFC 3339 --------------------------------------------------------------------------------------------------------------------- */

/* ±hh:mm or Z, all of `text`; INT_MIN when it is neither. */
static int offset_minutes (const char *text, size_t size)
{
    int hours, minutes;

    if (size == 1 && (*text == 'Z' || *text == 'z'))
        return 0;
    if (size != 6 || (*text != '+' && *text != '-') || text[3] != ':')
        return INT_MIN;
    hours = digits (text + 1, 2);
    minutes = digits (text + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return INT_MIN;
    return (*text == '-' ? -1 : 1) * (hours * 60 + minutes);
}

/* .ffffff behind the seconds, if any, in µs; *at moves behind it.  -1 when it is wrong. */
static int fraction_us (const char *text, size_t size, size_t *at)
{
    int us = 0, count = 0;

    if (*at >= size || text[*at] != '.')
        return 0;
    for ((*at)++; *at < size && text[*at] >= '0' && text[*at] <= '9'; (*at)++)
        if (count++ < 6)
            us = us * 10 + text[*at] - '0';
    for (int i = count; i < 6; i++)
        us *= 10;
    return count >= 1 && count <= 9 ? us : -1;
}

bool time_from_text (const char *text, size_t size, int64_t *ret)
{
    int64_t day;
    int hour, minute, second, fraction, offset;
    size_t at = 19;

    if (size < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return false;
    day = date_of (text, 10);
    hour = digits (text + 11, 2);
    minute = digits (text + 14, 2);
    second = digits (text + 17, 2);
    fraction = fraction_us (text, size, &at);
    offset = fraction < 0 || at >= size ? INT_MIN : offset_minutes (text + at, size - at);
    if (day == INT64_MIN || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || offset == INT_MIN)
        return false;
    *ret = ((day * 24 + hour) * 60 + minute - offset) * 60 * SECOND_US + (int64_t) second * SECOND_US + fraction;
    return *ret >= TIME_LEAST && *ret <= TIME_MOST;
}

void time_to_text (int64_t us, char ret[40])
{
    const int64_t day_us = 86400ll * SECOND_US;
    int64_t day = us >= 0 ? us / day_us : -((-us + day_us - 1) / day_us), rest = us - day * day_us, second = rest / SECOND_US;
    char date[11];
    int used;

    day_number_text (day, date);
    used = snprintf (ret, 40, "%sT%02d:%02d:%02d", date, (int) (second / 3600), (int) (second / 60 % 60), (int) (second % 60));
    if (rest % SECOND_US)
        used += snprintf (ret + used, (size_t) (40 - used), ".%06d", (int) (rest % SECOND_US));
    snprintf (ret + used, (size_t) (40 - used), "Z");
}

/* ---- members of structs ----------------------------------------------------------------------------------------------------------- */

size_t item_size (const struct message_field *field)
{
    switch (field->type) {
    case FIELD_I64:
    case FIELD_TIME:
        return sizeof (int64_t);
    case FIELD_ENUM:
        return sizeof (int);
    case FIELD_RECORD:
        return field->record->size;
    default:
        return sizeof (const char *);
    }
}

void set_present (void *message, const struct message_field *field)
{
    if (field->has_offset != SIZE_MAX)
        *(bool *) ((char *) message + field->has_offset) = true;
}

static bool number_from_text (const char *text, size_t size, int64_t *ret)
{
    char copy[24], *end;

    if (size == 0 || size >= sizeof copy || !(text[0] == '-' || (text[0] >= '0' && text[0] <= '9')))
        return false;
    memcpy (copy, text, size);
    copy[size] = '\0';
    errno = 0;
    *ret = strtoll (copy, &end, 10);
    return errno == 0 && *end == '\0' && end[-1] != '-' && strlen (copy) == size;
}

static int bool_from_text (const char *text, size_t size)
{
    if (size == 4 && memcmp (text, "true", 4) == 0)
        return 1;
    return size == 5 && memcmp (text, "false", 5) == 0 ? 0 : -1;
}

static int choice_from_text (const struct enum_type *choices, const char *text, size_t size)
{
    for (size_t i = 0; i < choices->count; i++)
        if (strlen (choices->values[i].name) == size && memcmp (choices->values[i].name, text, size) == 0)
            return choices->values[i].number;
    return 0;
}

int value_from_text (const struct message_type *type, const struct message_field *field, const char *text, size_t size, struct arena *arena,
                     void *target, const struct place *place, struct error *err)
{
    int small;

    switch (field->type) {
    case FIELD_BOOL:
        if ((small = bool_from_text (text, size)) < 0)
            return refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
        *(bool *) target = small;
        return 0;
    case FIELD_I64:
        return number_from_text (text, size, target) ? 0 : refuse (err, ERROR_FIELD_WRONG_TYPE, type, place);
    case FIELD_TIME:
        return time_from_text (text, size, target) ? 0 : refuse (err, ERROR_DATE_INVALID, type, place);
    case FIELD_ENUM:
        if (!(small = choice_from_text (field->choices, text, size)))
            return refuse (err, ERROR_FIELD_UNKNOWN_CHOICE, type, place);
        *(int *) target = small;
        return 0;
    default:
        if (check_text (type, field, text, size, place, err) < 0)
            return -1;
        *(const char **) target = arena_copy (arena, text, size);
        return 0;
    }
}

int check_list_size (const struct message_type *type, const struct message_field *field, size_t count, const struct place *place,
                     struct error *err)
{
    return count <= field->max_items ? 0 : refuse_most (err, ERROR_LIST_TOO_LONG, type, place, field->max_items);
}

int check_seen (const struct message_type *type, uint64_t seen, bool only_body, const struct place *place, struct error *err)
{
    int rc = 0;

    for (size_t i = 0; i < type->field_count; i++) {
        const struct message_field *field = &type->fields[i];
        struct place here = { place, field->name, 0 };

        if ((field->flags & IS_REQUIRED) && !(seen >> i & 1) && !(only_body && field->source != FROM_BODY))
            rc = refuse (err, ERROR_FIELD_MISSING, type, &here);
    }
    return rc;
}

/* ---- names of one map ------------------------------------------------------------------------------------------------------------- */

bool name_add (struct name_set *set, const unsigned char *text, size_t size)
{
    uint32_t hash = 2166136261u;            /* FNV-1a: only to make comparing quick; equal hashes are compared in full */

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ text[i]) * 16777619u;
    for (unsigned i = 0; i < set->count; i++)
        if (set->names[i].hash == hash && set->names[i].size == size && memcmp (set->names[i].text, text, size) == 0)
            return false;
    if (set->count == NAME_MAX_COUNT)
        return false;
    set->names[set->count].hash = hash;
    set->names[set->count].size = (uint32_t) size;
    set->names[set->count++].text = text;
    return true;
}
