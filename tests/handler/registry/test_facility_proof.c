/* Before publication each facility sees what residents will see, and confirms or corrects it: by its link, in the page, on paper. */
#include "residents.h"

static struct arena arena;

static void as_manager (void) { act (PERSON (4), OFFICE (1), "011002", ROLE_SERVICE_MANAGER); }

static const char *send (const char *facility)
{
    struct facility_proofs_put put = { { &facility, 1 } };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_proofs_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static struct proof_view *shown (const char *facility)
{
    struct proof_view *view = arena_alloc (&arena, sizeof *view);

    err = (struct error) { 0 };
    return harness_call (harness, "facility_proof", &(struct facility_proof) { facility }, view, &err) == 0 ? view : NULL;
}

static struct proof_view *opened (const char *token)
{
    struct proof_view *view = arena_alloc (&arena, sizeof *view);

    err = (struct error) { 0 };
    return harness_call (harness, "proof_open", &(struct proof_open) { token }, view, &err) == 0 ? view : NULL;
}

static const char *answer (const char *token, const char *correction, const char *by)
{
    struct proof_answer put = { token, correction, by };

    err = (struct error) { 0 };
    return harness_call (harness, "proof_answer", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

static const char *say_so (const char *facility, const char *correction)
{
    struct facility_proof_put put = { facility, correction, "院長 見本 太郎" };

    err = (struct error) { 0 };
    return harness_call (harness, "facility_proof_put", &put, NULL, &err) == 0 ? "taken" : error_name_of (&err);
}

/* "2 1 1": facilities that are like this, proofs among them, confirmed ones. */
static const char *listed (enum proof_state proof)
{
    struct facility_review_list query = { .has_reviewed = true, .reviewed = true, .proof = proof };
    struct facility_review_list_answer list = { 0 };
    static char text[40];

    must (harness_call (harness, "facility_review_list", &query, &list, &err), "list");
    snprintf (text, sizeof text, "%d %d %d", (int) list.count, (int) list.proofs, (int) list.confirmed);
    return text;
}

static bool proofed (const char *facility)
{
    struct public_facility_answer one = { 0 };

    as_nobody ();
    must (harness_call (harness, "public_facility", &(struct public_facility) { facility }, &one, &err), "public");
    return one.facility->proofed;
}

static const char *link_of_clinic;

static void sent (void)
{
    struct proof_view *view;

    as_nurse ();
    is (send (CLINIC), "not_for_role", "a nurse sends no proof");
    as_neighbour ();
    is (send (CLINIC), "not_for_you", "nor another municipality's officer");
    as_officer ();
    is (send (CLINIC), "taken", "A-17 the officer sends a proof");
    view = shown (CLINIC);
    ok (view->state == PROOF_STATE_OUTSTANDING && view->token, "A-17 it waits, with a link of its own to print");
    link_of_clinic = view->token;
    is (send (CLINIC), "taken", "sent again");
    is (shown (CLINIC)->token, link_of_clinic, "...it is the same link");
    is (listed (0), "2 1 0", "A-17 the list counts what was sent and what is confirmed");
    is (listed (PROOF_STATE_OUTSTANDING), "1 1 0", "...and finds what waits");
}

static void seen (void)
{
    const int residents[] = { AUDIENCE_RESIDENTS }, professionals[] = { AUDIENCE_PROFESSIONALS };
    struct proof_view *view;

    as_officer ();
    is (say (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_HOUSE_CALLS, .answer = ITEM_ANSWER_YES }), "taken", "house calls");
    is (say (CLINIC, (struct facility_item_given) { .item = FACILITY_ITEM_TUBE_FEEDING, .answer = ITEM_ANSWER_YES }), "taken", "tube feeding");
    is (allow (CLINIC, FACILITY_ITEM_HOUSE_CALLS, 1, residents), "taken", "the one for residents");
    is (allow (CLINIC, FACILITY_ITEM_TUBE_FEEDING, 1, professionals), "taken", "the other for professionals");
    as_nobody ();
    view = opened (link_of_clinic);
    ok (view && strcmp (view->facility->name, "見本の家診療所") == 0 && view->facility->items.count == 1
        && view->facility->items.items[0].item == FACILITY_ITEM_HOUSE_CALLS, "A-13, A-17 the link shows what residents will see and nothing else");
    ok (!view->token && !view->answered_by, "...and no link");
    ok (!opened ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") && err.key == ERROR_NOT_FOR_YOU, "a link nobody made opens nothing");
    ok (!opened ("x") && err.key == ERROR_NOT_FOR_YOU, "...nor does what is no link");
}

static void answered (void)
{
    struct facility_reported event = { 0 };

    is (answer (link_of_clinic, NULL, " "), "text_empty", "somebody has to answer");
    is (answer (link_of_clinic, "休診は木曜日です", "院長 見本 太郎"), "taken", "A-17 a correction by the link");
    ok (harness_last_event (harness, &facility_reported_message, &event) == 0 && event.people.count == 1
        && strcmp (event.people.items[0], PERSON (2)) == 0 && !event.by, "A-17 it is a task of the officer");
    is (answer (link_of_clinic, NULL, "院長 見本 太郎"), "letter_answered", "the link is used up");
    ok (!proofed (CLINIC), "A-17 the record is not labelled as confirmed");
    as_officer ();
    is (listed (PROOF_STATE_CORRECTING), "1 1 0", "the list finds what is to be corrected");
    is (shown (CLINIC)->correction, "休診は木曜日です", "...and says what");
    is (send (CLINIC), "taken", "after the correction it is sent anew");
    ok (strcmp (shown (CLINIC)->token, link_of_clinic) != 0, "...with a new link");
    link_of_clinic = shown (CLINIC)->token;
    as_nobody ();
    is (answer (link_of_clinic, NULL, "院長 見本 太郎"), "taken", "A-17 now all is right");
    ok (proofed (CLINIC), "A-17 residents see that the office has confirmed it");
    as_officer ();
    is (listed (0), "2 1 1", "A-17 one of one is confirmed");
    ok (shown (CLINIC)->state == PROOF_STATE_CONFIRMED && !shown (CLINIC)->token, "...and there is nothing more to print");
}

/* The station has an account; its manager confirms in the page. */
static void in_the_page (void)
{
    as_manager ();
    is (say_so (CLINIC, NULL), "not_for_you", "no office answers for another");
    is (say_so (STATION, NULL), "taken", "A-17 the own office confirms in the page, asked or not");
    ok (proofed (STATION), "...it counts");
    as_manager ();
    is (say_so (STATION, "電話番号が違います"), "taken", "and finds something later");
    ok (!proofed (STATION), "A-17 the newest answer counts");
    is_number (harness_number (harness, "select count(*) from facility_proof where facility_id = '" STATION "'"), 2, "both stand");
    as_manager ();
    ok (shown (STATION) && !shown (STATION)->token && !shown (CLINIC), "the office sees its own proof, without the link, and no other's");
    as_officer ();
    is (send (STATION), "taken", "sent again");
    is (say_so (STATION, NULL), "taken", "A-17 an officer writes down what came back on paper");
    ok (proofed (STATION), "...it counts, too");
    is_number (harness_number (harness, "select count(*) from facility_public_proof"), 2, "A-17 both are confirmed now");
}

int main (void)
{
    open_region ();
    open_facilities ();
    memset (self.links.bytes, 9, sizeof self.links.bytes);
    self.links.set = true;
    must (put_person (4, "管理 三郎", "カンリ サブロウ", "kanri@station.example"), "person");
    must (put_membership (4, 1, ROLE_SERVICE_MANAGER), "membership");
    harness_sql (harness, "update office set facility_number = '0160100001' where office_id = '%s'", OFFICE (1));
    as_officer ();
    must (strcmp (REVIEW (true, CLINIC, STATION), "taken") == 0 ? 0 : -1, "review");
    sent ();
    seen ();
    answered ();
    in_the_page ();
    close_region ();
    arena_done (&arena);
    return done ();
}
