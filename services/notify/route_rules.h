/* route_rules.h - how hospitals and the doctors of their registered people reach each other (U-17): what a route must say, who writes, reads
 * and tries it, and whether it is known to work.  Pure.  Source: guide L650.
 */
#ifndef NOTIFY_ROUTE_RULES_H
#define NOTIFY_ROUTE_RULES_H

#include "service.h"

enum { ROUTE_CALL_DAYS = 31, ROUTES_MOST = 20, ROUTE_CALLS_SHOWN = 6 };    /* days as for the last resort */

/* The office as this service knows it; shared: the acting office and this one have a registered person in common. */
struct route_office { const char *office_id, *name, *municipality; bool shared; };

/* An office's own manager, doctors, proxies and hospital desks; rota office and keepers of its municipality. */
bool route_may_edit (const struct actor *actor, const struct route_office *office);
/* Besides: everybody of the office, and of offices that share a person with it.  What may be read may be tried. */
bool route_may_read (const struct actor *actor, const struct route_office *office);

/* A telephone or FAX number, or a few words; *ret_address is what is kept. */
int route_check (const struct contact_route_put *put, struct arena *arena, const char **ret_address, struct error *err);
/* machine: the system is asked to call.  means: of the route.  voice: the region has an adapter for calls. */
int route_test_check (const struct contact_route_test *test, enum route_means means, bool voice, struct error *err);

/* Never tried, the newest trial that has an outcome failed, or nobody answered within ROUTE_CALL_DAYS. */
bool route_needs_check (const struct route_call_list *calls, bool has_success, int64_t succeeded_at, int64_t now);

#endif
