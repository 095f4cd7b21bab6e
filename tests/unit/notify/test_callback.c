/* What a provider calls back with: genuine or not, readable or not; and the tokens of one-time links. */
#include <stdlib.h>
#include "callback_read.h"
#include "clock.h"
#include "receipt_rules.h"
#include "link_token.h"
#include "tap.h"

#define NOW (1790000000LL * SECOND_US)
#define BODY "{\"call\":{\"id\":\"c1\"},\"status\":\"completed\",\"sequence\":3,\"digits\":\"1\"}"

static const struct adapter_file file = { .name = "p", .callback_secret = "secret", .receipts = true, .receipt_id_at = "/call/id",
    .receipt_status_at = "/status", .receipt_sequence_at = "/sequence", .receipt_message_at = "/reference", .digits_at = "/digits",
    .from_at = "/from", .text_at = "/message", .statuses = { { "completed", RECEIPT_DELIVERED }, { "busy", RECEIPT_NO_ANSWER } }, .status_count = 2 };

static struct bytes bytes_of (const char *text)
{
    return (struct bytes) { (const unsigned char *) text, strlen (text) };
}

static bool genuine (struct arena *arena, const char *t, const char *signature, const char *body)
{
    return callback_is_genuine (arena, &file, arena_print (arena, "%s.%s", t, signature), bytes_of (body), NOW);
}

/* hmac_sha256 ("secret", "1790000000." BODY), by the openssl command */
#define SIGNED "c1dfe38f9f494f3909f4616ce96888334e6a83d567c38a17788e906feb3a89e8"

static void test_genuine (struct arena *arena)
{
    const struct adapter_file keyed = { .name = "k", .callback_bearer = "key-1" }, open = { .name = "o" };
    char wrong[80];

    snprintf (wrong, sizeof wrong, "%s", SIGNED);
    wrong[10] = wrong[10] == '0' ? '1' : '0';
    ok (genuine (arena, "1790000000", SIGNED, BODY), "a signed callback is genuine");
    ok (!genuine (arena, "1790000000", wrong, BODY), "...a changed signature is not");
    ok (!genuine (arena, "1790000000", SIGNED, BODY " "), "...nor a changed body");
    ok (!genuine (arena, "1790000001", SIGNED, BODY), "...nor another time");
    ok (!genuine (arena, "1790000000x", SIGNED, BODY) && !genuine (arena, "", SIGNED, BODY) && !genuine (arena, "1790000000", "", BODY)
            && !callback_is_genuine (arena, &file, NULL, bytes_of (BODY), NOW), "...nor what is not there");
    ok (!callback_is_genuine (arena, &file, "1790000000." SIGNED, bytes_of (BODY), NOW + 301LL * SECOND_US), "...nor one of six minutes ago");
    ok (callback_is_genuine (arena, &file, "1790000000." SIGNED, bytes_of (BODY), NOW - 299LL * SECOND_US), "clocks may differ by five minutes");
    ok (callback_is_genuine (arena, &keyed, "key-1", bytes_of (BODY), NOW), "a fixed key does, where the file says so");
    ok (!callback_is_genuine (arena, &keyed, "key-2", bytes_of (BODY), NOW), "...the right one only");
    ok (!callback_is_genuine (arena, &open, "1790000000." SIGNED, bytes_of (BODY), NOW), "a file without secret takes no callbacks");
}

static void test_reading (struct arena *arena)
{
    struct callback said;

    ok (callback_read (arena, &file, bytes_of (BODY), &said) && strcmp (said.provider_id, "c1") == 0 && said.receipt == RECEIPT_DELIVERED
            && said.has_sequence && said.sequence == 3 && strcmp (said.digits, "1") == 0 && !said.text, "a receipt with a key is read");
    ok (callback_read (arena, &file, bytes_of ("from=%2B81901234&message=482170+1&x"), &said) && strcmp (said.from, "+81901234") == 0
            && strcmp (said.text, "482170 1") == 0 && !said.receipt, "N-47 a form is read as well");
    ok (callback_read (arena, &file, bytes_of ("{\"status\":\"what\",\"reference\":\"no uuid\"}"), &said) && !said.receipt && !said.message_id,
        "a word that is not in the map is no receipt, an id that is not ours none");
    ok (callback_read (arena, &file, bytes_of ("message=%F0%28%8C"), &said) && !said.text, "what is not UTF-8 is left out");
    ok (!callback_read (arena, &file, bytes_of ("{\"a\":"), &said), "half a JSON is refused");
    ok (!callback_read (arena, &file, bytes_of ("\xff\xfe"), &said), "...and bytes that are no text");
    ok (callback_read (arena, &file, bytes_of (""), &said) && !said.receipt, "nothing says nothing");
}

static void test_links (struct arena *arena)
{
    struct link_key key = { .set = true, .bytes = { 1, 2, 3 } }, other = { .set = true, .bytes = { 1, 2, 4 } };
    const char *token = link_token (arena, &key, "reply", "0190a3b4-0000-7000-8000-00000000d001");
    char id[UUID_TEXT] = "", broken[60];

    ok (token && strlen (token) == 43, "a link's token has 43 characters");
    ok (link_token_read (&key, "reply", token, id) && strcmp (id, "0190a3b4-0000-7000-8000-00000000d001") == 0, "...and names its reply");
    ok (!link_token_read (&other, "reply", token, id), "...another region's is refused");
    for (int i = 0; token && i < 43; i++) {
        snprintf (broken, sizeof broken, "%s", token);
        broken[i] = broken[i] == 'A' ? 'B' : 'A';
        if (link_token_read (&key, "reply", broken, id) && i != 42)
            ok (false, "a changed token is refused");
    }
    ok (!link_token_read (&key, "reply", "", id) && !link_token_read (&key, "reply", NULL, id) && !link_token_read (&key, "reply", "x y", id), "...and what is none");
    ok (!link_token (arena, &(struct link_key) { 0 }, "reply", "0190a3b4-0000-7000-8000-00000000d001"), "without a key there are no links");
}

int main (void)
{
    ARENA (arena);

    test_genuine (&arena);
    test_reading (&arena);
    test_links (&arena);
    return done ();
}
