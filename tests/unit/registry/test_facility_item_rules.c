/* What has to be known of a facility and who may see it (guide, table 1): kinds, refusals, what changes, whom it is shown to. */
#include "facility_item_rules.h"
#include "tap.h"

#define NOW INT64_C (1790000000000000)
#define BIT(audience) (INT64_C (1) << ((audience) - 1))

static struct arena arena;
static struct error err;

static const char *list_of (struct enum_list list)
{
    char *text = arena_print (&arena, "%s", "");

    for (size_t i = 0; i < list.count; i++)
        text = arena_print (&arena, "%s%s%d", text, i ? " " : "", list.items[i]);
    return text;
}

static void kinds (void)
{
    static const struct { const char *service; enum facility_kind kind; } cases[] = {
        { "訪問看護", FACILITY_KIND_HOME_NURSING }, { "介護予防訪問看護", FACILITY_KIND_HOME_NURSING },
        { "看護小規模多機能型居宅介護（複合型サービス）", FACILITY_KIND_CARE }, { "定期巡回・随時対応型訪問介護看護", FACILITY_KIND_CARE },
        { "訪問介護", FACILITY_KIND_CARE }, { "病院", FACILITY_KIND_HOME_MEDICINE }, { "有床診療所", FACILITY_KIND_HOME_MEDICINE },
        { "歯科診療所", FACILITY_KIND_HOME_MEDICINE }, { "薬局", FACILITY_KIND_HOME_MEDICINE } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is_number (facility_kind_of (cases[i].service), cases[i].kind, cases[i].service);
    is (list_of (facility_items_of (FACILITY_KIND_HOME_MEDICINE)), "1 2 3 4 5 6 7 8 9 10 11 15 16 17 18",
        "A-02, A-03 home medicine: five kinds of visits, six treatments, telephone, FAX, hours, departments");
    is (list_of (facility_items_of (FACILITY_KIND_HOME_NURSING)), "12 13 14 15 16 17",
        "A-04, A-05 home nursing: three arrangements, and how to reach it");
    is (list_of (facility_items_of (FACILITY_KIND_CARE)), "15 16 17", "A-06 care: how to reach it, and when");
}

/* ---- who ------------------------------------------------------------------------------------------------------------------------ */

static bool may (enum role role, const char *municipality, const char *keeper, bool own)
{
    const struct actor actor = { .roles = 1ull << (role - 1), .municipality = municipality };
    const struct facility_kept kept = { .keeper = keeper, .own_office = own };

    return facility_may_keep (&actor, &kept, &err) == 0;
}

static void keepers (void)
{
    ok (may (ROLE_MUNICIPAL_OFFICER, "011002", "011002", false), "an officer keeps what stands in the own municipality");
    ok (!may (ROLE_MUNICIPAL_OFFICER, "011002", "012025", false), "...and nothing of another");
    ok (!may (ROLE_MUNICIPAL_OFFICER, "011002", NULL, false), "...nor what stands outside the region");
    ok (may (ROLE_ADMINISTRATOR, "000000", NULL, false) && may (ROLE_OPERATOR, "000000", "012025", false),
        "who acts for the region keeps everything");
    ok (may (ROLE_SERVICE_MANAGER, "011002", "011002", true) && may (ROLE_DOCTOR, "011002", NULL, true)
        && may (ROLE_CLINIC_PROXY, "011002", "012025", true), "the office's own manager, doctor and proxy keep its record");
    ok (!may (ROLE_SERVICE_MANAGER, "011002", "011002", false), "...not another office's");
    ok (!may (ROLE_VISITING_NURSE, "011002", "011002", true), "a nurse of the office does not");
}

/* ---- what is refused ------------------------------------------------------------------------------------------------------------ */

static struct facility_item_given yes (int item) { return (struct facility_item_given) { .item = item, .answer = ITEM_ANSWER_YES }; }

static void refused (struct facility_item_given given, enum facility_kind kind, const char *where, const char *name)
{
    const struct facility_items_put put = { .items = { &given, 1 }, .source = ITEM_SOURCE_SURVEY };

    err = (struct error) { 0 };
    ok (facility_items_check (&put, kind, "2026-11-23", &arena, &err) < 0, name);
    is (err.fields[0].pointer, where, "...the field is named");
}

static void refusals (void)
{
    struct facility_item_given calls = yes (FACILITY_ITEM_HOUSE_CALLS), phone = yes (FACILITY_ITEM_PHONE);
    struct facility_item_given two[] = { calls, calls };
    struct facility_items_put put = { .items = { two, 2 }, .source = ITEM_SOURCE_SURVEY };

    refused (calls, FACILITY_KIND_CARE, "/items/0/item", "a care office makes no house calls");
    phone.text = "  ";
    refused (phone, FACILITY_KIND_CARE, "/items/0/text", "a telephone without a number is refused");
    phone.text = "夜間は携帯へ";
    refused (phone, FACILITY_KIND_CARE, "/items/0/text", "what is no telephone number is refused");
    phone.text = "0123-45-6789", phone.has_notified = phone.notified = true;
    refused (phone, FACILITY_KIND_CARE, "/items/0/notified", "nobody notifies a telephone to the authorities");
    calls.answer = ITEM_ANSWER_NO, calls.has_performed = true;
    refused (calls, FACILITY_KIND_HOME_MEDICINE, "/items/0/performed", "A-02 done or not is said of a yes only");
    ok (facility_items_check (&put, FACILITY_KIND_HOME_MEDICINE, "2026-11-23", &arena, &err) < 0, "an item said twice is refused");
    is (err.fields[0].pointer, "/items/1/item", "...at the second");
    two[1].has_notified = two[1].notified = true;
    err = (struct error) { 0 };
    ok (facility_items_check (&put, FACILITY_KIND_HOME_MEDICINE, "2026-11-23", &arena, &err) == 0,
        "A-05 notified and self-declared are two statements");
    put.source_date = "2026-11-24";
    ok (facility_items_check (&put, FACILITY_KIND_HOME_MEDICINE, "2026-11-23", &arena, &err) < 0 && err.key == ERROR_DOCUMENT_DATE,
        "a source from tomorrow is refused");
    put.source_date = "2026-02-30";
    err = (struct error) { 0 };
    ok (facility_items_check (&put, FACILITY_KIND_HOME_MEDICINE, "2026-11-23", &arena, &err) < 0 && err.key == ERROR_DATE_INVALID,
        "...and a day that is none");
    put.source_date = NULL, put.items.count = 0;
    err = (struct error) { 0 };
    ok (facility_items_check (&put, FACILITY_KIND_HOME_MEDICINE, "2026-11-23", &arena, &err) < 0 && err.key == ERROR_FIELD_MISSING,
        "nothing said is refused");
}

static void consents_refused (void)
{
    int items[] = { FACILITY_ITEM_PHONE, FACILITY_ITEM_PHONE };
    struct facility_consent_put put = { .items = { items, 1 }, .given_by = "院長 見本", .given_on = "2026-11-23" };

    err = (struct error) { 0 };
    ok (facility_consent_check (&put, FACILITY_KIND_CARE, "2026-11-23", &err) == 0, "A-13 a consent says who, when, what");
    put.given_by = "";
    ok (facility_consent_check (&put, FACILITY_KIND_CARE, "2026-11-23", &err) < 0, "S-30 nobody who gave it: refused");
    is (err.fields[0].pointer, "/given_by", "...the field is named");
    put.given_by = "院長 見本", put.given_on = "2026-11-24", err = (struct error) { 0 };
    ok (facility_consent_check (&put, FACILITY_KIND_CARE, "2026-11-23", &err) < 0, "S-30 given tomorrow: refused");
    is (err.fields[0].pointer, "/given_on", "...the field is named");
    put.given_on = "2026-11-23", put.items.count = 2, err = (struct error) { 0 };
    ok (facility_consent_check (&put, FACILITY_KIND_CARE, "2026-11-23", &err) < 0 && err.key == ERROR_ITEM_TWICE,
        "the same item twice: refused");
    items[0] = FACILITY_ITEM_RESPIRATOR, err = (struct error) { 0 };
    ok (facility_consent_check (&put, FACILITY_KIND_CARE, "2026-11-23", &err) < 0, "an item the facility does not have: refused");
    is (err.fields[0].pointer, "/items/0", "...the item is named");
}

/* ---- what changes --------------------------------------------------------------------------------------------------------------- */

static struct facility_turn turn_of (const struct known_item *old, struct facility_item_given given, int source, const char *date)
{
    const struct known_items known = { old, old ? 1 : 0 };
    const struct facility_consents none = { 0 };
    const struct facility_items_put put = { .items = { &given, 1 }, .source = source, .source_date = date };

    return facility_items_turn (&known, &put, &none, NOW, &arena);
}

static void changes (void)
{
    struct facility_item_given calls = yes (FACILITY_ITEM_HOUSE_CALLS);
    struct facility_turn turn = turn_of (NULL, calls, ITEM_SOURCE_SURVEY, "2026-11-01");
    struct known_item old;

    ok (turn.begun.count == 1 && turn.ended.count == 0 && turn.begun.items[0].changed_at == NOW && turn.begun.items[0].confirmed_at == 0,
        "what was not known begins; nothing is confirmed by that (A-22)");
    old = turn.begun.items[0];
    old.changed_at = NOW - 5, old.confirmed_at = NOW - 3;
    turn = turn_of (&old, calls, ITEM_SOURCE_SURVEY, "2026-11-01");
    ok (turn.begun.count + turn.ended.count == 0, "the same again is nothing");
    turn = turn_of (&old, calls, ITEM_SOURCE_BODIES, "2026-11-02");
    ok (turn.begun.count == 1 && turn.begun.items[0].changed_at == NOW - 5 && turn.begun.items[0].confirmed_at == NOW - 3,
        "A-07 another source that says the same changes the source only");
    calls.has_performed = calls.performed = true;
    turn = turn_of (&old, calls, ITEM_SOURCE_SURVEY, "2026-11-01");
    ok (turn.begun.count == 1 && turn.ended.count == 1 && turn.begun.items[0].changed_at == NOW
        && turn.begun.items[0].confirmed_at == NOW - 3,
        "A-22 another answer moves changed, and not confirmed");
    turn = turn_of (&old, (struct facility_item_given) { .item = FACILITY_ITEM_HOUSE_CALLS }, ITEM_SOURCE_SURVEY, NULL);
    ok (turn.begun.count == 0 && turn.ended.count == 1, "not known any more: it ends and nothing follows");
    turn = turn_of (NULL, (struct facility_item_given) { .item = FACILITY_ITEM_HOUSE_CALLS }, ITEM_SOURCE_SURVEY, NULL);
    ok (turn.begun.count + turn.ended.count == 0, "...what never was known does not end");
    calls.has_notified = calls.notified = true;
    turn = turn_of (&old, calls, ITEM_SOURCE_SURVEY, "2026-11-01");
    ok (turn.begun.count == 1 && turn.ended.count == 0, "A-05 what is notified stands beside what is self-declared");
    turn = facility_items_confirmed (&(struct known_items) { &old, 1 }, NOW, &arena);
    ok (turn.begun.count == 1 && turn.begun.items[0].confirmed_at == NOW && turn.begun.items[0].changed_at == NOW - 5,
        "A-22 a confirmation moves confirmed, and not changed");
}

static void audiences (void)
{
    const struct facility_consent given = { FACILITY_ITEM_HOUSE_CALLS, BIT (AUDIENCE_PROFESSIONALS), "院長", "2026-11-23" };
    const struct facility_consents consents = { &given, 1 }, none = { 0 };
    const struct known_item item = { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_YES, .performed = PERFORMED_UNKNOWN,
                                     .source = ITEM_SOURCE_SURVEY };
    const struct known_items known = { &item, 1 };
    struct facility_turn turn = facility_items_shown (&known, &consents, &arena);

    for (int source = ITEM_SOURCE_SURVEY; source <= ITEM_SOURCE_OWN; source++)
        is_number (facility_shown_to (&none, FACILITY_ITEM_HOUSE_CALLS, source), 0, "A-13 without consent it is shown to nobody");
    is_number (facility_shown_to (&none, FACILITY_ITEM_HOUSE_CALLS, ITEM_SOURCE_PUBLISHED),
               BIT (AUDIENCE_ADMINISTRATION) | BIT (AUDIENCE_PROFESSIONALS),
                   "what is published is shown to administration and professionals");
    is_number (facility_shown_to (&consents, FACILITY_ITEM_HOUSE_CALLS, ITEM_SOURCE_SURVEY), BIT (AUDIENCE_PROFESSIONALS),
        "A-13 a consent opens its audience");
    is_number (facility_shown_to (&consents, FACILITY_ITEM_DENTAL_VISITS, ITEM_SOURCE_SURVEY), 0, "A-13 ...for its item only");
    ok (turn.begun.count == 1 && turn.begun.items[0].shown_to == BIT (AUDIENCE_PROFESSIONALS)
        && turn.begun.items[0].changed_at == item.changed_at,
        "a consent opens what is known, and changes nothing else of it");
    turn = facility_items_shown (&turn.begun, &none, &arena);
    ok (turn.begun.count == 1 && turn.begun.items[0].shown_to == 0, "A-14 a withdrawal closes it");
    turn = facility_items_shown (&turn.begun, &none, &arena);
    is_number ((int64_t) turn.begun.count, 0, "...once");
}

static void missing (void)
{
    const struct facility_kept kept = { .service = "訪問看護", .has_phone = true };
    const struct known_item items[] = { { .item = FACILITY_ITEM_EMERGENCY_VISITS, .notified = true, .answer = ITEM_ANSWER_NO },
                                        { .item = FACILITY_ITEM_HOURS, .answer = ITEM_ANSWER_YES, .text = "平日 9-17" } };
    const struct known_items known = { items, 2 }, none = { 0 };

    is (list_of (facility_items_unknown (&none, &kept, &arena)), "12 13 14 16 17", "A-09 a published telephone need not be asked for");
    is (list_of (facility_items_unknown (&known, &kept, &arena)), "13 14 16", "A-09 ...nor what is answered, also by no");
}

/* ---- beyond table 1 ---------------------------------------------------------------------------------------------------------------- */

static void beyond (void)
{
    struct facility_item_given place = { .item = FACILITY_ITEM_FREE_PLACES, .answer = ITEM_ANSWER_YES, .text = "12" };
    struct facility_items_put put = { .items = { &place, 1 }, .source = ITEM_SOURCE_OWN, .source_date = "2026-11-23" };
    struct known_item known = { .item = FACILITY_ITEM_FREE_PLACES, .source_date = "2026-11-09" };
    int items[] = { FACILITY_ITEM_COORDINATOR }, residents[] = { AUDIENCE_RESIDENTS };
    struct facility_consent_put consent = { .items = { items, 1 }, .audiences = { residents, 1 }, .given_by = "院長", .given_on = "2026-11-23" };

    ok (facility_item_belongs (FACILITY_KIND_CARE, FACILITY_ITEM_COORDINATOR) && !facility_item_belongs (FACILITY_KIND_CARE, FACILITY_ITEM_PROXY_DESK)
        && facility_item_belongs (FACILITY_KIND_HOME_NURSING, FACILITY_ITEM_ROUND_THE_CLOCK), "A-18 each kind has a contact, only doctors a desk");
    ok (facility_has_places ("短期入所生活介護") && facility_has_places ("看護小規模多機能型居宅介護（複合型サービス）") && facility_has_places ("通所介護")
        && !facility_has_places ("訪問介護") && !facility_has_places ("診療所"), "who takes in so many and no more has free places");
    err = (struct error) { 0 };
    is_number (facility_items_check (&put, FACILITY_KIND_CARE, "2026-11-23", &arena, &err), 0, "twelve free places as of today");
    refused ((struct facility_item_given) { .item = FACILITY_ITEM_FREE_PLACES, .answer = ITEM_ANSWER_YES, .text = "012" }, FACILITY_KIND_CARE,
             "/items/0/text", "what is no number of places");
    put.source_date = NULL;
    ok (facility_items_check (&put, FACILITY_KIND_CARE, "2026-11-23", &arena, &err) < 0 && err.key == ERROR_FIELD_MISSING, "...nor without its day");
    ok (!facility_item_is_stale (&known, "2026-11-23") && facility_item_is_stale (&known, "2026-11-24"), "after fourteen days nobody knows any more");
    known.item = FACILITY_ITEM_PHONE;
    ok (!facility_item_is_stale (&known, "2030-01-01"), "...other items do not go stale by themselves");
    err = (struct error) { 0 };
    ok (facility_consent_check (&consent, FACILITY_KIND_CARE, "2026-11-23", &err) < 0 && strcmp (err.fields[0].pointer, "/audiences") == 0,
        "A-18 a contact is never for residents");
}

static void repeated_consent (void)
{
    const struct facility_consent old = { FACILITY_ITEM_PHONE, BIT (AUDIENCE_RESIDENTS), "院長", "2026-11-23" };
    const struct facility_consents known = { &old, 1 };
    const int items[] = { FACILITY_ITEM_PHONE, FACILITY_ITEM_FAX }, residents[] = { AUDIENCE_RESIDENTS };
    struct facility_consent_put put = { .items = { items, 2 }, .audiences = { residents, 1 }, .given_by = "院長", .given_on = "2026-11-23" };
    struct facility_consents fresh = facility_consents_turn (&known, &put, &arena);

    ok (fresh.count == 1 && fresh.items[0].item == FACILITY_ITEM_FAX, "what is allowed already is not written again");
    put.audiences.count = 0;
    ok (facility_consents_turn (&known, &put, &arena).count == 2, "A-14 a withdrawal is");
}

int main (void)
{
    kinds ();
    keepers ();
    refusals ();
    consents_refused ();
    changes ();
    audiences ();
    missing ();
    repeated_consent ();
    beyond ();
    arena_done (&arena);
    return done ();
}
