/* ems_store.h - what fire and ambulance services find and are told, read on connections of the role renkei_sharing_ems.
 *
 * The role's policies show only people with the consent in force, in the municipalities that ems_store_enter () named; see
 * schema/0010_ems.sql.  ems_store_enter () comes first in every request: several requests may share a transaction.
 */
#ifndef SHARING_EMS_STORE_H
#define SHARING_EMS_STORE_H

#include "ems_keys.h"
#include "ems_match.h"
#include "sharing.h"
#include "wish.h"

extern const struct db_statement ems_statements[];

/* break_id: the opening without consent this request acts under; NULL: none.  ret_names: names of those municipalities (may be NULL). */
int ems_store_enter (struct request *request, struct text_list municipalities, const char *break_id, struct text_list *ret_names,
                     struct error *err);

struct ems_hit_list { struct ems_hit *items; size_t count; };
int ems_store_find (struct request *request, const struct ems_keys *keys, struct ems_hit_list *ret, struct error *err);

/* What one release may be made of. */
struct ems_person_view {
    bool found;
    const char *municipality, *name, *name_kana, *birth_date, *allergies, *infections, *terminal_since, *break_partner;
    enum care_level care_level;
    enum place_kind place;
    const char *place_name, *place_phone;
    bool terminal_phase;
    int64_t head_version;
    struct text_list sections;                  /* current versions */
    struct emergency_contact_list contacts;
    struct ems_team_member_list team;
    struct ems_words_list words;                /* every entry of the sections a crew may read of */
    struct wish_list documents;                 /* unsorted */
    const struct ems_hospital *hospital;        /* NULL: none */
};
int ems_store_head (struct request *request, const char *patient_id, struct ems_person_view *ret, struct error *err);
/* The rest, in one round trip. */
int ems_store_rest (struct request *request, const char *patient_id, struct ems_person_view *ret, struct error *err);

/* An opening without consent; not found: nobody, several, or not allowed there. */
struct ems_opening { bool found; const char *break_id, *patient_id, *municipality; int64_t until; };
int ems_store_open (struct request *request, const struct ems_break_glass *message, const struct ems_keys *keys, struct ems_opening *ret,
                    struct error *err);

/* fields: names with blanks between. */
int ems_store_release (struct request *request, const struct ems_record *message, const char *municipality, const char *release_id,
                       const char *fields, struct error *err);

#endif
