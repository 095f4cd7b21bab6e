/* What residents find without a log-in, and that nothing else comes out anywhere: search, list, counts, one facility, with and without
 * consent, for each audience (A-13 ..., S-30). */
#include "residents.h"

static struct arena arena;

static struct public_facility_search_answer *find (struct public_facility_search query)
{
    struct public_facility_search_answer *answer = arena_alloc (&arena, sizeof *answer);

    err = (struct error) { 0 };
    return harness_call (harness, "public_facility_search", &query, answer, &err) == 0 ? answer : NULL;
}

/* "2 みほん訪問看護 見本の家診療所" */
static const char *found (struct public_facility_search query)
{
    struct public_facility_search_answer *answer = find (query);
    static char text[400];

    if (!answer)
        return error_name_of (&err);
    snprintf (text, sizeof text, "%d", (int) answer->count);
    for (size_t i = 0; i < answer->facilities.count; i++)
        snprintf (text + strlen (text), sizeof text - strlen (text), " %s", answer->facilities.items[i].name);
    return text;
}
#define FOUND(...) found ((struct public_facility_search) { __VA_ARGS__ })

static const struct public_facility_line *one (const char *facility)
{
    struct public_facility_answer *answer = arena_alloc (&arena, sizeof *answer);

    err = (struct error) { 0 };
    return harness_call (harness, "public_facility", &(struct public_facility) { .facility_id = facility }, answer, &err) == 0
        ? answer->facility : NULL;
}

static struct facility_item_given yes (int item, const char *text)
{
    return (struct facility_item_given) { .item = item, .answer = ITEM_ANSWER_YES, .text = text };
}

static void unseen (void)
{
    as_nobody ();
    is (FOUND (), "0", "A-16 before a review there is nothing to find");
    is (FOUND (.text = "見本"), "0", "...not by its name either");
    is (FOUND (.services = "診療所"), "0", "...nor by its kind");
    ok (!one (CLINIC) && err.key == ERROR_NOT_FOR_YOU, "...nor by its id");
    as_officer ();
    is (REVIEW (true, CLINIC, STATION), "taken", "both are reviewed");
}

static void seen (void)
{
    const struct public_facility_line *clinic;

    as_nobody ();
    is (FOUND (), "2 みほん訪問看護 見本の家診療所", "A-35 residents find both, by name");
    is (FOUND (.text = "見本"), "1 見本の家診療所", "A-35 two characters are enough");
    is (FOUND (.text = "訪問看護 みほん"), "1 みほん訪問看護", "...also with the kind");
    is (FOUND (.text = "遠方"), "0", "what nobody looks after is not found");
    is (FOUND (.services = "訪問看護"), "1 みほん訪問看護", "by kind");
    is (FOUND (.services = "訪問看護,診療所"), "2 みほん訪問看護 見本の家診療所", "by any of several kinds");
    is (FOUND (.municipality = "012025"), "0", "by municipality");
    is (FOUND (.items = "flying"), "field_unknown_choice", "what is no item is refused");
    is (FOUND (.after = "x"), "field_wrong_type", "what is no key of a page is refused");
    is (FOUND (.has_limit = true, .limit = 1), "2 みほん訪問看護", "a page of one");
    is (FOUND (.has_limit = true, .limit = 1, .after = STATION), "2 見本の家診療所", "...and the next");
    clinic = one (CLINIC);
    ok (clinic && strcmp (clinic->phone, "0112223333") == 0 && clinic->items.count == 0 && !clinic->proofed,
        "A-15 the published telephone, no item, not confirmed yet");
}

static void near (void)
{
    harness_sql (harness, "update facility set latitude = 43.06, longitude = 141.35 where facility_id = '" CLINIC "'");
    harness_sql (harness, "update facility set latitude = 43.07, longitude = 141.35 where facility_id = '" STATION "'");
    as_nobody ();
    is (FOUND (.latitude = "43.055", .longitude = "141.35"), "2 見本の家診療所 みほん訪問看護", "A-35 the nearest first");
    ok (find ((struct public_facility_search) { .latitude = "43.055", .longitude = "141.35" })->facilities.items[0].metres / 10 == 55,
        "...with its distance");
    is (FOUND (.latitude = "43.055", .longitude = "141.35", .services = "訪問看護"), "1 みほん訪問看護", "...of one kind");
    is (FOUND (.latitude = "43.30", .longitude = "141.35"), "0", "what is farther than 20 km is not near");
    is (FOUND (.latitude = "43.055"), "field_missing", "half a place is refused");
    is (FOUND (.latitude = "143", .longitude = "141.35"), "field_out_of_range", "a place that is not on earth, too");
}

/* What each audience gets to know of an item, by every way there is: "administration professionals residents", each as page, item found
 * by, rows at database level. */
static const char *heard (void)
{
    static char text[80];
    const char *const items = "house_calls";
    struct facility_search query = { .items = items };
    struct public_facility_search_answer *residents;
    const struct public_facility_line *clinic;
    char each[3] = "";

    for (int audience = 0; audience < 2; audience++) {
        struct facility_search_answer search = { 0 };
        struct facility_answer page = { 0 };

        if (audience == 0)
            as_neighbour ();
        else
            as_nurse ();
        must (harness_call (harness, "facility_search", &query, &search, &err), "search");
        must (harness_call (harness, "facility", &(struct facility) { .facility_id = CLINIC }, &page, &err), "page");
        each[audience] = (char) ('0' + search.count + (int64_t) page.items.count
                                 + harness_sees (harness, "select count(*) from facility_item where facility_id = '" CLINIC "' and item = 2"));
    }
    as_nobody ();
    residents = find ((struct public_facility_search) { .items = items });
    clinic = one (CLINIC);
    snprintf (text, sizeof text, "%c%c%d", each[0], each[1],
              (int) (residents->count + (int64_t) residents->facilities.count + (int64_t) clinic->items.count
                     + harness_sees (harness, "select count(*) from facility_public_item where facility_id = '" CLINIC "' and item = 2")));
    return text;
}

/* Every set of audiences, and back to none: whoever is in it reads the item in every way there is, whoever is not in none of them. */
static void differs (void)
{
    as_officer ();
    is (say (CLINIC, yes (FACILITY_ITEM_HOUSE_CALLS, NULL)), "taken", "house calls");
    for (int set = 0; set < 8; set++) {
        int audiences[3], count = 0;
        char expected[4], name[200];

        for (int audience = 1; audience <= 3; audience++)
            if (set >> (audience - 1) & 1)
                audiences[count++] = audience;
        snprintf (expected, sizeof expected, "%d%d%d", set & 1 ? 3 : 0, set & 2 ? 3 : 0, set & 4 ? 4 : 0);
        snprintf (name, sizeof name, "A-13, A-15 consent for%s%s%s: they see it in page, search, count and rows, nobody else does",
                  set & 1 ? " administration" : "", set & 2 ? " professionals" : "", set & 4 ? " residents" : set ? "" : " nobody");
        as_officer ();
        must (strcmp (allow (CLINIC, FACILITY_ITEM_HOUSE_CALLS, count, audiences), "taken") == 0 ? 0 : -1, "consent");
        is (heard (), expected, name);
    }
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_HOUSE_CALLS, 0, NULL), "taken", "A-14 all of it is withdrawn");
    is (heard (), "000", "A-14 with the COMMIT of the withdrawal nobody sees it in any way");
    as_nobody ();
    is (FOUND (.services = "訪問看護", .items = "house_calls"), "1 みほん訪問看護", "...and it is no hit beside another wish");
}

/* The event says that something changed, never what. */
static void silent (void)
{
    struct facility_changed event = { 0 };

    ok (harness_last_event (harness, &facility_changed_message, &event) == 0 && facility_changed_message.field_count == 3,
        "A-13 the event names facility, place and kind only");
    is_number (harness_number (harness, "select count(*) from event_log where position ('house_calls'::bytea in payload) > 0"), 0,
               "A-13 ...no event says what the facility can do");
}

/* Consented to residents, and yet nothing for them. */
static void never (void)
{
    const int residents[] = { AUDIENCE_RESIDENTS };

    harness_sql (harness, "insert into facility_item (facility_id, item, notified, since, answer, text, source, changed_at, shown_to, keeper, set_by)"
        " values ('" CLINIC "', 99, false, guard.now (), 1, '担当 山田', 2, guard.now (), 7, '011002', '%s')", PERSON (2));
    as_nobody ();
    is_number ((int64_t) one (CLINIC)->items.count, 0, "A-15, A-18 an item that is not on the residents' list is not shown, whatever is allowed");
    as_officer ();
    is (say (CLINIC, yes (FACILITY_ITEM_FAX, "011-222-3335")), "taken", "a FAX number");
    as_nobody ();
    is_number ((int64_t) one (CLINIC)->items.count, 0, "A-13 a FAX without consent is not shown");
    as_officer ();
    is (allow (CLINIC, FACILITY_ITEM_FAX, 1, residents), "taken", "...with consent");
    as_nobody ();
    is (one (CLINIC)->items.items[0].text, "011-222-3335", "A-13 ...it is");
    harness_sql (harness, "delete from facility_item where item = 99");
}

static void often (void)
{
    int refused = 0;

    self.strangers = stranger_gate_new (60, 5);
    as_nobody ();
    harness_source (harness, "192.0.2.7");
    for (int i = 0; i < 8; i++)
        refused += !find ((struct public_facility_search) { 0 }) && err.key == ERROR_TOO_MANY_REQUESTS;
    ok (refused >= 2, "one source that asks too often is told to wait");
    harness_source (harness, "192.0.2.8");
    is (FOUND (.services = "訪問看護"), "1 みほん訪問看護", "...another one is not");
    stranger_gate_destroy (&self.strangers);
}

static void region (void)
{
    struct public_region_answer *answer = arena_alloc (&arena, sizeof *answer);

    must (harness_call (harness, "public_region", &(struct public_region) { 0 }, answer, &err), "region");
    ok (answer->facilities == 2 && answer->proofed == 0 && answer->municipalities.count == 2, "A-35 the region says how much there is to find");
    is (answer->municipalities.items[0].desk_phone, "0123-45-6789", "...and whom to call");
}

int main (void)
{
    open_region ();
    open_facilities ();
    unseen ();
    seen ();
    near ();
    differs ();
    silent ();
    never ();
    often ();
    region ();
    close_region ();
    arena_done (&arena);
    return done ();
}
