/* response.h - what a complaint starts, and which doctors it asks for.  Pure.
 *
 * The table of a partner is approved by the medical association; what it does not name follows the standard of practice.md: CPA and
 * 医師要請 the full response; a person in 看取り the order agreed for dying; everything else one call each.  Raising by hand is always full.
 */
#ifndef DISPATCH_RESPONSE_H
#define DISPATCH_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include "messages.h"

enum incident_response response_of (const struct partner_rule *rules, size_t count, enum incident_complaint complaint, bool terminal,
                                    bool raised);
enum condition_tag tag_of_complaint (enum incident_complaint complaint, bool terminal);

#endif
