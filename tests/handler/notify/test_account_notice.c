/* What happened to an account: the person hears of it in the feed and by e-mail, nobody else does, and a rebuilt projection tells nothing. */
#include "region.h"

static int64_t version;

static void told (struct region *region, const char *person, enum account_change change, const char *by, bool replay)
{
    const struct account_changed event = { .person_id = person, .change = change, .by = by };
    int status = replay ? harness_replay (region->harness, "registry", &account_changed_message, &event, person, ++version, TOWN, &region->err)
                        : harness_hear (region->harness, "registry", &account_changed_message, &event, person, ++version, TOWN, &region->err);

    ok (status == 0, "the event is heard");
}

static void test_password (struct region *region)
{
    struct feed_answer answer;

    told (region, DOCTOR, ACCOUNT_CHANGE_PASSWORD_CHANGED, NULL, false);
    as_doctor (region);
    is_number (call (region, "feed", &(struct feed) { 0 }, &answer), 0, "the person reads the feed");
    ok (answer.items.count == 1 && answer.items.items[0].kind == FEED_KIND_PASSWORD_CHANGED && !answer.items.items[0].patient_id
            && !answer.items.items[0].by && !answer.items.items[0].urgent,
        "a changed password is told, of nobody but oneself");
    is_number (number (region, "select count(*) from feed"), 1, "...to nobody else");
    is_number (number (region, "select count(*) from delivery where kind = 2 and person_id = '" DOCTOR "' and alert_id is null and not asks"
                               " and state = 1"), 1,
               "...and by e-mail");
    is_number (number (region, "select count(*) from delivery"), 1, "...once, not by telephone");
    is (text (region, "select subject from delivery"), "【連携】パスワードが変更されました", "...which says what happened");
    is_number (number (region, "select (text like '%日時：%' and text not like '%http%' and text not like '%青葉%')::int from delivery"), 1,
               "...when, without a link and without a name");
}

static void test_ended (struct region *region)
{
    struct feed_answer answer;

    told (region, NURSE, ACCOUNT_CHANGE_SESSION_ENDED, MANAGER, false);
    as_nurse (region);
    call (region, "feed", &(struct feed) { 0 }, &answer);
    ok (answer.items.count == 1 && answer.items.items[0].kind == FEED_KIND_SESSION_ENDED
            && strcmp (answer.items.items[0].by_name, "介護 二子") == 0,
        "a session ended by a manager is told, and by whom");
    is_number (number (region, "select count(*) from delivery where person_id = '" NURSE "'"), 0, "who has no e-mail gets none");
}

static void test_replay (struct region *region)
{
    told (region, DOCTOR, ACCOUNT_CHANGE_PASSWORD_CHANGED, NULL, true);
    is_number (number (region, "select count(*) from feed"), 2, "while a projection is rebuilt nobody is told again");
    is_number (number (region, "select count(*) from delivery"), 1, "...nor written to");
}

int main (void)
{
    struct region *region = region_open ();

    test_password (region);
    test_ended (region);
    test_replay (region);
    harness_close (&region->harness);
    return done ();
}
