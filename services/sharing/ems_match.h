/* ems_match.h - who is meant by the keys the fire service gave: ranking, and whether it is certain (notify-and-ems.md §4.6).
 *
 * Certain is the card, or two keys that do not depend on each other: one of the person (kana and birth date, name) and one of the household
 * (telephone, address).  Husband and wife share a telephone and an address, so these two together are not two keys.  A candidate whose
 * birth date differs from the one that was given is never certain, and not found by name alone.  No I/O.
 */
#ifndef SHARING_EMS_MATCH_H
#define SHARING_EMS_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "messages.h"

enum { EMS_CANDIDATES_MOST = 20 };

struct ems_hit {
    const char *patient_id, *municipality, *name, *name_kana, *birth_date, *address;
    enum sex sex;
    unsigned keys;                      /* bit (match_key): found by it */
};

#define MATCH_BIT(key) (1u << (key))

bool ems_is_strong (const struct ems_hit *hit, const char *birth_date);

/* Sorts the hits, best first, drops those that the birth date rules out, and fills the answer: with one certain candidate that one alone.
 * A name stands there only where the match is certain or the asker gave that name.  today: YYYY-MM-DD in Japan. */
void ems_match (struct ems_hit *hits, size_t count, const char *birth_date, const char *today, struct arena *arena,
                struct ems_find_answer *ret);

/* Full years on that day. */
int64_t age_on (const char *birth_date, const char *today);

#endif
