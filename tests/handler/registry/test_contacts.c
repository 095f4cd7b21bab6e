/* A person's own contacts: verified by a code that was sent there, 15 minutes, three tries. */
#include "people.h"

#define CONTACT(n) "0190a3b4-0000-7000-8000-00000000d00" #n

static void as_person (int number)
{
    act (PERSON (number), OFFICE (1), "011002", ROLE_VISITING_NURSE);
}

static const char *put (const char *id, enum contact_kind kind, const char *address)
{
    const struct contact_put message = { .contact_point_id = id, .kind = kind, .address = address };

    err = (struct error) { 0 };
    return harness_call (harness, "contact_put", &message, NULL, &err) < 0 ? error_name_of (&err) : "accepted";
}

static struct contact_verified verify (const char *id, const char *code)
{
    const struct contact_verify message = { .contact_point_id = id, .code = code };
    struct contact_verified answer = { 0 };

    err = (struct error) { 0 };
    if (harness_call (harness, "contact_verify", &message, &answer, &err) < 0)
        answer.tries_left = -1;
    return answer;
}

/* The code that was sent last, as the event carries it. */
static const char *code_sent (void)
{
    static char code[20];
    struct contact_code_wanted wanted;

    code[0] = '\0';
    if (harness_last_event (harness, &contact_code_wanted_message, &wanted) >= 0)
        snprintf (code, sizeof code, "%s", wanted.code);
    return code;
}

static void test_verify (void)
{
    struct contact_point_changed changed;
    struct contact_list_answer list;
    char typed[40];

    as_person (1);
    is (put (CONTACT (1), CONTACT_KIND_SMS, "０９０ー１２３４ー５６７８"), "accepted", "a person adds a number");
    is_number (harness_events (harness, &contact_code_wanted_message), 1, "N-59 a code is to be sent to it");
    ok (harness_last_event (harness, &contact_point_changed_message, &changed) >= 0 && changed.has_verified && !changed.verified
            && strcmp (changed.address, "090-1234-5678") == 0, "N-59 ...and until it comes back the contact is told as not verified");
    is_number (harness_number (harness, "select count(*) from own_contact where position ('%s' in code_sha256::text) > 0", code_sent ()), 0,
               "the code itself is not kept");
    is_number (verify (CONTACT (1), strcmp (code_sent (), "000000") ? "000000" : "000001").tries_left, 2, "N-59 a wrong code uses up a try");
    snprintf (typed, sizeof typed, " %.3s-%s ", code_sent (), code_sent () + 3);
    ok (verify (CONTACT (1), typed).verified, "N-59 the right one verifies, with spaces and a hyphen");
    ok (harness_last_event (harness, &contact_point_changed_message, &changed) >= 0 && changed.verified, "N-59 ...and that is told");
    ok (verify (CONTACT (1), "999999").verified, "a verified contact stays so, whatever is typed");
    is_number (harness_call (harness, "contact_list", &(struct contact_list) { 0 }, &list, &err), 0, "the person lists the contacts");
    ok (list.contacts.count == 2 && list.contacts.items[0].by_office && !list.contacts.items[1].by_office && list.contacts.items[1].verified,
        "...what the office entered, and the own one");
}

static void test_limits (void)
{
    char code[20];

    as_person (1);
    put (CONTACT (2), CONTACT_KIND_VOICE, "011-222-3333");
    snprintf (code, sizeof code, "%s", code_sent ());
    for (int left = 2; left >= 0; left--)
        is_number (verify (CONTACT (2), "12").tries_left, left, "N-59 three tries");
    ok (!verify (CONTACT (2), code).verified, "N-59 ...after them the right code does not count either");
    put (CONTACT (2), CONTACT_KIND_VOICE, "011-222-3333");
    ok (strcmp (code, code_sent ()) != 0 && !verify (CONTACT (2), code).verified, "another code replaces the first");
    harness_clock (harness, 15 * 60 * (int64_t) SECOND_US + SECOND_US);
    ok (!verify (CONTACT (2), code_sent ()).verified, "N-59 after 15 minutes a code is too old");
    harness_clock (harness, 0);
    ok (verify (CONTACT (2), code_sent ()).verified, "...before that it is not");
    for (int i = 0; i < 3; i++)
        is (put (CONTACT (2), CONTACT_KIND_VOICE, "011-222-3333"), "accepted", "up to five codes an hour");
    is (put (CONTACT (2), CONTACT_KIND_VOICE, "011-222-3333"), "too_many_requests", "...then no more");
    harness_clock (harness, 3601 * (int64_t) SECOND_US);
    is (put (CONTACT (2), CONTACT_KIND_VOICE, "011-222-4444"), "accepted", "...until an hour has passed");
    is_number (harness_number (harness, "select count(*) from own_contact where contact_point_id = '" CONTACT (2) "' and verified_at is null"),
               1, "N-59 a changed number is not verified any more");
    harness_clock (harness, 0);
}

static void test_refused (void)
{
    char of_office[40];
    ARENA (arena);

    as_person (2);
    is (put (CONTACT (1), CONTACT_KIND_SMS, "090-1111-2222"), "not_for_you", "somebody else's contact is not taken over");
    is_number (verify (CONTACT (1), "1").tries_left, -1, "...nor verified");
    snprintf (of_office, sizeof of_office, "%s", contact_point_of (&arena, PERSON (1), CONTACT_KIND_EMAIL));
    is (put (of_office, CONTACT_KIND_EMAIL, "thief@example.invalid"), "field_wrong_type", "...nor one that the office entered for somebody");
    is (put (CONTACT (5), CONTACT_KIND_APP, "x"), "field_unknown_choice", "a channel without addresses is refused");
    is (put (CONTACT (5), CONTACT_KIND_EMAIL, "no address"), "field_wrong_type", "...an address that is none");
    is (put (CONTACT (5), CONTACT_KIND_SMS, "12"), "phone_invalid", "...a number that is none");
    is (put (CONTACT (5), CONTACT_KIND_EMAIL, "own@example.invalid"), "accepted", "a good one is taken");
    is_number (harness_sees (harness, "select count(*) from own_contact"), 1, "S-20 a person sees the own contacts only, in the database too");
}

static void test_remove (void)
{
    const struct contact_remove message = { .contact_point_id = CONTACT (1) };
    struct contact_point_changed changed;
    int64_t before;

    as_person (1);
    is_number (harness_call (harness, "contact_remove", &message, NULL, &err), 0, "a contact is forgotten");
    ok (harness_last_event (harness, &contact_point_changed_message, &changed) >= 0 && !*changed.address, "...and that is told");
    before = harness_events (harness, &contact_point_changed_message);
    is_number (harness_call (harness, "contact_remove", &message, NULL, &err), 0, "again");
    is_number (harness_events (harness, &contact_point_changed_message), before, "...nothing is told");
    as_person (2);
    is_number (harness_call (harness, "contact_remove", &message, NULL, &err), -1, "nobody forgets another's");
}

int main (void)
{
    open_region ();
    harness_empty (harness, "own_contact");
    act_as_operator ();
    must (put_person (1, "看護 花子", "カンゴ ハナコ", "nurse@example.invalid"), "person");
    must (put_person (2, "看護 次郎", "カンゴ ジロウ", NULL), "person");
    must (put_membership (1, 1, ROLE_VISITING_NURSE), "membership");
    must (put_membership (2, 1, ROLE_VISITING_NURSE), "membership");
    test_verify ();
    test_limits ();
    test_refused ();
    test_remove ();
    harness_close (&harness);
    return done ();
}
