/* The personal feed: order, positions without gaps, reading, the live stream's view of it. */
#include "region.h"

static void update (struct region *region, int64_t version, int section, bool urgent)
{
    const struct sheet_updated event = { .patient_id = PATIENT, .section = (enum sheet_section) section, .version = version,
        .urgent = urgent, .by = NURSE };

    if (harness_hear (region->harness, "sharing", &sheet_updated_message, &event, ID ("91"), version, TOWN, &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static void test_fan_out (struct region *region)
{
    for (int i = 1; i <= 70; i++)
        update (region, i, SHEET_SECTION_CONDITION, i == 70);
    is_number (harness_bells (region->harness, "feed"), 1, "one bell rings for everybody who is told");
    is_number (number (region, "select count(*) from feed where person_id = '" MANAGER "'"), 70,
               "every change is in the care manager's feed");
    is_number (number (region, "select count(*) from feed where person_id = '" DOCTOR "'"), 70, "...and the doctor's");
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "'"), 0, "...but not the writer's own");
    is_number (number (region,
                       "select count(*) from (select position, row_number () over (partition by person_id order by position) n from feed) q"
                       " where position <> n"),
               0, "positions have no gaps");
    is_number (harness_events (region->harness, &sheet_updated_message), 0, "notify announces nothing of it");
}

static void test_page (struct region *region)
{
    struct feed_answer page, next;
    struct feed query = { .has_limit = true, .limit = 30 };

    as_manager (region);
    is_number (call (region, "feed", &query, &page), 0, "the care manager reads the feed");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    is_number ((int64_t) page.items.count, 30, "...a page");
    is_number (page.items.items[0].position, 70, "...newest first");
    ok (page.items.items[0].urgent && !page.items.items[1].urgent, "...urgent ones marked");
    is (page.items.items[0].patient_name, PLANTED_NAME, "...by name");
    is (page.items.items[0].by_name, "看護 一郎", "...with who did it");
    is_number (page.unread, 70, "nothing is read yet");
    query.after = page.next;
    call (region, "feed", &query, &next);
    is_number (next.items.items[0].position, 40, "the next page goes on");
    must (region, "feed_read", &(struct feed_read) { .position = 60 });
    must (region, "feed_read", &(struct feed_read) { .position = 10 });
    call (region, "feed", &(struct feed) { .has_limit = true, .limit = 200 }, &page);
    is_number (page.unread, 10, "read up to a position, and never back");
    ok (!page.items.items[9].read && page.items.items[10].read, "...line by line");
    must (region, "feed_read", &(struct feed_read) { .position = 1000000 });
    call (region, "feed", &(struct feed) { 0 }, &page);
    is_number (page.unread, 0, "a position beyond the end means the end");
    is (refused (region, "feed", &(struct feed) { .after = "x" }), "malformed", "a strange page key is refused");
    is_number (number (region, "select (count(*) > 0)::int from ledger where message = 'feed'"), 1, "names shown stand in the ledger");
    as_stranger (region);
    call (region, "feed", &(struct feed) { 0 }, &page);
    is_number ((int64_t) page.items.count, 0, "a stranger's feed is empty");
    is_number (harness_sees (region->harness, "select count(*) from feed"), 0, "...and he sees no other at database level");
}

static struct feed_of since (struct region *region, const char *person, int64_t incarnation, int64_t position, size_t *ret_count)
{
    const struct feed_wanted wanted[] = { { .person_id = person, .incarnation = incarnation, .position = position } };
    struct feed_since_answer answer = { 0 };
    const struct feed_since query = { .wanted = { .items = wanted, .count = 1 } };

    harness_as (region->harness, &(struct harness_actor) { .principal = "gateway" });
    if (call (region, "feed_since", &query, &answer) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    *ret_count = answer.feeds.count;
    return answer.feeds.count ? answer.feeds.items[0] : (struct feed_of) { 0 };
}

static void test_stream (struct region *region)
{
    int64_t incarnation = number (region, "select max (number) from guard.incarnation");
    struct feed_of feed;
    size_t count;

    feed = since (region, MANAGER, incarnation, 68, &count);
    ok (count == 1 && !feed.resync && feed.items.count == 2, "the stream gets what is new, in order");
    is_number (feed.items.items[0].position, 69, "...from the next position");
    is_number (feed.position, 70, "...and how far the feed has come");
    ok (feed.items.items[0].patient_name == NULL, "...without the person's name");
    since (region, MANAGER, incarnation, 70, &count);
    is_number ((int64_t) count, 0, "nothing new, nothing told");
    feed = since (region, MANAGER, incarnation, 71, &count);
    ok (count == 1 && feed.resync, "a position ahead of the feed: load the page again");
    feed = since (region, MANAGER, incarnation - 1, 70, &count);
    ok (count == 1 && feed.resync, "another incarnation: load the page again");
    feed = since (region, MANAGER, 0, 0, &count);
    ok (count == 1 && feed.resync, "no incarnation: load the page again");
    since (region, STRANGER, incarnation, 0, &count);
    is_number ((int64_t) count, 0, "a person without a feed has no news");
    for (int i = 71; i <= 180; i++)
        update (region, i, SHEET_SECTION_WISHES, false);
    feed = since (region, MANAGER, incarnation, 70, &count);
    ok (count == 1 && feed.resync, "more than 100 new ones: load the page again");
    as_manager (region);
    is (refused (region, "feed_since", &(struct feed_since) { 0 }), "not_for_role", "a person may not read others' streams");
}

static void test_other_notices (struct region *region)
{
    int64_t before = number (region, "select count(*) from feed where person_id = '" NURSE "'");

    HEAR (region, "sharing", sheet_read, ID ("92"), TOWN, .patient_id = PATIENT, .section = SHEET_SECTION_CONDITION, .version = 3,
          .by = MANAGER, .writer = NURSE);
    is_number (number (region, "select count(*) from feed where person_id = '" NURSE "' and kind = 2"), 1,
               "the writer hears that it was read");
    add_patient (region, PATIENT, "山田花代");
    ok (number (region, "select count(*) from feed where person_id = '" NURSE "'") > before + 1, "a changed head is told to the team");
    is (text (region, "select name from patient where patient_id = '" PATIENT "'"), "山田花代", "...and the projection follows");
}

static void test_replay (struct region *region)
{
    int64_t before = number (region, "select count(*) from feed");
    const struct sheet_updated event = { .patient_id = PATIENT, .section = SHEET_SECTION_WISHES, .version = 9, .by = NURSE };

    is_number (harness_replay (region->harness, "sharing", &sheet_updated_message, &event, ID ("93"), 1, TOWN, &region->err), 0,
               "a rebuild replays");
    is_number (number (region, "select count(*) from feed"), before, "...without telling anybody again");
}

int main (void)
{
    struct region *region = region_open ();

    test_fan_out (region);
    test_page (region);
    test_stream (region);
    test_other_notices (region);
    test_replay (region);
    harness_close (&region->harness);
    return done ();
}
