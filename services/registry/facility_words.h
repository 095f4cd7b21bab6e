/* facility_words.h - what is known of a facility in words, as lists for people and programs show it.  Pure; results live in the arena. */
#ifndef REGISTRY_FACILITY_WORDS_H
#define REGISTRY_FACILITY_WORDS_H

#include "facility_item_rules.h"

/* The Japanese word of a choice; "" when unknown. */
const char *words_of (const struct enum_type *type, int number);

/* "あり・対応可（実績あり） 16キロ以内／届出：あり・対応可"; NULL when nothing is known.  What is nothing but words (hours, departments) is those. */
const char *words_of_item (struct arena *arena, const struct known_items *items, int item);
/* What is said of it in words; NULL: nothing. */
const char *item_text (const struct known_items *items, int item);
bool item_is_yes (const struct known_items *items, int item);
bool item_is_number (int item);                                         /* telephone, FAX: stand with the address */
bool item_is_words (int item);                                          /* nothing but words: the numbers, hours, departments, contacts … */

#endif
