/* projection_store.h - what notify keeps of registry's and sharing's state events; older versions never win. */
#ifndef NOTIFY_PROJECTION_STORE_H
#define NOTIFY_PROJECTION_STORE_H

#include "service.h"

extern const struct db_statement projection_statements[];

int projection_put_municipality (struct db *db, const struct municipality_changed *event, int64_t version, struct error *err);
int projection_put_office (struct db *db, const struct office_changed *event, int64_t version, struct error *err);
int projection_put_membership (struct db *db, const struct membership_changed *event, int64_t version, struct error *err);
int projection_put_agreement (struct db *db, const struct agreement_changed *event, int64_t version, struct error *err);
int projection_put_contact_point (struct db *db, const struct contact_point_changed *event, int64_t version, struct error *err);
int projection_put_patient (struct db *db, const struct patient_changed *event, int64_t version, struct error *err);
int projection_put_consent (struct db *db, struct arena *arena, const struct consent_changed *event, const char *municipality,
                            int64_t version, struct error *err);
/* The whole team replaces the one before. */
/* "SEAT PERSON" of the attending doctor and the deputies. */
int projection_doctors (struct db *db, struct arena *arena, const char *municipality, const char *patient_id, struct text_list *ret,
                        struct error *err);
int projection_put_team (struct db *db, const struct care_team_changed *event, const char *municipality, struct error *err);
/* Officers of these municipalities, and who acts for the region. */
int projection_officers (struct db *db, struct arena *arena, struct text_list municipalities, struct text_list *ret, struct error *err);
/* Access of a person's record in this service, from team and consent. */
int projection_refresh_access (struct db *db, const char *municipality, const char *patient_id, struct error *err);

#endif
