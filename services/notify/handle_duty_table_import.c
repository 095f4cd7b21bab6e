/* handle_duty_table_import.c - set a rotation's month from a table, or only try.
 *
 * Takes:      duty_table_import              (proto/notify/duty_table_import.command)
 * Refuses:    not_for_you    no such rotation
 *             not_for_role   another municipality's rotation
 *             date_invalid   not a month
 *             time_in_past   a month that is over
 *             already_there  the id stands for another table
 * Publishes:  nothing; in force for the next step of every open alert; told to everybody in the table
 * Repeats:    the same table_id changes nothing
 */
#include <string.h>
#include "duty_change_store.h"
#include "duty_table_store.h"
#include "notify.h"
#include "roster_gaps.h"
#include "roster_layers_store.h"
#include "roster_rules.h"
#include "swap_act.h"

enum { GAPS_MOST = 200 };

static int load_rule (struct request *request, const struct duty_table_import *message, const struct month *month,
                      const struct rotation_rule **ret, struct error *err)
{
    struct rotation_list_of rotations;
    struct roster_layers layers;
    const char *area;

    if (change_lock_rotation (request->db, request->arena, message->rotation_id, &area, err) < 0)
        return -1;
    if (!area)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such rotation");
    if (roster_decide (request->actor, area, err) < 0
        || roster_rotations_by_id (request->db, request->arena, (struct text_list) { &message->rotation_id, 1 }, &rotations, err) < 0
        || roster_load_layers (request->db, request->arena, &rotations, month_from (month), month_to (month), &layers, err) < 0)
        return -1;
    *ret = rotations.items;
    return 0;
}

static struct roster_gap_list views_of (struct request *request, const struct rotation_rule *rule, const struct gaps *gaps,
                                        const struct known_people *people)
{
    struct roster_gap *items = arena_alloc (request->arena, (gaps->count + 1) * sizeof *items);
    struct roster_gap_list list = { .items = items };

    for (size_t i = 0; i < gaps->count && i < GAPS_MOST; i++) {
        const struct gap *gap = &gaps->items[i];

        items[list.count] = (struct roster_gap) { .kind = gap->kind, .municipality = rule->area, .rotation_id = rule->rotation_id,
            .rotation = rule->name, .from = gap->from, .to = gap->to, .person_id = gap->person_id,
            .yearend = gap_is_yearend (gap->from, gap->to), .soon = gap_is_soon (gap->from, gap->to, request->now) };
        for (size_t j = 0; gap->person_id && j < people->count; j++)
            if (strcmp (people->items[j].person_id, gap->person_id) == 0)
                items[list.count].name = people->items[j].name;
        list.count++;
    }
    return list;
}

/* What would be missing in that month, from now on. */
static int fill_gaps (struct request *request, const struct rotation_rule *rule, const struct month *month, struct duty_table_import_answer *answer,
                      struct error *err)
{
    const struct rotation_list_of one = { (struct rotation_rule *) rule, 1 };
    int64_t from = month_from (month) > request->now ? month_from (month) : request->now, to = month_to (month);
    struct text_list members = roster_members (request->arena, &one);
    struct absence_list_of absences;
    struct known_people people;
    struct duty_spans spans;
    struct gaps gaps;

    if (roster_absences (request->db, request->arena, members, from, to, &absences, err) < 0
        || roster_people (request->db, request->arena, members, &people, err) < 0)
        return -1;
    spans = rotation_shifts (request->arena, rule, absences.items, absences.count, from, to);
    spans = month_spans (request->arena, &spans, month);
    gaps = rotation_gaps (request->arena, &spans, people.items, people.count,
                          &(struct phone_calendar) { &rule->closures, rule->area }, from, to);
    answer->gaps = views_of (request, rule, &gaps, &people);
    return 0;
}

/* 1: the table stands already. */
static int check_stored (struct request *request, const struct duty_table_import *message, struct error *err)
{
    const char *rotation_id, *month;

    if (table_find (request->db, request->arena, message->table_id, &rotation_id, &month, err) < 0)
        return -1;
    if (!rotation_id)
        return 0;
    if (strcmp (rotation_id, message->rotation_id) != 0 || strcmp (month, message->month) != 0)
        return fail (err, ERROR_ALREADY_THERE, "/table_id", "the id stands for another table");
    return 1;
}

static int store (struct request *request, const struct duty_table_import *message, const struct table_read *read, struct error *err)
{
    const char **people = arena_alloc (request->arena, (read->count + 1) * sizeof *people);

    for (size_t i = 0; i < read->count; i++)
        people[i] = read->lines[i].person_id;
    if (table_put (request->db, message, read, request->actor->person_id, request->now, err) < 0
        || change_raise_rotation (request->db, message->rotation_id, err) < 0 || swap_recheck (request, message->rotation_id, err) < 0
        || duty_tell (request, FEED_KIND_SHIFT_CHANGED, (struct text_list) { people, read->count }, err) < 0)
        return -1;
    return duty_changed (request, err);
}

int notify_handle_duty_table_import (struct notify *self, struct request *request, const struct duty_table_import *message,
                                     struct duty_table_import_answer *answer, struct error *err)
{
    const struct rotation_rule *stored = NULL;
    struct rotation_rule rule;
    struct table_people people;
    struct table_read read;
    struct month month;
    int stands;

    (void) self;
    if (month_of_text (message->month, "/month", &month, err) < 0 || load_rule (request, message, &month, &stored, err) < 0)
        return -1;
    if (month_to (&month) <= request->now)
        return fail (err, ERROR_TIME_IN_PAST, "/month", "that month is over");
    stands = check_stored (request, message, err);
    if (stands < 0 || !stored || table_people (request->db, request->arena, stored, &people, err) < 0)
        return -1;
    read = duty_table_read (request->arena, message->text, &month, stored, &people);
    rule = duty_table_rule (request->arena, stored, &month, &read);
    answer->lines = (struct table_line_list) { read.lines, read.count };
    answer->problems = (struct table_problem_list) { read.problems, read.problem_count };
    if (fill_gaps (request, &rule, &month, answer, err) < 0)
        return -1;
    answer->done = message->run && read.problem_count == 0 && read.count > 0;
    return answer->done && !stands ? store (request, message, &read, err) : 0;
}
