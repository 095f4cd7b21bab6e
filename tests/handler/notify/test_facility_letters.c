/* Letters to facilities (A-11, A-23, N-58): an e-mail with the facility's name and a link, nothing else. */
#include "fake_adapter.h"

#define LETTER ID ("71")

static struct link_key links = { .set = true, .bytes = { 7 }, .base = "https://region.example" };

static void want (struct region *region, int version, enum letter_kind kind, bool again, int64_t days)
{
    const struct facility_letter_wanted event = { .letter_id = LETTER, .facility_id = ID ("72"), .kind = kind, .name = "見本診療所",
        .email = "clinic@example.invalid", .again = again, .until = harness_now (region->harness) + days * 86400 * SECOND_US };

    if (harness_hear (region->harness, "registry", &facility_letter_wanted_message, &event, LETTER, version, TOWN, &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

int main (void)
{
    struct region *region = region_open ();
    char id[UUID_TEXT], token[LINK_TOKEN_TEXT];
    const char *link;

    open_fakes (region);
    harness_empty (region->harness, "delivery, delivery_attempt");
    fake_adapters = (struct adapters) { .links = &links };
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    want (region, 1, LETTER_KIND_CONFIRMATION, false, 60);
    is_number (number (region, "select count(*) from delivery where text like '%https%'"), 0, "S-20 no link lies in the database");
    send_rounds (region, 1);
    ok (fakes[0].taken == 1 && strcmp (fakes[0].address, "clinic@example.invalid") == 0, "A-23 a facility is asked by e-mail");
    link = strstr (fakes[0].text, "https://region.example/l/");
    snprintf (token, sizeof token, "%s", link ? link + strlen ("https://region.example/l/") : "");
    ok (link_token_read (&links, "letter", token, id) && strcmp (id, LETTER) == 0, "A-11 ...with the link of this letter");
    ok (!link_token_read (&links, "reply", token, id), "...which answers no alert");
    ok (strncmp (fakes[0].text, "見本診療所 御中\n", strlen ("見本診療所 御中\n")) == 0, "N-58 and its own name");
    want (region, 2, LETTER_KIND_SURVEY, true, 20);
    send_rounds (region, 1);
    ok (fakes[0].taken == 2 && strstr (fakes[0].text, "回答をお願いします"), "A-12 a reminder of a survey goes out as well");
    want (region, 3, LETTER_KIND_SURVEY, true, 0);
    send_rounds (region, 1);
    is_number (fakes[0].taken, 2, "a link that is no longer good is not sent");
    db_close (&fake_db);
    harness_close (&region->harness);
    return done ();
}
