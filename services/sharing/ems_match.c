#include <stdlib.h>
#include <string.h>
#include "ems_keys.h"
#include "ems_match.h"

static const unsigned of_person = MATCH_BIT (MATCH_KEY_KANA_BIRTH) | MATCH_BIT (MATCH_KEY_NAME);
static const unsigned of_household = MATCH_BIT (MATCH_KEY_PHONE) | MATCH_BIT (MATCH_KEY_ADDRESS);
static const char untold[] = "＊＊＊";

static bool contradicts (const struct ems_hit *hit, const char *birth_date)
{
    return birth_date && strcmp (hit->birth_date, birth_date) != 0;
}

bool ems_is_strong (const struct ems_hit *hit, const char *birth_date)
{
    if (contradicts (hit, birth_date))
        return false;
    return (hit->keys & MATCH_BIT (MATCH_KEY_CARD)) || ((hit->keys & of_person) && (hit->keys & of_household));
}

/* Certain ones first, then by the number of keys, then by the best one: smaller is better. */
static int rank_of (const struct ems_hit *hit, const char *birth_date)
{
    int best = hit->keys ? __builtin_ctz (hit->keys) : 9;

    return (ems_is_strong (hit, birth_date) ? 0 : 1000) + (9 - __builtin_popcount (hit->keys)) * 10 + best;
}

struct ranked { struct ems_hit hit; int rank; };

static int compare (const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;

    return a->rank != b->rank ? a->rank - b->rank : strcmp (a->hit.patient_id, b->hit.patient_id);
}

static struct enum_list keys_of (unsigned keys, struct arena *arena)
{
    int *list = arena_alloc (arena, 6 * sizeof *list);
    size_t count = 0;

    for (int key = MATCH_KEY_CARD; key <= MATCH_KEY_NAME; key++)
        if (keys & MATCH_BIT (key))
            list[count++] = key;
    return (struct enum_list) { list, count };
}

static struct ems_candidate candidate_of (const struct ems_hit *hit, const char *birth_date, const char *today, struct arena *arena)
{
    bool strong = ems_is_strong (hit, birth_date), told = strong || (hit->keys & of_person);

    return (struct ems_candidate) {
        .patient_id = hit->patient_id,
        .municipality = hit->municipality,
        .by = keys_of (hit->keys, arena),
        .name = told ? hit->name : untold,
        .name_kana = told ? hit->name_kana : untold,
        .age = age_on (hit->birth_date, today),
        .sex = hit->sex,
        .area = ems_area (arena, hit->address),
        .strong = strong,
    };
}

/* Who has only the name in common, and another birth date, is not meant. */
static bool is_ruled_out (const struct ems_hit *hit, const char *birth_date)
{
    return contradicts (hit, birth_date) && hit->keys == MATCH_BIT (MATCH_KEY_NAME);
}

static size_t rank_all (const struct ems_hit *hits, size_t count, const char *birth_date, struct ranked *ret)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_ruled_out (&hits[i], birth_date))
            ret[kept++] = (struct ranked) { hits[i], rank_of (&hits[i], birth_date) };
    qsort (ret, kept, sizeof *ret, compare);
    return kept;
}

static enum match_result result_of (size_t count, size_t strong)
{
    if (strong == 1)
        return MATCH_RESULT_UNIQUE;
    return count == 0 ? MATCH_RESULT_NONE : count == 1 ? MATCH_RESULT_WEAK : MATCH_RESULT_MULTIPLE;
}

void ems_match (struct ems_hit *hits, size_t count, const char *birth_date, const char *today, struct arena *arena,
                struct ems_find_answer *ret)
{
    struct ranked *ranked = arena_alloc (arena, (count + 1) * sizeof *ranked);
    struct ems_candidate *candidates = arena_alloc (arena, (EMS_CANDIDATES_MOST + 1) * sizeof *candidates);
    size_t kept = rank_all (hits, count, birth_date, ranked), strong = 0;

    while (strong < kept && ems_is_strong (&ranked[strong].hit, birth_date))
        strong++;
    ret->result = result_of (kept, strong);
    if (ret->result == MATCH_RESULT_UNIQUE)
        kept = 1;
    for (size_t i = 0; i < kept && i < EMS_CANDIDATES_MOST; i++)
        candidates[i] = candidate_of (&ranked[i].hit, birth_date, today, arena);
    ret->candidates.items = candidates;
    ret->candidates.count = kept < EMS_CANDIDATES_MOST ? kept : EMS_CANDIDATES_MOST;
}

static int64_t number_of (const char *text)
{
    return strtoll (text, NULL, 10);
}

int64_t age_on (const char *birth_date, const char *today)
{
    int64_t years = number_of (today) - number_of (birth_date);

    if (strlen (birth_date) < 10 || strlen (today) < 10)
        return 0;
    if (strcmp (today + 4, birth_date + 4) < 0)
        years--;
    return years < 0 ? 0 : years;
}
