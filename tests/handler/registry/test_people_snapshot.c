/* New subscribers: pages of the present state; log-ins that share a transaction. */
#include "people.h"

static struct snapshot_page page_of (const struct message_type *event, const char *after, int64_t limit)
{
    struct harness_actor sharing = { .principal = "svc:sharing" };
    struct snapshot_read read = { .event = event->name, .after = after, .limit = limit };
    struct snapshot_page page = { 0 };

    harness_as (harness, &sharing);
    must (harness_call (harness, "snapshot_read", &read, &page, &err), "snapshot");
    return page;
}

static void pages (void)
{
    struct snapshot_page page = page_of (&office_changed_message, NULL, 2), rest = page_of (&office_changed_message, page.next, 2);

    is_number (page.events.count, 2, "a page of offices");
    ok (page.next != NULL, "…with the key of the next");
    is_number (rest.events.count, 1, "…which has the rest, without the operator's office: it was never announced");
    ok (strcmp (page.events.items[0].subject, page.events.items[1].subject) < 0
        && strcmp (page.events.items[1].subject, rest.events.items[0].subject) < 0, "…in order of subject, nothing twice");
    is_number (page.events.items[0].subjectversion, 1, "…with the version of the subject");
    is_number (page_of (&municipality_changed_message, NULL, 10).events.count, 2, "all municipalities");
    is_number (page_of (&agreement_changed_message, NULL, 10).events.count, 1, "all agreements");
    is_number (page_of (&contact_point_changed_message, NULL, 10).events.count, 1, "all addresses ever told");
}

static void telephones (void)
{
    struct person_put put = { .person_id = PERSON (1), .name = "佐藤 花子", .name_kana = "サトウ ハナコ", .email = "sato@station.example",
                              .phone = "0990-20-0001" };
    struct contact_point_changed event;
    struct snapshot_page page;
    bool voice = false;
    ARENA (arena);

    act_as_operator ();
    must (harness_call (harness, "person_put", &put, NULL, &err), "a telephone");
    page = page_of (&contact_point_changed_message, NULL, 10);
    is_number (page.events.count, 2, "a telephone is a point of its own");
    for (size_t i = 0; i < page.events.count; i++) {
        must (codec_unpack (&contact_point_changed_message, page.events.items[i].data, &arena, &event, &err), "unpack");
        voice |= event.kind == CONTACT_KIND_VOICE && strcmp (event.address, "0990-20-0001") == 0;
    }
    ok (voice, "…to be called");
}

static void memberships (void)
{
    struct membership_changed event;
    struct snapshot_page page = page_of (&membership_changed_message, NULL, 10);
    struct membership_end end = { PERSON (1), OFFICE (1) };
    ARENA (arena);

    is_number (page.events.count, 1, "memberships, also of a municipality nobody asked for");
    must (codec_unpack (&membership_changed_message, page.events.items[0].data, &arena, &event, &err), "unpack");
    is (event.name, "佐藤 花子", "…with the name");
    is_number (event.roles.count, 1, "…and the roles");
    act_as_operator ();
    must (harness_call (harness, "membership_end", &end, NULL, &err), "end");
    page = page_of (&membership_changed_message, NULL, 10);
    must (codec_unpack (&membership_changed_message, page.events.items[0].data, &arena, &event, &err), "unpack");
    is_number (event.roles.count, 0, "who has left is told without roles");
    is_number (page.events.items[0].subjectversion, 2, "…under the next version");
}

/* Of every account, also one that nobody was told of: a region that is brought up to date has such. */
static void authenticators (void)
{
    struct snapshot_page page;
    int64_t own = 0, others = 0, version = -1;
    ARENA (arena);

    harness_sql (harness, "insert into passkey (credential_id, person_id, algorithm, public_key, sign_count, label)"
                          " values ('\\x01', '%s', -7, '\\x01', 0, 'device')", PERSON (1));
    page = page_of (&authenticators_changed_message, NULL, 10);
    is_number (page.events.count, 2, "authenticators of all accounts, the operator's too");
    for (size_t i = 0; i < page.events.count; i++) {
        struct authenticators_changed event;
        bool sato;

        must (codec_unpack (&authenticators_changed_message, page.events.items[i].data, &arena, &event, &err), "unpack");
        sato = strcmp (event.person_id, PERSON (1)) == 0;
        *(sato ? &own : &others) = event.count;
        if (!sato)
            version = page.events.items[i].subjectversion;
    }
    is_number (own, 2, "practice 02: …the code and the passkey");
    is_number (others, 1, "…the code alone");
    is_number (version, 0, "…under no version where nothing was announced, so that whatever comes wins");
    page = page_of (&authenticators_changed_message, NULL, 1);
    is_number (page_of (&authenticators_changed_message, page.next, 1).events.count, 1, "…in pages");
}

int main (void)
{
    struct agreement_put agreement = { .agreement_id = AGREEMENT, .giving = "012025", .receiving = "011002", .from = "2026-04-01" };

    open_region ();
    must (harness_call (harness, "agreement_put", &agreement, NULL, &err), "agreement");
    pages ();
    telephones ();
    memberships ();
    authenticators ();
    close_region ();
    return done ();
}
