/* chain_warnings.c - see chain_warnings.h. */
#include "chain_warnings.h"
#include <string.h>
#include "words.h"

enum { WARNINGS_MOST = 20, WARNING_BYTES = 200, DOCTORS_LEAST = 2 };

struct people { const char **items; size_t count; };

static const struct known_person *person_of (const struct resolver_input *input, const char *person_id)
{
    for (size_t i = 0; i < input->person_count; i++)
        if (strcmp (input->people[i].person_id, person_id) == 0)
            return &input->people[i];
    return NULL;
}

static void add (const struct resolver_input *input, struct people *people, const char *person_id)
{
    const struct known_person *person = person_of (input, person_id);

    if (person && (person->left || person->unreachable))
        return;
    for (size_t i = 0; i < people->count; i++)
        if (strcmp (people->items[i], person_id) == 0)
            return;
    people->items[people->count++] = person_id;
}

static bool is_consented (const struct resolver_input *input, const char *rotation_id)
{
    for (size_t i = 0; i < input->consented_count; i++)
        if (strcmp (input->consented_rotations[i], rotation_id) == 0)
            return true;
    return false;
}

static const struct rotation_rule *rotation_of (const struct resolver_input *input, const char *rotation_id)
{
    for (size_t i = 0; i < input->rotation_count; i++)
        if (strcmp (input->rotations[i].rotation_id, rotation_id) == 0)
            return &input->rotations[i];
    return NULL;
}

size_t chain_doctors (struct arena *arena, const struct resolver_input *input)
{
    size_t room = input->row_count + input->deputy_count + 2;
    struct people people = { 0 };

    for (size_t i = 0; i < input->rotation_count; i++)
        room += input->rotations[i].member_count;
    people.items = arena_alloc (arena, room * sizeof *people.items);
    for (size_t i = 0; i < input->row_count; i++) {
        const struct chain_row *row = &input->rows[i];
        const struct rotation_rule *rule = row->rotation_id && is_consented (input, row->rotation_id) ? rotation_of (input, row->rotation_id)
                                                                                                       : NULL;

        if (row->target == TARGET_KIND_PERSON && row->person_id)
            add (input, &people, row->person_id);
        for (size_t j = 0; rule && j < rule->member_count && people.count < room; j++)
            add (input, &people, rule->members[j]);
    }
    if (input->terminal && !input->terminal_rows) {
        people.count = 0;
        if (input->attending.person_id)
            add (input, &people, input->attending.person_id);
        for (size_t i = 0; i < input->deputy_count; i++)
            add (input, &people, input->deputies[i].person_id);
    }
    return people.count;
}

struct warnings { struct arena *arena; const char **items; size_t count; };

static void warn (struct warnings *warnings, const char *text)
{
    const char *clipped = words_clip (warnings->arena, text, WARNING_BYTES);

    for (size_t i = 0; i < warnings->count; i++)
        if (strcmp (warnings->items[i], clipped) == 0)
            return;
    if (warnings->count < WARNINGS_MOST)
        warnings->items[warnings->count++] = clipped;
}

static void warn_person (struct warnings *warnings, const struct resolver_input *input, const char *person_id)
{
    const struct known_person *person = person_id ? person_of (input, person_id) : NULL;
    const char *name = person && person->name ? person->name : "氏名未取得";

    if (person && person->left)
        warn (warnings, arena_print (warnings->arena, "%sさんは退職・異動のため連絡されません", name));
    else if (person && person->unreachable)
        warn (warnings, arena_print (warnings->arena, "%sさんは電話・SMSの連絡先がないため連絡されません", name));
}

const char *chain_office_of (const struct resolver_input *input, const struct chain_row *row)
{
    const struct known_person *person = row->target == TARGET_KIND_PERSON && row->person_id ? person_of (input, row->person_id) : NULL;

    if (row->target == TARGET_KIND_OFFICE)
        return row->office_id;
    return person ? person->office_id : NULL;
}

static const char *office_name (const struct resolver_input *input, const struct chain_row *row, const char *office_id)
{
    const struct known_person *person = row->target == TARGET_KIND_PERSON && row->person_id ? person_of (input, row->person_id) : NULL;

    if (person)
        return person->office;
    for (size_t i = 0; i < input->office_count; i++)
        if (strcmp (input->offices[i].office_id, office_id) == 0)
            return input->offices[i].name;
    return NULL;
}

/* The row asks an office for more than it has joined for. */
static void warn_scheme (struct warnings *warnings, const struct resolver_input *input, const struct scheme_known *scheme,
                         const struct chain_row *row, int64_t today)
{
    const char *office_id = chain_office_of (input, row), *name = office_id ? office_name (input, row, office_id) : NULL, *text;

    if (!name)
        return;
    if ((text = scheme_warning (warnings->arena, scheme, office_id, name, row, today)))
        warn (warnings, text);
    if ((text = scheme_ending (warnings->arena, scheme, office_id, name, today)))
        warn (warnings, text);
}

struct text_list chain_warnings (struct arena *arena, const struct resolver_input *input, const struct scheme_known *scheme, int64_t today)
{
    struct warnings warnings = { .arena = arena, .items = arena_alloc (arena, WARNINGS_MOST * sizeof (char *)) };
    size_t doctors = chain_doctors (arena, input);

    if (!input->team_consent)
        warn (&warnings, "共有の同意が登録されるまで、この連絡順は使われません");
    if (doctors < DOCTORS_LEAST)
        warn (&warnings, doctors == 0 ? "連絡できる医師がいません" : "連絡できる医師が1人だけです。2人以上にしてください");
    for (size_t i = 0; i < input->row_count; i++) {
        const struct chain_row *row = &input->rows[i];

        if (row->target == TARGET_KIND_PERSON)
            warn_person (&warnings, input, row->person_id);
        if (row->target == TARGET_KIND_ROTATION && row->rotation_id && !is_consented (input, row->rotation_id))
            warn (&warnings, "往診当番の医師への同意がないため、往診当番医には連絡されません");
        warn_scheme (&warnings, input, scheme, row, today);
    }
    if (!input->last_resort_name)
        warn (&warnings, "この市町村の最終連絡先が設定されていません");
    return (struct text_list) { .items = warnings.items, .count = warnings.count };
}
