/* sharing.h - the sharing service: patients, who may see them, and their sharing sheets.
 *
 * Owns patient, consent, care_team_member, section_version, section_read, access (schema/); keeps municipality, office, membership and
 * agreement of registry.  The service holds no state beside the database.
 */
#ifndef SHARING_SHARING_H
#define SHARING_SHARING_H

#include "service.h"
#include "sharing_routes.h"

struct sharing { int unused; };

extern const struct service sharing_service;        /* service_table.c */

/* What a page of a list holds at most and as standard. */
enum { PAGE_MOST = 200, PAGE_STANDARD = 50, HISTORY_MOST = 50, HISTORY_STANDARD = 20, TEAM_MOST = 60, CONSENT_MOST = 60 };

/* limit as asked, brought into 1 … most. */
static inline int64_t page_size (bool has, int64_t limit, int64_t standard, int64_t most)
{
    return !has ? standard : limit < 1 ? 1 : limit > most ? most : limit;
}

#endif
