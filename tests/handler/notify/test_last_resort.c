/* The last resort is called every month, and whoever asks reads whether that went well (practice.md: staffed, by voice, test-called monthly). */
#include "region.h"

static const int64_t day = 24 * 3600;

static struct last_resort_answer view (struct region *region)
{
    struct last_resort_answer answer = { 0 };

    if (call (region, "last_resort", &(struct last_resort) { .municipality = TOWN }, &answer) < 0)
        note ("%s", region->err.detail);
    return answer;
}

static void must_be_taken (struct region *region, const char *phone)
{
    const struct last_resort_answer now = view (region);
    const struct last_resort_put put = { .municipality = TOWN, .office_id = now.office_id, .name = now.name, .phone = phone };

    is (refused (region, "last_resort_put", &put), "accepted", "the last resort's number is another");
}

static void test_calls (struct region *region)
{
    struct last_resort_test missed = { .municipality = TOWN, .test_id = ID ("f1"), .answered = false, .note = " " };
    struct last_resort_test good = { .municipality = TOWN, .test_id = ID ("f2"), .answered = true };
    struct last_resort_answer answer;
    char number[40];

    as_administrator (region);
    answer = view (region);
    ok (answer.name && answer.phone && !answer.tested && answer.tests.count == 0, "a last resort that was never called is not tested");
    is (refused (region, "last_resort_test", &missed), "reason_needed", "nobody answered: something must be said about it");
    missed.note = "応答なし。当直へ連絡した";
    is (refused (region, "last_resort_test", &missed), "accepted", "a call nobody answered is written down");
    answer = view (region);
    ok (!answer.tested && answer.tests.count == 1 && !answer.tests.items[0].answered, "…and it is not tested by that");
    forward (region, 60);
    is (refused (region, "last_resort_test", &good), "accepted", "a call that was answered is written down");
    answer = view (region);
    ok (answer.tested && answer.tests.count == 2 && answer.tests.items[0].answered, "…the newest counts");
    is (refused (region, "last_resort_test", &good), "already_there", "the same call a second time is refused");
    snprintf (number, sizeof number, "%s", answer.phone);
    must_be_taken (region, "0990-00-7777");
    answer = view (region);
    ok (!answer.tested && answer.tests.count == 2 && strcmp (answer.tests.items[0].phone, answer.phone) != 0,
        "a new number has not been called by that: the calls stand with the number they were made to");
    must_be_taken (region, number);
    ok (view (region).tested, "…and the number it was before has");
    forward (region, 31 * day - 3600);
    ok (view (region).tested, "within thirty-one days it still counts");
    forward (region, day);
    ok (!view (region).tested, "…then another one is due");
}

static void test_who (struct region *region)
{
    struct last_resort_test elsewhere = { .municipality = ELSEWHERE, .test_id = ID ("f3"), .answered = true };

    act_as (region, ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_BIT (ROLE_MUNICIPAL_OFFICER));
    ok (view (region).name != NULL, "an officer of the town reads it");
    is (refused (region, "last_resort_test", &elsewhere), "not_for_role", "…and writes none for another town");
    as_nurse (region);
    is (refused (region, "last_resort_test", &elsewhere), "not_for_role", "a nurse writes none");
    as_administrator (region);
    is (refused (region, "last_resort_test", &elsewhere), "not_for_you", "where none is set, none can be called");
}

int main (void)
{
    struct region *region = region_open ();

    test_calls (region);
    test_who (region);
    harness_close (&region->harness);
    return done ();
}
