#include "feed_text.h"
#include "tap.h"

static bool position_is (const char *text, int64_t incarnation, int64_t position)
{
    int64_t got_incarnation, got_position;

    feed_position_read (text, &got_incarnation, &got_position);
    return got_incarnation == incarnation && got_position == position;
}

static void positions_are_read (void)
{
    ok (position_is ("3-128", 3, 128), "a position");
    ok (position_is ("3-0", 3, 0), "the beginning of an incarnation");
    ok (position_is (NULL, 0, 0), "none");
    ok (position_is ("", 0, 0), "an empty one");
    ok (position_is ("3", 0, 0), "one without dash");
    ok (position_is ("3-", 0, 0), "half a one");
    ok (position_is ("-3-1", 0, 0), "a negative one");
    ok (position_is ("3-1x", 0, 0), "one with a tail");
    ok (position_is ("3-9999999999999999999", 0, 0), "one that is too large");
}

static void notices_are_events (void)
{
    static const struct feed_item item = { .position = 7, .kind = FEED_KIND_SHEET_UPDATED, .at = 0, .by_name = "佐藤\n花子" };
    ARENA (arena);

    is (feed_event (&arena, 3, &item),
        "id: 3-7\nevent: notice\ndata: "
        "{\"position\":7,\"kind\":\"sheet_updated\",\"at\":\"1970-01-01T00:00:00Z\",\"urgent\":false,\"read\":false,"
        "\"by_name\":\"佐藤\\n花子\"}\n\n",
        "a notice is one event: a line break in a name cannot end it");
    ok (!feed_event (&arena, 3, &(struct feed_item) { .position = 1 }), "a notice of no kind is none");
}

int main (void)
{
    positions_are_read ();
    notices_are_events ();
    return done ();
}
