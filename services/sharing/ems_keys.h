/* ems_keys.h - telephones, names, addresses and card numbers as the fire service writes them, made comparable (notify-and-ems.md §4.6).
 *
 * A key is for equality only; what is stored and shown stays as it was written.  Both sides go through the same functions:
 *   telephone   digits; full width, half-width long-vowel marks as hyphens, brackets, +81 and 0081
 *   kana+birth  kana without spaces, small kana large, ヂヅヲ as ジズオ, and the date: "タナカイチロウ|1940-02-03"
 *   address     without prefecture, county, municipality, 大字 and 字; 丁目・番・番地・号・の between numbers are hyphens, kanji numerals are
 *               digits (in names of towns too, on both sides alike), old and new characters are one (text_fold); what follows the house
 *               number is left out
 *   card        letters and digits of Crockford's base 32, so that O is 0 and I is 1
 * NULL when nothing is left that could be compared.  No I/O.
 */
#ifndef SHARING_EMS_KEYS_H
#define SHARING_EMS_KEYS_H

#include <stdint.h>
#include "arena.h"
#include "codec.h"
#include "messages.h"

/* Raised when the rules change; schema/0010_ems.sql knows it as search_rules. */
enum { EMS_RULES = 1 };

char *ems_phone_key (struct arena *arena, const char *phone);
char *ems_kana_birth_key (struct arena *arena, const char *name_kana, const char *birth_date);
char *ems_name_key (struct arena *arena, const char *name);
/* municipality: its name, with or without the prefecture; NULL when it is not known. */
char *ems_address_key (struct arena *arena, const char *address, const char *municipality);
char *ems_card_key (struct arena *arena, const char *number);

/* The part of the town, without house number or building: "本町三丁目"; "" when the address is not known. */
char *ems_area (struct arena *arena, const char *address);

/* A new card's number: sixteen characters, the last of which checks the others, in groups of four. */
enum { CARD_NUMBER_TEXT = 20 };
void ems_card_number (const unsigned char random[10], char ret[CARD_NUMBER_TEXT]);

/* Keys gathered for one person or one question: kinds[i] (enum match_key) belongs to keys[i]. */
enum { EMS_KEYS_MOST = 80 };
struct ems_keys { int64_t kinds[EMS_KEYS_MOST]; const char *keys[EMS_KEYS_MOST]; size_t count; };
/* Nothing for a NULL key or one that is there already. */
void ems_keys_add (struct ems_keys *keys, enum match_key kind, const char *key);

#endif
