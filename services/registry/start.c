/* start.c - settings of registry, and what it opens before it serves. */
#include "first_operator.h"
#include "options.h"
#include "registry.h"

const struct option registry_options[] = {
    { "secret-key-file", OPTION_PATH, NULL, 0, 0, "File of 32 random bytes (0600) that seals the secrets of one-time codes." },
    { "first-operator-file", OPTION_PATH, "", 0, 0, "JSON (0600: login, password, totp_secret, name); used while there is no account." },
    { "relying-party", OPTION_TEXT, "localhost", 0, 0, "Host name passkeys belong to." },
    { "origin", OPTION_TEXT, "http://localhost:8080", 0, 0, "Origins passkeys are accepted from, exact, separated by commas." },
    { "region-name", OPTION_TEXT, "在宅医療・介護連携", 0, 0, "Name of the region as shown on pages." },
    { "desk-phone", OPTION_TEXT, "", 0, 0, "Telephone of the region's desk, shown where the municipality has none." },
    { "profiles-dir", OPTION_PATH, "", 0, 0, "Folder of import profiles (NAME.profile) beside the built-in ones." },
    { "link-key-file", OPTION_TEXT, "", 0, 0, "File of 32 random bytes, the same as notify's, that proves links of letters to facilities; empty: none are taken." },
    { "public-url", OPTION_TEXT, "", 0, 0, "Address of this region's pages as others reach them, without a slash at the end; for links on printed forms." },
    { "idle-minutes", OPTION_NUMBER, "15", 1, 720, "A session locks after so many minutes without use." },
    { "session-hours", OPTION_NUMBER, "12", 1, 24, "A session ends after so many hours." },
    { "login-failures", OPTION_NUMBER, "5", 3, 100, "Attempts of one name that were not completed before it must wait." },
    { "source-failures", OPTION_NUMBER, "30", 5, 100000, "The same for one network source, behind which a whole office may sit." },
    { "public-per-minute", OPTION_NUMBER, "240", 10, 1000000, "Questions of residents a minute from one network source; twice as many at once." },
    { "password-passes", OPTION_NUMBER, "2", 1, 10, "Passes of Argon2id." },
    { "password-memory", OPTION_NUMBER, "19456", 12288, 1048576, "Memory of Argon2id in KiB." },
    { 0 },
};

/* "a,b" → list; each part lives for the process. */
static struct text_list split (struct arena *arena, const char *text)
{
    const char **items = arena_alloc (arena, sizeof *items * (strlen (text) + 1));
    size_t count = 0;

    while (*text) {
        size_t length = strcspn (text, ",");

        if (length > 0)
            items[count++] = arena_copy (arena, text, length);
        text += length + (text[length] == ',');
    }
    return (struct text_list) { items, count };
}

static void read_settings (struct registry *self, const struct options *options)
{
    self->relying_party.id = option_text (options, "relying-party");
    self->relying_party.origins = split (&self->memory, option_text (options, "origin"));
    self->region_name = option_text (options, "region-name");
    self->desk_phone = option_text (options, "desk-phone");
    self->profiles_dir = option_text (options, "profiles-dir");
    self->links.base = option_text (options, "public-url");
    self->idle_minutes = option_number (options, "idle-minutes");
    self->session_hours = option_number (options, "session-hours");
    self->login_failures = option_number (options, "login-failures");
    self->source_failures = option_number (options, "source-failures");
}

int registry_start (void *arg, struct error *err)
{
    const struct options *options = service_options ();
    struct registry *self = arg;
    const char *link_key = option_text (options, "link-key-file");

    read_settings (self, options);
    if (*link_key && !link_key_read (link_key, &self->links))
        return fail (err, ERROR_TRY_LATER, NULL, "link-key-file holds no 32 bytes");
    if (secret_key_read (option_text (options, "secret-key-file"), &self->secret_key, err) < 0)
        return -1;
    self->gate = hash_gate_new (option_number (options, "password-passes"), option_number (options, "password-memory"), err);
    if (!self->gate)
        return -1;
    self->strangers = stranger_gate_new (option_number (options, "public-per-minute"), 2 * option_number (options, "public-per-minute"));
    self->book = login_book_open (option_text (options, "engine-database"), err);
    if (!self->book)
        return -1;
    return first_operator_make (self, option_text (options, "first-operator-file"), err);
}

void registry_stop (void *arg)
{
    struct registry *self = arg;

    login_book_close (&self->book);
    hash_gate_destroy (&self->gate);
    stranger_gate_destroy (&self->strangers);
    arena_done (&self->memory);
}
