/* password.h - which passwords are accepted: pure, no I/O.
 *
 * At least `least` characters (13), any characters, no forced mixture and no forced change; refused are those an attacker tries first:
 * common words with decoration, one repeated pattern, runs of the alphabet or the keyboard, and the person's own log-in name.
 * Source: 安全管理ガイドライン 6.0 (13 characters), OWASP ASVS 5.0 §6.2.
 */
#ifndef PASSWORD_H
#define PASSWORD_H

#include <stdbool.h>

enum { PASSWORD_LEAST = 13 };

enum password_verdict { PASSWORD_GOOD, PASSWORD_SHORT, PASSWORD_COMMON, PASSWORD_MONOTONOUS, PASSWORD_IS_LOGIN };

enum password_verdict password_check (const char *password, const char *login);

#endif
