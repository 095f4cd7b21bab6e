/* reply_rules.h - answers without a log-in: keys of a telephone, text messages with a code, a one-time link.  Pure.
 *
 * A text message must carry the code of the question and one key: "482170 1", in full-width digits too, with spaces, hyphens, "#" or "R"
 * before it.  Anything else is not understood and acts on nothing (N-47): the number it comes from never stands for a code.
 * Where an office is asked, one more digit says who answers.
 */
#ifndef NOTIFY_REPLY_RULES_H
#define NOTIFY_REPLY_RULES_H

#include "messages.h"

enum { KEYS_MOST = 10, CODE_DIGITS = 6, NAMES_MOST = 9 };

struct key { char digit; enum alert_answer_kind answer; int minutes; };        /* minutes: until arrival, of a visit */
struct keypad { struct key keys[KEYS_MOST]; size_t count; };

/* 1 by telephone, 2 visit in 30 min, 3 in 1 h, 4 in 2 h, 5 ambulance, 9 cannot */
extern const struct keypad keypad_standard;
const struct key *keypad_key (const struct keypad *keypad, char digit);        /* NULL: no such key */
const char *keypad_words (struct arena *arena, const struct keypad *keypad);   /* "1 電話で指示、2 30分で往診、…" */

struct reply { char code[CODE_DIGITS + 1], digit, name; };                     /* name '\0': not told */
bool reply_read (struct arena *arena, const char *text, struct reply *ret);     /* false: not understood */
/* Keys pressed during a call: one digit, and one more for the name; "#" and "*" at the end are passed over. */
bool keys_read (struct arena *arena, const char *text, char *ret_digit, char *ret_name);

#endif
