/* alert_store.c - writing alerts; see alert_store.h.  Reading is in alert_read_store.c. */
#include "alert_store.h"

enum { TURN, OPEN_ACCESS, ADD, ADD_FACTS, DROP_PLANNED, ADD_TRY, ADD_LINE, SET_STEP, SILENCE, CALL_OFF, ANSWER_TRY, SEE_TRY, HOLD,
       SEARCH_AGAIN, ACT_AT, CLOSE, TOUCH, ASK_ALL_AGAIN, SET_ROUNDS, REARM,
       RELEASE, ASK_TRY, SILENCE_HOSPITAL, SET_TIMES, SET_KIND, SET_HOSPITAL, PUT_OFF, TOLD_MOVED, SHIFT_TIMES };

#define THIS " where municipality = $1 and alert_id = $2::uuid"

const struct db_statement alert_statements[] = {
    [TURN] = { "alert_turn", "select alert_turn ()" },
    [OPEN_ACCESS] = { "alert_open_access",
        "insert into access (municipality, patient_id, office_id, person_id, alert_id, ground, until)"
        " values ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6, guard.to_time ($7::bigint))" },
    [ADD] = { "alert_add",
        "insert into alert (municipality, alert_id, patient_id, patient_name, patient_kana, birth_date, patient_phone, place, place_name,"
        "                   place_phone, terminal_phase, terminal_first_phone, class, urgency, tag, happened, callback, state, observed_at,"
        "                   received_at, reported_by, reporter_name, reporter_office, last_resort_office, last_resort_name,"
        "       last_resort_phone,"
        "                   roster_version)"
        " values ($1, $2::uuid, $3::uuid, $4, $5, $6::date, $7, $8::smallint, $9, $10, $11::boolean, $12, 1, $13::smallint, $14::smallint,"
        "         $15, $16, 1, guard.to_time ($17::bigint), guard.to_time ($18::bigint), $19::uuid, $20, $21::uuid, $22::uuid, $23,"
        "       $24, 0)" },
    [ADD_FACTS] = { "alert_add_facts",
        "update alert set chain_version = $3::bigint, chain_note = $4, class = $5::smallint, reporter = $6::smallint,"
        "       exercise = $7::boolean, response = $8::smallint, moved_version = case when $9::boolean then 0 end,"
        "       reading_at = guard.to_time ($10::bigint), reading_by = $11, synthetic = $12::boolean, entered_at = received_at" THIS },
    [DROP_PLANNED] = { "alert_drop_planned", "delete from alert_try" THIS " and state = 1" },
    [ADD_TRY] = { "alert_add_try",
        "insert into alert_try (municipality, alert_id, position, target, person_id, rotation_id, office_id, name, office, phone, reason,"
        "                       delay_seconds, state, due_at, asked_at)"
        " values ($1, $2::uuid, $3::integer, $4::smallint, $5::uuid, $6::uuid, $7::uuid, $8, $9, $10, $11, $12::integer, $13::smallint,"
        "         guard.to_time ($14::bigint), guard.to_time ($15::bigint))" },
    [ADD_LINE] = { "alert_add_line",
        "insert into alert_line (municipality, alert_id, at, kind, person_id, name, text)"
        " values ($1, $2::uuid, guard.to_time ($3::bigint), $4::smallint, $5::uuid, $6, $7)" },
    [SET_STEP] = { "alert_set_step",
        "update alert set step = $3::integer, next_action_at = guard.to_time ($4::bigint), roster_version = $5::bigint, chain_note = $6,"
        "       failures = 0, put_off_until = null, version = version + 1" THIS },
    [SILENCE] = { "alert_silence",
        "update alert_try set state = 6" THIS " and position <= $3::integer and state in (2, 3) and target not in (4, 5)"
        "   and (asked_at is null or asked_at + delay_seconds * interval '1 second' <= guard.to_time ($4::bigint))" },
    [CALL_OFF] = { "alert_call_off", "update alert_try set state = 8" THIS " and try_id <> $3::bigint and state in (1, 2, 3)"
        "   and (target <> 5 or $3::bigint = 0)" },
    [ANSWER_TRY] = { "alert_answer_try",
        "update alert_try set state = $4::smallint, answered_at = guard.to_time ($5::bigint), answer = $6::smallint,"
        "       arrival_at = guard.to_time ($7::bigint), decline = $8::smallint" THIS " and try_id = $3::bigint" },
    [SEE_TRY] = { "alert_see_try",
        "update alert_try set seen_at = coalesce (seen_at, guard.to_time ($4::bigint)), state = case when state = 2 then 3 else state end"
        THIS " and try_id = $3::bigint" },
    [HOLD] = { "alert_hold",
        "update alert set state = 2, accepted_by = $3::uuid, accepted_name = $4, accepted_answer = $5::smallint,"
        "       arrival_at = guard.to_time ($6::bigint), overdue = false, rounds = 0, failures = 0, put_off_until = null,"
        "       deadline_at = guard.to_time ($7::bigint), handover_at = guard.to_time ($8::bigint),"
        "       next_action_at = least (guard.to_time ($7::bigint), guard.to_time ($8::bigint), hospital_due_at),"
        "       version = version + 1" THIS },
    [SEARCH_AGAIN] = { "alert_search_again",
        "update alert set state = 1, next_action_at = guard.to_time ($3::bigint), accepted_by = null, accepted_name = null,"
        "       accepted_answer = null, arrival_at = null, deadline_at = null, handover_at = null, overdue = $4::boolean,"
        "       version = version + 1" THIS },
    [ACT_AT] = { "alert_act_at", "update alert set next_action_at = guard.to_time ($3::bigint), failures = least (failures, 1),"
        "       version = version + 1" THIS },
    [CLOSE] = { "alert_close",
        "update alert set state = 3, next_action_at = null, deadline_at = null, handover_at = null, hospital_due_at = null,"
        "       ended_by = $3::uuid, outcome = $4, ended_at = guard.to_time ($5::bigint),"
        "       version = version + 1" THIS },
    [TOUCH] = { "alert_touch", "update alert set version = version + 1" THIS },
    [ASK_ALL_AGAIN] = { "alert_ask_all_again",
        "update alert_try set state = 2, asked_at = guard.to_time ($3::bigint)" THIS " and state in (2, 3, 6) and target <> 5" },
    [SET_ROUNDS] = { "alert_set_rounds", "update alert set rounds = $3::integer" THIS },
    [REARM] = { "alert_rearm",
        "update alert set next_action_at = coalesce (next_action_at, guard.to_time ($3::bigint)), put_off_until = null" THIS },
    [RELEASE] = { "alert_release", "update alert_try set state = 8" THIS " and state = 4 and target <> 5" },
    [ASK_TRY] = { "alert_ask_try",
        "update alert_try set state = 2, asked_at = guard.to_time ($4::bigint)" THIS " and try_id = $3::bigint" },
    [SILENCE_HOSPITAL] = { "alert_silence_hospital",
        "update alert_try set state = $3::smallint, answered_at = guard.now ()" THIS " and target = 5 and state in (2, 3)" },
    [SET_TIMES] = { "alert_set_times",
        "update alert set deadline_at = guard.to_time ($3::bigint), handover_at = guard.to_time ($4::bigint),"
        "       hospital_due_at = guard.to_time ($5::bigint), overdue = $6::boolean, arrived_at = guard.to_time ($7::bigint),"
        "       in_hand_at = guard.to_time ($8::bigint), failures = 0, put_off_until = null,"
        "       next_action_at = case when state = 2 then least (guard.to_time ($3::bigint), guard.to_time ($4::bigint),"
        "                                                        guard.to_time ($5::bigint)) else next_action_at end,"
        "       version = version + 1" THIS },
    [SET_KIND] = { "alert_set_kind",
        "update alert set class = $3::smallint, urgency = $4::smallint, tag = $5::smallint, response = $6::smallint,"
        "       entered_at = guard.to_time ($7::bigint), moved_version = case when $8::boolean then coalesce (moved_version, 0) end,"
        "       reading_at = guard.to_time ($9::bigint), reading_by = $10, version = version + 1" THIS },
    [SET_HOSPITAL] = { "alert_set_hospital",
        "update alert set hospital_asked_at = guard.to_time ($3::bigint), hospital_answer = $4::smallint,"
        "       hospital_refusal = $5::smallint" THIS },
    [PUT_OFF] = { "alert_put_off",
        "update alert set failures = failures + 1, put_off_until = guard.to_time ($3::bigint)"
        "       + least (300, 5 * power (2, least (failures, 6))) * interval '1 second'"
        " where alert_id = $1::uuid and version = $2::bigint and state <> 3"
        "   and case when $4::boolean then moved_version <> version"
        "       else next_action_at <= guard.to_time ($3::bigint) or roster_version <> (select r.version from roster r) end" },
    [TOLD_MOVED] = { "alert_told_moved", "update alert set moved_version = version" THIS },
    [SHIFT_TIMES] = { "alert_shift_times",
        "update alert set next_action_at = next_action_at + $1::bigint * interval '1 microsecond',"
        "       put_off_until = put_off_until + $1::bigint * interval '1 microsecond',"
        "       deadline_at = deadline_at + $1::bigint * interval '1 microsecond'"
        " where state <> 3 and next_action_at is not null" },
    { NULL, NULL },
};

static struct db_args args_of (const struct alert_row *alert)
{
    struct db_args args = { 0 };

    db_text (&args, alert->municipality);
    db_text (&args, alert->alert_id);
    return args;
}

static int queue (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue (db, &alert_statements[statement], args, err);
}

/* A row the actor can read but not change would otherwise be passed over in silence. */
static int queue_one (struct db *db, int statement, const struct db_args *args, struct error *err)
{
    return db_queue_expect (db, &alert_statements[statement], args, 1, ERROR_NOT_FOR_YOU, err);
}

/* Run, not queued: a lock is no change, and a refusal after it must not count as one. */
int alert_turn (struct db *db, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    return db_run (db, &alert_statements[TURN], &args, &rows, err);
}

int alert_open_access (struct db *db, const struct alert_row *alert, const char *office_id, const char *person_id, const char *ground,
                       int64_t until, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert->municipality);
    db_text (&args, alert->patient_id);
    db_text (&args, office_id);
    db_text (&args, person_id);
    db_text (&args, alert->alert_id);
    db_text (&args, ground);
    db_optional (&args, until != 0, until);
    return queue (db, OPEN_ACCESS, &args, err);
}

static void person_args (struct db_args *args, const struct alert_row *alert)
{
    db_text (args, alert->patient_id);
    db_text (args, alert->patient_name);
    db_text (args, alert->patient_kana);
    db_text (args, alert->birth_date);
    db_text (args, alert->patient_phone);
    db_optional (args, alert->place != 0, alert->place);
    db_text (args, alert->place_name);
    db_text (args, alert->place_phone);
    db_flag (args, alert->terminal_phase);
    db_text (args, alert->terminal_first_phone);
}

int alert_add (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert), facts = args_of (alert);

    person_args (&args, alert);
    db_number (&args, alert->urgency);
    db_number (&args, alert->tag);
    db_text (&args, alert->happened);
    db_text (&args, alert->callback);
    db_time (&args, alert->observed_at);
    db_time (&args, alert->received_at);
    db_text (&args, alert->reported_by);
    db_text (&args, alert->reporter_name);
    db_text (&args, alert->reporter_office);
    db_text (&args, alert->last_resort_office);
    db_text (&args, alert->last_resort_name);
    db_text (&args, alert->last_resort_phone);
    if (queue (db, ADD, &args, err) < 0)
        return -1;
    db_optional (&facts, alert->chain_version != 0, alert->chain_version);
    db_text (&facts, alert->chain_note);
    db_number (&facts, alert->class);
    db_optional (&facts, alert->reporter != 0, alert->reporter);
    db_flag (&facts, alert->exercise);
    db_optional (&facts, alert->response != 0, alert->response);
    db_flag (&facts, alert->has_incident);
    db_optional (&facts, alert->reading_at != 0, alert->reading_at);
    db_text (&facts, alert->reading_by);
    db_flag (&facts, alert->synthetic);
    return queue_one (db, ADD_FACTS, &facts, err);
}

int alert_drop_planned (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    return queue (db, DROP_PLANNED, &args, err);
}

int alert_add_try (struct db *db, const struct alert_row *alert, const struct answerer *entry, enum try_state state, int64_t due_at,
                   int64_t asked_at, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, entry->position);
    db_number (&args, entry->target);
    db_text (&args, entry->person_id);
    db_text (&args, entry->rotation_id);
    db_text (&args, entry->office_id);
    db_text (&args, entry->name);
    db_text (&args, entry->office);
    db_text (&args, entry->phone);
    db_text (&args, entry->reason);
    db_number (&args, entry->delay_seconds);
    db_number (&args, state);
    db_optional (&args, due_at != 0, due_at);
    db_optional (&args, asked_at != 0, asked_at);
    return queue (db, ADD_TRY, &args, err);
}

int alert_add_line (struct db *db, const struct alert_row *alert, const struct timeline_entry *entry, struct error *err)
{
    struct db_args args = args_of (alert);

    db_time (&args, entry->at);
    db_number (&args, entry->kind);
    db_text (&args, entry->person_id);
    db_text (&args, entry->name);
    db_text (&args, entry->text);
    return queue (db, ADD_LINE, &args, err);
}

int alert_set_step (struct db *db, const struct alert_row *alert, int step, int64_t next_action_at, int64_t roster_version,
                    const char *chain_note, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, step);
    db_optional (&args, next_action_at != 0, next_action_at);
    db_number (&args, roster_version);
    db_text (&args, chain_note);
    return queue_one (db, SET_STEP, &args, err);
}

int alert_silence (struct db *db, const struct alert_row *alert, int position, int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, position);
    db_time (&args, now);
    return queue (db, SILENCE, &args, err);
}

int alert_call_off (struct db *db, const struct alert_row *alert, int64_t but_try, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, but_try);
    return queue (db, CALL_OFF, &args, err);
}

int alert_answer_try (struct db *db, const struct alert_row *alert, int64_t try_id, enum try_state state, const struct alert_answer *answer,
                      int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, try_id);
    db_number (&args, state);
    db_time (&args, now);
    db_number (&args, answer->answer);
    db_optional (&args, answer->has_arrival_at && is_visit (answer), answer->arrival_at);
    db_optional (&args, answer->decline != 0, answer->decline);
    return queue_one (db, ANSWER_TRY, &args, err);
}

int alert_see_try (struct db *db, const struct alert_row *alert, int64_t try_id, int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, try_id);
    db_time (&args, now);
    return queue_one (db, SEE_TRY, &args, err);
}

int alert_hold (struct db *db, const struct alert_row *alert, const char *person_id, const char *name, const struct alert_answer *answer,
                struct error *err)
{
    struct db_args args = args_of (alert);

    db_text (&args, person_id);
    db_text (&args, name);
    db_number (&args, answer->answer);
    db_optional (&args, answer->has_arrival_at && is_visit (answer), answer->arrival_at);
    db_optional (&args, alert->deadline_at != 0, alert->deadline_at);
    db_optional (&args, alert->handover_at != 0, alert->handover_at);
    return queue_one (db, HOLD, &args, err);
}

int alert_search_again (struct db *db, const struct alert_row *alert, int64_t next_action_at, struct error *err)
{
    struct db_args args = args_of (alert);

    db_time (&args, next_action_at);
    db_flag (&args, alert->overdue);
    return queue_one (db, SEARCH_AGAIN, &args, err);
}

int alert_act_at (struct db *db, const struct alert_row *alert, int64_t next_action_at, struct error *err)
{
    struct db_args args = args_of (alert);

    db_time (&args, next_action_at);
    return queue_one (db, ACT_AT, &args, err);
}

int alert_close (struct db *db, const struct alert_row *alert, const char *by, const char *outcome, int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_text (&args, by);
    db_text (&args, outcome);
    db_time (&args, now);
    return queue_one (db, CLOSE, &args, err);
}

int alert_touch (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    return queue_one (db, TOUCH, &args, err);
}

int alert_ask_all_again (struct db *db, const struct alert_row *alert, int rounds, int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_time (&args, now);
    if (queue (db, ASK_ALL_AGAIN, &args, err) < 0)
        return -1;
    return alert_set_rounds (db, alert, rounds, err);
}

int alert_set_rounds (struct db *db, const struct alert_row *alert, int rounds, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, rounds);
    return queue_one (db, SET_ROUNDS, &args, err);
}

int alert_rearm (struct db *db, const struct alert_row *alert, int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_time (&args, now);
    return queue (db, REARM, &args, err);
}

int alert_release (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    return queue (db, RELEASE, &args, err);
}

int alert_ask_try (struct db *db, const struct alert_row *alert, int64_t try_id, int64_t now, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, try_id);
    db_time (&args, now);
    return queue_one (db, ASK_TRY, &args, err);
}

int alert_silence_hospital (struct db *db, const struct alert_row *alert, enum try_state state, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, state);
    return queue (db, SILENCE_HOSPITAL, &args, err);
}

int alert_set_times (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    db_optional (&args, alert->deadline_at != 0, alert->deadline_at);
    db_optional (&args, alert->handover_at != 0, alert->handover_at);
    db_optional (&args, alert->hospital_due_at != 0, alert->hospital_due_at);
    db_flag (&args, alert->overdue);
    db_optional (&args, alert->arrived_at != 0, alert->arrived_at);
    db_optional (&args, alert->in_hand_at != 0, alert->in_hand_at);
    return queue_one (db, SET_TIMES, &args, err);
}

int alert_set_kind (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    db_number (&args, alert->class);
    db_number (&args, alert->urgency);
    db_number (&args, alert->tag);
    db_optional (&args, alert->response != 0, alert->response);
    db_time (&args, alert->entered_at);
    db_flag (&args, alert->has_incident);
    db_optional (&args, alert->reading_at != 0, alert->reading_at);
    db_text (&args, alert->reading_by);
    return queue_one (db, SET_KIND, &args, err);
}

int alert_set_hospital (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    db_optional (&args, alert->hospital_asked_at != 0, alert->hospital_asked_at);
    db_optional (&args, alert->hospital_answer != 0, alert->hospital_answer);
    db_optional (&args, alert->hospital_refusal != 0, alert->hospital_refusal);
    return queue_one (db, SET_HOSPITAL, &args, err);
}

int alert_put_off (struct db *db, const char *alert_id, int64_t version, bool telling, int64_t now, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, alert_id);
    db_number (&args, version);
    db_time (&args, now);
    db_flag (&args, telling);
    return queue (db, PUT_OFF, &args, err);
}

int alert_told_moved (struct db *db, const struct alert_row *alert, struct error *err)
{
    struct db_args args = args_of (alert);

    return queue_one (db, TOLD_MOVED, &args, err);
}

int alert_shift_times (struct db *db, int64_t by, struct error *err)
{
    struct db_args args = { 0 };

    db_number (&args, by);
    return queue (db, SHIFT_TIMES, &args, err);
}
