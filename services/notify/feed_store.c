/* feed_store.c - see feed_store.h. */
#include "feed_store.h"

enum { ADD_PEOPLE, ADD_TEAM, ADD_CIRCLE, ADD_PROXIES, PAGE, STATE, MARK_READ, NEWS, OUTCOMES };

enum { NEWS_MOST = 100, OUTCOMES_MOST = 20 };

#define NOTICE "$2::smallint, guard.to_time ($3::bigint), $4::boolean, $5::uuid, $6::uuid, $7::smallint, $8::bigint, $9::uuid"

const struct db_statement feed_statements[] = {
    [ADD_PEOPLE] = { "feed_add_people", "select person_id, head, by_name, incarnation from feed_add ($1::text[]::uuid[], " NOTICE ")" },
    [ADD_TEAM] = { "feed_add_team",
        "select person_id, head, by_name, incarnation from feed_add ((select array_agg (distinct s.person_id) from team_seat s"
        "   where s.patient_id = $1::uuid and s.person_id is distinct from $9::uuid), " NOTICE ")" },
    [ADD_CIRCLE] = { "feed_add_circle",
        "select person_id, head, by_name, incarnation from feed_add ((select array_agg (c)"
        "    from (select alert_circle ($1::uuid) as c union all"
        /* but of the report itself (3, 14): their own notice, doctor_asked, says it */
        "          select alert_proxies ($1::uuid) where $2::smallint not in (3, 14)) q"
        "   where c is distinct from $9::uuid and c <> all ($10::text[]::uuid[])), " NOTICE ")" },
    [ADD_PROXIES] = { "feed_add_proxies",
        "select person_id, head, by_name, incarnation"
        "  from feed_add (alert_open_proxies ($6::uuid, $1::uuid, guard.to_time ($3::bigint), guard.to_time ($10::bigint)), " NOTICE ")" },
    [PAGE] = { "feed_page",
        "select f.position, f.kind, guard.to_us (f.at) as at, f.urgent, f.patient_id, f.alert_id, f.section, f.version, f.by_person,"
        "       coalesce (p.name, a.patient_name) as patient_name,"
        "       (select m.name from membership m where m.person_id = f.by_person order by m.version desc limit 1) as by_name"
        "  from feed f"
        "  left join patient p on p.patient_id = f.patient_id"
        "  left join alert a on a.alert_id = f.alert_id"
        " where f.person_id = $1::uuid and f.position < $2::bigint"
        " order by f.position desc limit $3::bigint" },
    [STATE] = { "feed_state",
        "select (select max (number) from guard.incarnation) as incarnation,"
        "       coalesce ((select h.position from feed_head h where h.person_id = $1::uuid), 0) as head,"
        "       coalesce ((select r.position from feed_reading r where r.person_id = $1::uuid), 0) as read" },
    [MARK_READ] = { "feed_mark_read",
        "insert into feed_reading as r (person_id, position)"
        " select $1::uuid, least ($2::bigint, coalesce ((select h.position from feed_head h where h.person_id = $1::uuid), 0))"
        " on conflict (person_id) do update set position = greatest (r.position, excluded.position)" },
    [NEWS] = { "feed_news",
        "select person_id, head, after_position, item_position, kind, guard.to_us (at) as at, urgent, patient_id, alert_id, section,"
        "       version,"
        "       by_person, by_name, (select max (number) from guard.incarnation) as incarnation"
        "  from feed_news ($1::text[]::uuid[], $2::bigint[], $3::bigint[], $4::integer)" },
    [OUTCOMES] = { "feed_outcomes",         /* kind 8: alert_ended */
        "select a.alert_id, a.patient_id, coalesce (p.name, a.patient_name) as patient_name, a.class, a.urgency, a.tag,"
        "       guard.to_us (a.observed_at) as reported_at, guard.to_us (a.ended_at) as ended_at, a.accepted_name, a.accepted_answer,"
        "       guard.to_us (a.arrived_at) as arrived_at, a.outcome"
        "  from feed f join alert a on a.alert_id = f.alert_id left join patient p on p.patient_id = a.patient_id"
        " where f.person_id = $1::uuid and f.kind = 8 and a.state = 3 and not a.exercise and f.by_person is distinct from $1::uuid"
        "   and f.position > coalesce ((select r.position from feed_reading r where r.person_id = $1::uuid), 0)"
        "   and f.at > guard.to_time ($2::bigint) - interval '14 days'"
        " order by f.position desc limit $3::bigint" },
    { NULL, NULL },
};

static void notice_args (struct db_args *args, const struct notice *notice)
{
    db_number (args, notice->kind);
    db_time (args, notice->at);
    db_flag (args, notice->urgent);
    db_text (args, notice->patient_id);
    db_text (args, notice->alert_id);
    db_optional (args, notice->section != 0, notice->section);
    db_optional (args, notice->version != 0, notice->version);
    db_text (args, notice->by);
}

/* ---- the bell: one notice, with the place it took in each feed ------------------------------------------------------------------------ */

enum { TOLD_TOGETHER = 40 };            /* so that it fits into a bell */

struct told { db_rows *rows; struct feed_item item; };

static void ring_some (struct batch *batch, const struct told *told, int from, int to)
{
    struct arena *arena = batch_arena (batch);
    struct feed_item item = told->item;
    struct feed_place *places = arena_alloc (arena, TOLD_TOGETHER * sizeof *places);
    const struct feed_told message = { db_get_number (told->rows, from, "incarnation"), &item, { places, (size_t) (to - from) } };
    struct bytes packed = { 0 };
    struct error err = { 0 };

    item.by_name = db_copy_text (told->rows, from, "by_name", arena);
    for (int i = from; i < to; i++)
        places[i - from] = (struct feed_place) { db_copy_text (told->rows, i, "person_id", arena), db_get_number (told->rows, i, "head") };
    if (codec_pack (&feed_told_message, &message, arena, &packed, &err) < 0)
        packed = (struct bytes) { 0 };
    ring_after_commit_with (batch, "feed", places[0].person_id, places[0].position, packed);
    if (packed.size)
        return;
    for (int i = 1; i < to - from; i++)
        ring_after_commit (batch, "feed", places[i].person_id, places[i].position);
}

static void ring_all (struct batch *batch, void *arg)
{
    const struct told *told = arg;

    for (int from = 0, count = told->rows ? db_count (told->rows) : 0; from < count; from += TOLD_TOGETHER)
        ring_some (batch, told, from, from + TOLD_TOGETHER < count ? from + TOLD_TOGETHER : count);
}

static struct told *told_of (struct feed_writer *writer, const struct notice *notice)
{
    struct arena *arena = batch_arena (writer->batch);
    struct told *told = arena_alloc (arena, sizeof *told);

    told->item = (struct feed_item) {
        .kind = notice->kind, .at = notice->at, .urgent = notice->urgent, .patient_id = arena_text (arena, notice->patient_id),
        .alert_id = arena_text (arena, notice->alert_id), .section = notice->section, .has_version = notice->version != 0,
        .version = notice->version, .by = arena_text (arena, notice->by),
    };
    do_after_commit (writer->batch, ring_all, told);
    return told;
}

static int add (struct feed_writer *writer, int statement, const struct db_args *args, const struct notice *notice, struct error *err)
{
    return db_queue_rows (writer->db, &feed_statements[statement], args, &told_of (writer, notice)->rows, err);
}

int feed_add_people (struct feed_writer *writer, const struct notice *notice, struct text_list people, struct error *err)
{
    struct db_args args = { 0 };

    if (people.count == 0)
        return 0;
    db_text_list (&args, writer->arena, people);
    notice_args (&args, notice);
    return add (writer, ADD_PEOPLE, &args, notice, err);
}

int feed_add_team (struct feed_writer *writer, const struct notice *notice, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, notice->patient_id);
    notice_args (&args, notice);
    return add (writer, ADD_TEAM, &args, notice, err);
}

int feed_add_circle (struct feed_writer *writer, const struct notice *notice, struct text_list but, int64_t *ret_count, struct error *err)
{
    struct told *told = told_of (writer, notice);
    struct db_args args = { 0 };

    db_text (&args, notice->alert_id);
    notice_args (&args, notice);
    db_text_list (&args, writer->arena, but);
    if (db_queue_rows (writer->db, &feed_statements[ADD_CIRCLE], &args, &told->rows, err) < 0)
        return -1;
    if (!ret_count)
        return 0;
    if (db_flush (writer->db, err) < 0)
        return -1;
    *ret_count = db_count (told->rows);
    return 0;
}

int feed_add_proxies (struct feed_writer *writer, const struct notice *notice, const char *asked_id, int64_t until, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, asked_id);
    notice_args (&args, notice);
    db_time (&args, until);
    return add (writer, ADD_PROXIES, &args, notice, err);
}

static struct feed_item item_of (const db_rows *rows, int i, const char *position, struct arena *arena)
{
    return (struct feed_item) {
        .position = db_get_number (rows, i, position),
        .kind = (enum feed_kind) db_get_number (rows, i, "kind"),
        .at = db_get_number (rows, i, "at"),
        .urgent = db_get_flag (rows, i, "urgent"),
        .patient_id = db_copy_text (rows, i, "patient_id", arena),
        .alert_id = db_copy_text (rows, i, "alert_id", arena),
        .section = (enum sheet_section) db_get_number (rows, i, "section"),
        .has_version = !db_is_null (rows, i, "version"),
        .version = db_get_number (rows, i, "version"),
        .by = db_copy_text (rows, i, "by_person", arena),
        .by_name = db_copy_text (rows, i, "by_name", arena),
    };
}

static int read_state (struct request *request, int64_t *ret_read, struct feed_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, request->actor->person_id);
    if (db_run (request->db, &feed_statements[STATE], &args, &rows, err) < 0)
        return -1;
    *ret_read = db_get_number (rows, 0, "read");
    answer->unread = db_get_number (rows, 0, "head") - *ret_read;
    answer->stream = arena_print (request->arena, "%lld-%lld", (long long) db_get_number (rows, 0, "incarnation"),
                                  (long long) db_get_number (rows, 0, "head"));
    return 0;
}

int feed_page (struct request *request, int64_t before, int64_t limit, struct feed_answer *answer, struct error *err)
{
    struct db_args args = { 0 };
    struct feed_item *items;
    int64_t read;
    int count;
    DB_ROWS (rows);

    /* the state first: what is committed after it comes by the stream, perhaps a second time, never not at all */
    if (read_state (request, &read, answer, err) < 0)
        return -1;
    db_text (&args, request->actor->person_id);
    db_number (&args, before);
    db_number (&args, limit + 1);
    if (db_run (request->db, &feed_statements[PAGE], &args, &rows, err) < 0)
        return -1;
    count = db_count (rows);
    items = arena_alloc (request->arena, (size_t) (count + 1) * sizeof *items);
    for (int i = 0; i < count; i++) {
        items[i] = item_of (rows, i, "position", request->arena);
        items[i].read = items[i].position <= read;
        items[i].patient_name = db_copy_text (rows, i, "patient_name", request->arena);
    }
    if (count > limit) {
        count = (int) limit;
        answer->next = arena_print (request->arena, "%lld", (long long) items[count - 1].position);
    }
    answer->items.items = items;
    answer->items.count = (size_t) count;
    return 0;
}

static struct alert_outcome outcome_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct alert_outcome) {
        .alert_id = db_copy_text (rows, i, "alert_id", arena), .patient_id = db_copy_text (rows, i, "patient_id", arena),
        .patient_name = db_copy_text (rows, i, "patient_name", arena), .class = (enum alert_class) db_get_number (rows, i, "class"),
        .urgency = (enum urgency) db_get_number (rows, i, "urgency"), .tag = (enum condition_tag) db_get_number (rows, i, "tag"),
        .reported_at = db_get_number (rows, i, "reported_at"), .ended_at = db_get_number (rows, i, "ended_at"),
        .taken_by = db_copy_text (rows, i, "accepted_name", arena), .answer = (enum alert_answer_kind) db_get_number (rows, i, "accepted_answer"),
        .has_arrived_at = !db_is_null (rows, i, "arrived_at"), .arrived_at = db_get_number (rows, i, "arrived_at"),
        .outcome = db_copy_text (rows, i, "outcome", arena) };
}

int feed_outcomes (struct request *request, struct alert_outcome_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct alert_outcome *items;
    DB_ROWS (rows);

    db_text (&args, request->actor->person_id);
    db_time (&args, request->now);
    db_number (&args, OUTCOMES_MOST);
    if (db_run (request->db, &feed_statements[OUTCOMES], &args, &rows, err) < 0)
        return -1;
    items = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *items);
    for (int i = 0; i < db_count (rows); i++)
        items[i] = outcome_of (rows, i, request->arena);
    *ret = (struct alert_outcome_list) { items, (size_t) db_count (rows) };
    return 0;
}

int feed_mark_read (struct request *request, int64_t position, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, request->actor->person_id);
    db_number (&args, position);
    return db_queue (request->db, &feed_statements[MARK_READ], &args, err);
}

static int run_news (struct request *request, const struct feed_since *wanted, db_rows **ret, struct error *err)
{
    const char **people = arena_alloc (request->arena, (wanted->wanted.count + 1) * sizeof *people);
    int64_t *after = arena_alloc (request->arena, (wanted->wanted.count + 1) * sizeof *after);
    int64_t *incarnations = arena_alloc (request->arena, (wanted->wanted.count + 1) * sizeof *incarnations);
    struct db_args args = { 0 };

    for (size_t i = 0; i < wanted->wanted.count; i++) {
        people[i] = wanted->wanted.items[i].person_id;
        after[i] = wanted->wanted.items[i].position;
        incarnations[i] = wanted->wanted.items[i].incarnation;
    }
    db_text_list (&args, request->arena, (struct text_list) { .items = people, .count = wanted->wanted.count });
    db_number_list (&args, request->arena, (struct i64_list) { .items = after, .count = wanted->wanted.count });
    db_number_list (&args, request->arena, (struct i64_list) { .items = incarnations, .count = wanted->wanted.count });
    db_number (&args, NEWS_MOST);
    return db_run (request->db, &feed_statements[NEWS], &args, ret, err);
}

/* Positions of another incarnation, or ahead of the feed, mean nothing here. */
static bool must_resync (const struct feed_since *wanted, const char *person_id, int64_t incarnation, int64_t head)
{
    for (size_t i = 0; i < wanted->wanted.count; i++)
        if (strcmp (wanted->wanted.items[i].person_id, person_id) == 0)
            return wanted->wanted.items[i].incarnation != incarnation || wanted->wanted.items[i].position > head;
    return true;
}

static struct feed_of feed_of_rows (struct request *request, const struct feed_since *wanted, const db_rows *rows, int from, int to)
{
    int64_t head = db_get_number (rows, from, "head"), after = db_get_number (rows, from, "after_position");
    struct feed_of feed = { .person_id = db_copy_text (rows, from, "person_id", request->arena),
                            .incarnation = db_get_number (rows, from, "incarnation"), .position = head };
    struct feed_item *items = arena_alloc (request->arena, (size_t) (to - from + 1) * sizeof *items);
    size_t count = 0;

    feed.resync = must_resync (wanted, feed.person_id, feed.incarnation, head) || head - after > NEWS_MOST
        || db_get_number (rows, from, "item_position") != after + 1;
    for (int i = from; !feed.resync && i < to; i++)
        items[count++] = item_of (rows, i, "item_position", request->arena);
    feed.items.items = items;
    feed.items.count = count;
    return feed;
}

int feed_news (struct request *request, const struct feed_since *wanted, struct feed_since_answer *answer, struct error *err)
{
    struct feed_of *feeds = arena_alloc (request->arena, (wanted->wanted.count + 1) * sizeof *feeds);
    size_t count = 0;
    DB_ROWS (rows);

    if (run_news (request, wanted, &rows, err) < 0)
        return -1;
    for (int from = 0, to; from < db_count (rows); from = to) {
        const char *person = db_get_text (rows, from, "person_id");

        for (to = from + 1; to < db_count (rows) && strcmp (db_get_text (rows, to, "person_id"), person) == 0; to++)
            continue;
        if (count < wanted->wanted.count)
            feeds[count++] = feed_of_rows (request, wanted, rows, from, to);
    }
    answer->feeds.items = feeds;
    answer->feeds.count = count;
    return 0;
}
