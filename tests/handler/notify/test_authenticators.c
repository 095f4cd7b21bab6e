/* Who enters a rotation has two authenticators (practice 02); who is in one stays, and who stands in is never asked. */
#include "region.h"

#define RULE ID ("91")
#define OTHER ID ("92")

static const char *const both[] = { DEPUTY, DOCTOR }, *const offices[] = { CLINIC_2, CLINIC };

/* As registry tells it. */
static void tell (struct region *region, const char *person, int64_t count)
{
    static int64_t version;
    const struct authenticators_changed event = { .person_id = person, .count = count };

    if (harness_hear (region->harness, "registry", &authenticators_changed_message, &event, person, ++version, NULL, &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

/* "accepted", or "key /pointer"; as the rota office. */
static const char *put (struct region *region, const char *rotation, const char *name, size_t count)
{
    static char said[300];
    const struct rotation_put rule = { .rotation_id = rotation, .name = name, .municipality = TOWN, .kind = ROTATION_KIND_DAILY,
        .advance = ROTATION_ADVANCE_EVERY_HANDOFF, .anchor = "2024-01-01", .handoff_minute = 0, .day_classes = ALL_DAYS, .from_minute = 0,
        .to_minute = 1440, .members = { .items = both, .count = count }, .office_ids = { .items = offices, .count = count } };
    const char *key;

    as_rota_clerk (region);
    key = refused (region, "rotation_put", &rule);
    snprintf (said, sizeof said, "%s%s%s", key, region->err.field_count ? " " : "", region->err.field_count ? region->err.fields[0].pointer : "");
    return said;
}

static int64_t rotations (struct region *region, const char *name)
{
    return harness_number (region->harness, "select count(*) from rotation where name = '%s'", name);
}

static void test_entering (struct region *region)
{
    is (put (region, RULE, "一", 1), "accepted", "practice 02: somebody of whom nothing is known enters: without an account nothing is lost");
    tell (region, DOCTOR, 1);
    is (put (region, OTHER, "二", 2), "second_authenticator /members/1", "practice 02: who has one authenticator enters no new rotation");
    is_number (rotations (region, "二"), 0, "...of which nothing is left");
    is (put (region, RULE, "二", 2), "second_authenticator /members/1", "practice 02: ...nor one that stands");
    is_number (rotations (region, "一"), 1, "...which stays as it was");
    is_number (number (region, "select count(*) from rotation_member where rotation_id = '" RULE "'"), 1, "...with its member");
    tell (region, DOCTOR, 2);
    is (put (region, RULE, "二", 2), "accepted", "practice 02: with the second one the same is taken");
}

static void test_staying (struct region *region)
{
    tell (region, DOCTOR, 1);
    tell (region, DEPUTY, 1);
    is (put (region, RULE, "三", 2), "accepted", "practice 02: who is a member stays when the rotation is saved again, with one lost meanwhile");
    is (put (region, RULE, "三", 2), "accepted", "...the second time too");
    is (put (region, OTHER, "四", 2), "second_authenticator /members/0", "practice 02: ...but enters no other");
    is (put (region, RULE, "三", 1), "accepted", "a member is taken out");
    is (put (region, RULE, "三", 2), "second_authenticator /members/1", "practice 02: ...and comes back with two only");
}

static void test_standing_in (struct region *region)
{
    const struct override_add add = { .override_id = ID ("93"), .rotation_id = ROTATION, .from = harness_now (region->harness) - SECOND_US,
        .to = harness_now (region->harness) + 3600LL * SECOND_US, .remove = DEPUTY, .add = COLLEAGUE, .add_office = STATION, .reason = "急病" };

    tell (region, COLLEAGUE, 1);
    as_rota_clerk (region);
    is (refused (region, "override_add", &add), "accepted", "practice 02: who stands in at night is not asked for a second one");
}

/* Whose one authenticator the answer names, in the rule of the tests. */
static const char *named (struct region *region)
{
    static char text[200];
    struct rotation_list_answer list = { 0 };

    text[0] = 0;
    call (region, "rotation_list", &(struct rotation_list) { 0 }, &list);
    for (size_t i = 0; i < list.rotations.count; i++)
        for (size_t k = 0; strcmp (list.rotations.items[i].rotation_id, RULE) == 0 && k < list.rotations.items[i].one_authenticator.count; k++)
            snprintf (text + strlen (text), sizeof text - strlen (text), "%s ", list.rotations.items[i].one_authenticator.items[k]);
    return text;
}

static void test_list (struct region *region)
{
    tell (region, DOCTOR, 2);
    is (put (region, RULE, "五", 2), "accepted", "(both)");
    as_rota_clerk (region);
    is (named (region), DEPUTY " ", "practice 02: the rota office reads who has one only");
    as_administrator (region);
    is (named (region), DEPUTY " ", "...administrators too");
    as_doctor (region);
    is (named (region), "", "...nobody else: it tells whose account is easiest to lock out");
}

int main (void)
{
    struct region *region = region_open ();

    harness_empty (region->harness, "authenticators");
    test_entering (region);
    test_staying (region);
    test_standing_in (region);
    test_list (region);
    harness_close (&region->harness);
    return done ();
}
