/* facility_card.h - cards for the map of home medicine (A-33; 熊本市): one line an institution, to be printed.  What nobody has said, or the
 * reader may not see, is a dash; the head doctor's name is not kept (security: names of founders and managers are never public), its column
 * is left to be written by hand.  Printing is pure; memory: the arena's.  Errors: see paper.h. */
#ifndef REGISTRY_FACILITY_CARD_H
#define REGISTRY_FACILITY_CARD_H

#include "facility_item_rules.h"
#include "paper.h"

enum { CARDS_A_FILE = 300 };

struct facility_card {
    const char *group, *ward, *name, *address, *phone, *fax, *desk, *visits, *house_calls, *support_clinic;      /* NULL: not known */
};
struct facility_card_list { struct facility_card *items; size_t count; };

extern const struct db_statement facility_card_statements[];

/* By ward, group and name, as far as the reader may see.  Refuses too_large: more than CARDS_A_FILE. */
int facility_cards_read (struct request *request, const struct facility_cards *wanted, struct facility_card_list *ret, struct error *err);
int facility_cards_print (struct arena *arena, const char *place, const struct facility_card_list *cards, int64_t now, struct bytes *ret,
                          struct error *err);

#endif
