/* answer_chain.c - a person's order of doctors as it stands, with whom one may choose and what is wrong with it.
 *
 * Takes:      chain                          (proto/notify/chain.query)
 * Refuses:    not_for_you  nobody known, or the reader is neither in the person's team nor the last resort
 * Publishes:  nothing; writes the disclosure ledger
 * Repeats:    reads again
 */
#include <string.h>
#include "alert_store.h"
#include "chain_warnings.h"
#include "clock.h"
#include "notify.h"
#include "roster.h"
#include "roster_page_store.h"
#include "roster_rules.h"
#include "scheme_store.h"

enum { NAMES_MOST = 120 };

struct names_of { struct known_name *items; size_t count; };

static void add (struct names_of *names, struct known_name name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp (names->items[i].id, name.id) == 0)
            return;
    if (names->count < NAMES_MOST)
        names->items[names->count++] = name;
}

static bool is_consented (const struct resolver_input *input, const char *rotation_id)
{
    for (size_t i = 0; i < input->consented_count; i++)
        if (strcmp (input->consented_rotations[i], rotation_id) == 0)
            return true;
    return false;
}

static int add_people (struct request *request, const struct resolver_input *input, const char *patient_id, struct names_of *names,
                       struct error *err)
{
    struct text_list team, all;
    struct known_people people;
    const char **ids;

    if (page_team (request->db, request->arena, patient_id, &team, err) < 0)
        return -1;
    ids = arena_alloc (request->arena, (team.count + input->row_count + 1) * sizeof *ids);
    all = (struct text_list) { .items = ids };
    for (size_t i = 0; i < team.count; i++)
        ids[all.count++] = team.items[i];
    for (size_t i = 0; i < input->row_count; i++)
        if (input->rows[i].person_id)
            ids[all.count++] = input->rows[i].person_id;
    if (roster_people (request->db, request->arena, all, &people, err) < 0)
        return -1;
    for (size_t i = 0; i < people.count; i++)
        add (names, (struct known_name) { .target = TARGET_KIND_PERSON, .id = people.items[i].person_id,
            .name = people.items[i].name ? people.items[i].name : "氏名未取得", .office_id = people.items[i].office_id,
            .office = people.items[i].office, .unreachable = people.items[i].unreachable, .consented = true });
    return 0;
}

static int add_offices (struct request *request, const struct resolver_input *input, const char *patient_id, struct names_of *names,
                        struct error *err)
{
    struct text_list stations, all;
    struct known_offices offices;
    const char **ids;

    if (alert_number_offices (request->db, request->arena, patient_id, &stations, err) < 0)
        return -1;
    ids = arena_alloc (request->arena, (stations.count + input->row_count + 1) * sizeof *ids);
    all = (struct text_list) { .items = ids };
    for (size_t i = 0; i < stations.count; i++)
        ids[all.count++] = stations.items[i];
    for (size_t i = 0; i < input->row_count; i++)
        if (input->rows[i].office_id)
            ids[all.count++] = input->rows[i].office_id;
    if (roster_offices (request->db, request->arena, all, &offices, err) < 0)
        return -1;
    for (size_t i = 0; i < offices.count; i++)
        add (names, (struct known_name) { .target = TARGET_KIND_OFFICE, .id = offices.items[i].office_id, .name = offices.items[i].name,
                                          .unreachable = offices.items[i].unreachable, .consented = true });
    return 0;
}

static int add_rotations (struct request *request, const struct resolver_input *input, const char *area, struct names_of *names,
                          struct error *err)
{
    struct rotation_list_of rotations;

    if (roster_rotations (request->db, request->arena, area, &rotations, err) < 0)
        return -1;
    for (size_t i = 0; i < rotations.count + input->rotation_count; i++) {
        const struct rotation_rule *rule = i < rotations.count ? &rotations.items[i] : &input->rotations[i - rotations.count];

        add (names, (struct known_name) { .target = TARGET_KIND_ROTATION, .id = rule->rotation_id, .name = rule->name,
                                          .consented = is_consented (input, rule->rotation_id) });
    }
    return 0;
}

static int fill_names (struct request *request, const struct resolver_input *input, const char *patient_id, const char *area,
                       struct chain_answer *answer, struct error *err)
{
    struct names_of names = { .items = arena_alloc (request->arena, NAMES_MOST * sizeof *names.items) };

    if (add_people (request, input, patient_id, &names, err) < 0 || add_offices (request, input, patient_id, &names, err) < 0
        || add_rotations (request, input, area, &names, err) < 0)
        return -1;
    answer->names = (struct known_name_list) { names.items, names.count };
    return 0;
}

static void fill_head (const struct chain_head *head, const struct resolver_input *input, struct chain_answer *answer)
{
    answer->version = head->version;
    answer->has_set_at = head->version != 0;
    answer->set_at = head->set_at;
    answer->set_by = head->set_by;
    answer->emergency_nursing = head->emergency_nursing;
    answer->terminal = head->terminal;
    answer->terminal_phase = input->terminal;
    answer->team_consent = input->team_consent;
    if (head->version)
        answer->rows = (struct chain_row_list) { input->rows, input->row_count };
}

/* With what the offices of the rows have joined the scheme of attending and deputy doctors for. */
static int fill_warnings (struct request *request, const struct resolver_input *input, struct chain_answer *answer, struct error *err)
{
    const char **offices = arena_alloc (request->arena, (input->row_count + 1) * sizeof *offices);
    struct text_list all = { .items = offices };
    struct scheme_known scheme;

    for (size_t i = 0; i < input->row_count; i++)
        if (chain_office_of (input, &input->rows[i]))
            offices[all.count++] = chain_office_of (input, &input->rows[i]);
    if (scheme_of_offices (request->db, request->arena, all, &scheme, err) < 0)
        return -1;
    answer->warnings = chain_warnings (request->arena, input, &scheme, tokyo_of (request->now).day_number);
    return 0;
}

int notify_handle_chain (struct notify *self, struct request *request, const struct chain *message, struct chain_answer *answer,
                         struct error *err)
{
    struct standing_to standing;
    struct alert_row patient = { 0 };
    struct resolver_input input;
    struct chain_head head;
    int64_t version;

    (void) self;
    if (alert_standing (request->db, request->arena, message->patient_id, &standing, err) < 0
        || (!standing.is_last_resort && chain_decide (request->actor, &standing, err) < 0)
        || alert_patient (request->db, request->arena, message->patient_id, &patient, err) < 0)
        return -1;
    if (!standing.municipality || !patient.patient_name)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not open to the reader");
    if (page_chain_head (request->db, request->arena, message->patient_id, message->has_terminal && message->terminal, &head, err) < 0
        || roster_load (request->db, request->arena, NULL, standing.municipality, message->patient_id, head.version, request->now, &input,
                        &version, err) < 0)
        return -1;
    if (head.version == 0)
        input.row_count = 0;
    fill_head (&head, &input, answer);
    answer->may_edit = chain_decide (request->actor, &standing, &(struct error) { 0 }) == 0
        && (actor_is (request->actor, ROLE_DOCTOR) || actor_is (request->actor, ROLE_CARE_MANAGER)
            || actor_is (request->actor, ROLE_VISITING_NURSE) || actor_is (request->actor, ROLE_OPERATOR));
    if (fill_warnings (request, &input, answer, err) < 0
        || fill_names (request, &input, message->patient_id, standing.municipality, answer, err) < 0
        || page_doctors_told (request->db, request->arena, message->patient_id, &answer->told, err) < 0)
        return -1;
    return disclose (request, (struct text_list) { .items = &message->patient_id, .count = 1 }, "on_call", "care_team", err);
}
