/* facility_proof_store.c - see facility_proof_store.h. */
#include "facility_proof_store.h"

#include "ids.h"

enum { BY_ID, LATEST, SEND, OLDER, ANSWER, SAY, STATEMENT_COUNT };

#define COLUMNS                                                                                                                            \
    "select v.proof_id, v.facility_id, v.keeper, guard.to_us (v.sent_at) as sent_us, coalesce (guard.to_us (v.answered_at), 0) as answered_us," \
    "       v.answered_by, v.correction from facility_proof v"

const struct db_statement facility_proof_statements[] = {
    [BY_ID] = { "facility_proof_by_id", COLUMNS " where v.proof_id = $1::uuid for no key update" },
    [LATEST] = { "facility_proof_latest",
        COLUMNS " where v.facility_id = $1::uuid and (v.answered_at is null or v.newest) order by v.answered_at is null desc limit 1" },
    [SEND] = { "facility_proof_send",
        "insert into facility_proof (proof_id, facility_id, keeper, sent_at, sent_by, newest)"
        " values ($1::uuid, $2::uuid, $3, guard.to_time ($4::bigint), $5::uuid, true)"
        " on conflict (facility_id) where answered_at is null do nothing" },
    [OLDER] = { "facility_proof_older",
        "update facility_proof set newest = false where facility_id = $1::uuid and newest and answered_at is not null" },
    [ANSWER] = { "facility_proof_answer",
        "update facility_proof set answered_at = guard.to_time ($2::bigint), correction = $3, answered_by = $4, by_person = $5::uuid"
        " where proof_id = $1::uuid and answered_at is null" },
    [SAY] = { "facility_proof_say",
        "insert into facility_proof (proof_id, facility_id, keeper, sent_at, sent_by, answered_at, correction, answered_by, by_person, newest)"
        " values ($1::uuid, $6::uuid, $7, guard.to_time ($2::bigint), $5::uuid, guard.to_time ($2::bigint), $3, $4, $5::uuid, true)" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

static int read_one (struct request *request, int statement, const char *id, struct proof_row *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    *ret = (struct proof_row) { 0 };
    db_text (&args, id);
    if (db_run (request->db, &facility_proof_statements[statement], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > 0)
        *ret = (struct proof_row) { .proof_id = db_copy_text (rows, 0, "proof_id", request->arena),
            .facility_id = db_copy_text (rows, 0, "facility_id", request->arena), .keeper = db_copy_text (rows, 0, "keeper", request->arena),
            .sent_at = db_get_number (rows, 0, "sent_us"), .answered_at = db_get_number (rows, 0, "answered_us"),
            .answered_by = db_copy_text (rows, 0, "answered_by", request->arena),
            .correction = db_copy_text (rows, 0, "correction", request->arena) };
    return 0;
}

int facility_proof_store_by_id (struct request *request, const char *proof_id, struct proof_row *ret, struct error *err)
{
    return read_one (request, BY_ID, proof_id, ret, err);
}

int facility_proof_store_latest (struct request *request, const char *facility_id, struct proof_row *ret, struct error *err)
{
    return read_one (request, LATEST, facility_id, ret, err);
}

int facility_proof_store_send (struct request *request, const char *facility_id, const char *keeper, struct error *err)
{
    struct db_args args = { 0 };
    char id[UUID_TEXT];

    uuid_new (id);
    db_text (&args, id);
    db_text (&args, facility_id);
    db_text (&args, keeper);
    db_time (&args, request->now);
    db_text (&args, request->actor->person_id);
    return db_queue (request->db, &facility_proof_statements[SEND], &args, err);
}

static int end_older (struct request *request, const char *facility_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, facility_id);
    return db_queue (request->db, &facility_proof_statements[OLDER], &args, err);
}

int facility_proof_store_answer (struct request *request, const struct proof_row *proof, const char *correction, const char *given_by,
                                 struct error *err)
{
    struct db_args args = { 0 };
    char id[UUID_TEXT];

    if (end_older (request, proof->facility_id, err) < 0)
        return -1;
    uuid_new (id);
    db_text (&args, proof->proof_id ? proof->proof_id : id);
    db_time (&args, request->now);
    db_text (&args, correction);
    db_text (&args, given_by);
    db_text (&args, request->actor->person_id);
    if (proof->proof_id)
        return db_queue_expect (request->db, &facility_proof_statements[ANSWER], &args, 1, ERROR_LETTER_ANSWERED, err);
    db_text (&args, proof->facility_id);
    db_text (&args, proof->keeper);
    return db_queue (request->db, &facility_proof_statements[SAY], &args, err);
}
