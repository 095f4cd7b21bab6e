/* A provider attached by a file: the example that ships, what is sent, what answers mean, and mistakes in the file. */
#include <fcntl.h>
#include <unistd.h>
#include "adapter_file.h"
#include "receipt_rules.h"
#include "tap.h"

#define PLAIN "\"name\":\"p\",\"channels\":[\"sms\"],\"url\":\"https://p.example/{channel}/{to_digits}\""

static char folder[] = "/tmp/renkei-adapter-XXXXXX";

static const struct claimed claim = { .municipality = "011002", .delivery_id = "00000000-0000-7000-8000-00000000abcd",
    .alert_id = "00000000-0000-7000-9000-0000000a1b2c", .kind = CONTACT_KIND_SMS, .address = "０９０-0000-0003", .subject = "件名",
    .text = "改行\nと\"引用符\"", .code = "482170", .attempts = 2 };

static void put_file (const char *name, const char *text)
{
    char path[200];
    int fd;

    snprintf (path, sizeof path, "%s/%s", folder, name);
    fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write (fd, text, strlen (text)) < 0)
        abort ();
    close (fd);
}

static int read_file (struct arena *arena, const char *text, struct adapter_file *ret, struct error *err)
{
    unsigned channels;
    double rate;

    return adapter_file_read (arena, text, folder, ret, &channels, &rate, err);
}

static void test_example (struct arena *arena)
{
    const char *text = adapter_file_load (arena, "deploy/adapters/example.json");
    struct adapter_file file;
    struct error err = { 0 };
    unsigned channels = 0;
    double rate = 0;

    ok (text && adapter_file_read (arena, text, folder, &file, &channels, &rate, &err) < 0, "without its secrets a file is refused");
    put_file ("example.secret", "key-1\nsecond line");
    put_file ("example.account", "a/c");
    put_file ("example.callback-secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    if (!text || adapter_file_read (arena, text, folder, &file, &channels, &rate, &err) < 0) {
        ok (false, err.detail);
        return;
    }
    ok (true, "the example that ships is read");
    is_number (channels, 1u << (CONTACT_KIND_VOICE - 1) | 1u << (CONTACT_KIND_SMS - 1), "...it serves calls and text messages");
    ok (rate == 20, "...at most 20 a second");
    is (adapter_fill (arena, &file, &claim, file.url, FILL_URL), "https://provider.example/v1/accounts/a%2Fc/sms",
        "...its address is filled in, encoded");
    is (adapter_fill (arena, &file, &claim, file.headers[0], FILL_HEADER), "Authorization: Bearer key-1",
        "...its key is the first line of a file of its own");
    ok (strstr (adapter_body (arena, &file, &claim), "\"to\":\"+819000000003\"") != NULL, "...the number goes out in the international form");
    ok (strstr (adapter_body (arena, &file, &claim), "改行\\nと\\\"引用符\\\"") != NULL, "...a text cannot break out of its place");
    ok (strstr (adapter_body (arena, &file, &claim), "\"reference\":\"00000000-0000-7000-8000-00000000abcd\"") != NULL,
        "...with our id in it");
    is_number ((int64_t) file.keypad.count, 6, "...six keys are understood");
    is_number ((int64_t) file.status_count, 10, "...and ten words of receipts");
    adapter_file_forget (&file);
}

static void test_answers (struct arena *arena)
{
    static const struct { long status; const char *got; enum sent wanted; const char *says; } rows[] = {
        { 200, "{\"call\":{\"id\":\"c1\"}}", SENT_ACCEPTED, "a good answer is accepted" },
        { 201, "{\"call\":{\"id\":17}}", SENT_ACCEPTED, "...an id may be a number" },
        { 200, "", SENT_TEMPORARY, "N-54 an empty answer is a failure" },
        { 200, NULL, SENT_TEMPORARY, "N-54 ...no answer at all too" },
        { 200, "<html>welcome</html>", SENT_TEMPORARY, "N-54 ...and garbage" },
        { 200, "{\"call\":{}}", SENT_TEMPORARY, "N-54 ...and one without the id it promises" },
        { 200, "{\"call\":{\"id\":\"\"}}", SENT_TEMPORARY, "N-54 ...or an empty one" },
        { 500, "{\"call\":{\"id\":\"c1\"}}", SENT_TEMPORARY, "N-54 5xx is a failure whatever it says" },
        { 204, "{\"call\":{\"id\":\"c1\"}}", SENT_TEMPORARY, "a status that is not on the list is none of success" },
        { 401, "{}", SENT_TEMPORARY, "our own key being wrong is nobody's wrong number" },
        { 404, "{}", SENT_PERMANENT, "N-52 a status on the list is permanent" },
        { 400, "{\"error\":{\"code\":\"landline\"}}", SENT_PERMANENT, "N-52 ...and a landline asked for a text message" },
        { 400, "{\"error\":{\"code\":\"busy\"}}", SENT_TEMPORARY, "...another code is not" },
    };
    const char *text = adapter_file_load (arena, "deploy/adapters/example.json");
    struct adapter_file file;
    struct error err = { 0 };

    if (!text || read_file (arena, text, &file, &err) < 0) {
        ok (false, err.detail);
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_number (adapter_file_judge (arena, &file, rows[i].status, rows[i].got).sent, rows[i].wanted, rows[i].says);
    is (adapter_file_judge (arena, &file, 201, "{\"call\":{\"id\":17}}").provider_id, "17", "the provider's id is kept");
    adapter_file_forget (&file);
}

static void test_forms (struct arena *arena)
{
    struct adapter_file file;
    struct error err = { 0 };

    is_number (read_file (arena, "{" PLAIN ",\"form\":{\"To\":\"{to_e164}\",\"Body\":\"{text}&x=1\",\"n\":\"{unknown}\"}}", &file, &err), 0,
               "a provider that takes forms");
    is (adapter_body (arena, &file, &claim),
        "To=%2B819000000003&Body=%E6%94%B9%E8%A1%8C%0A%E3%81%A8%22%E5%BC%95%E7%94%A8%E7%AC%A6%22%26x%3D1&n=%7Bunknown%7D",
        "...is sent one, encoded; what is not known stays as it is");
    is_number (adapter_file_judge (arena, &file, 204, NULL).sent, SENT_DELIVERED, "without receipts and id a 2xx is all it tells");
    is (adapter_fill (arena, &file, &claim, file.url, FILL_URL), "https://p.example/sms/09000000003", "full-width digits are digits");
    adapter_file_forget (&file);
}

static void test_mistakes (struct arena *arena)
{
    static const struct { const char *text, *says; } rows[] = {
        { "not json", "what is not JSON" }, { "{}", "no name" }, { "{" PLAIN "}", "neither body nor form" },
        { "{" PLAIN ",\"body\":{},\"form\":{}}", "both body and form" },
        { "{\"name\":\"P p\",\"channels\":[\"sms\"],\"url\":\"https://x/\",\"body\":{}}", "a name with a blank" },
        { "{\"name\":\"p\",\"channels\":[\"app\"],\"url\":\"https://x/\",\"body\":{}}", "a channel that cannot be attached" },
        { "{\"name\":\"p\",\"channels\":[],\"url\":\"https://x/\",\"body\":{}}", "no channel" },
        { "{\"name\":\"p\",\"channels\":[\"sms\"],\"url\":\"http://x.example/\",\"body\":{}}", "an address without encryption" },
        { "{" PLAIN ",\"body\":{},\"headers\":{\"A: b\":\"c\"}}", "a header within a header" },
        { "{" PLAIN ",\"body\":{},\"receipts\":{\"status\":\"/s\",\"id\":\"/i\"}}", "receipts by an id nobody gives" },
        { "{" PLAIN ",\"body\":{},\"receipts\":{\"message\":\"/m\",\"status\":\"/s\",\"map\":{\"x\":\"arrived\"}}}", "a receipt that means nothing" },
        { "{" PLAIN ",\"body\":{},\"keypad\":{\"1\":{\"answer\":\"visit\"}}}", "a visit without a time" },
        { "{" PLAIN ",\"body\":{},\"keypad\":{\"12\":{\"answer\":\"cannot\"}}}", "a key of two digits" },
        { "{" PLAIN ",\"body\":{},\"secret_file\":\"not-there\"}", "a secret that is not there" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct adapter_file file;
        struct error err = { 0 };

        is_number (read_file (arena, rows[i].text, &file, &err), -1, arena_print (arena, "%s is refused", rows[i].says));
    }
}

int main (void)
{
    char command[120];
    ARENA (arena);

    if (!mkdtemp (folder))
        return 255;
    test_example (&arena);
    test_answers (&arena);
    test_forms (&arena);
    test_mistakes (&arena);
    snprintf (command, sizeof command, "rm -r %s", folder);
    if (system (command) != 0)
        note ("%s stays", folder);
    return done ();
}
