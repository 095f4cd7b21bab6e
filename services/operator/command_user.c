/* command_user.c - people: adds one with an account and a first office, ends somebody's work in an office; and releases held messages.
 *
 * The first password and the secret of one-time codes are made here and shown once.
 */
#include "http.h"
#include "ids.h"
#include "one_time_code.h"

static cJSON *text_object (const char *const *pairs)
{
    cJSON *object = cJSON_CreateObject ();

    for (; *pairs; pairs += 2)
        cJSON_AddStringToObject (object, pairs[0], pairs[1]);
    return object;
}

static cJSON *roles_of (const char *text)
{
    cJSON *object = cJSON_CreateObject (), *roles = cJSON_AddArrayToObject (object, "roles");
    char *copy = strdup (text), *rest = copy, *role;

    while (copy && (role = strsep (&rest, ",")) != NULL)
        if (*role)
            cJSON_AddItemToArray (roles, cJSON_CreateString (role));
    free (copy);
    return object;
}

/* The login name makes the person's id: the same command again changes the same person. */
static int add (struct operator *self, struct http *http, struct error *err)
{
    const char *login = self->words[1], *name = self->words[2], *kana = self->words[3], *office = self->words[4], *roles = self->words[5];
    char person[UUID_TEXT], password[25], secret[TOTP_SECRET_TEXT];

    uuid_from_name ("renkei user", login, person);
    random_password (password);
    one_time_secret (secret);
    if (http_call (http, "PUT", arena_print (&self->arena, "/people/%s", person),
                   text_object ((const char *const[]){ "name", name, "name_kana", kana, NULL }), NULL, err)
            < 0
        || http_call (http, "PUT", arena_print (&self->arena, "/people/%s/memberships/%s", person, office), roles_of (roles), NULL, err) < 0
        || http_call (http, "PUT", arena_print (&self->arena, "/people/%s/account", person),
                      text_object ((const char *const[]){ "login", login, "password", password, "totp_secret", secret, NULL }), NULL, err)
               < 0)
        return -1;
    printf ("登録しました。次の内容は一度しか表示しません。本人にだけ渡してください。\n"
            "  person   %s\n  login    %s\n  password %s\n  otpauth://totp/Renkei:%s?secret=%s&issuer=Renkei\n",
            person, login, password, login, secret);
    return 0;
}

static int end (struct operator *self, struct http *http, struct error *err)
{
    const char *path = arena_print (&self->arena, "/people/%s/memberships/%s", self->words[1], self->words[2]);

    if (http_call (http, "DELETE", path, NULL, NULL, err) < 0)
        return -1;
    puts ("終了しました。この事業所での利用と開いている画面は止まりました。");
    return 0;
}

static int release (struct operator *self, struct http *http, struct error *err)
{
    (void) self;
    if (http_call (http, "POST", "/outbound/release", NULL, NULL, err) < 0)
        return -1;
    puts ("外部への送信を再開しました。");
    return 0;
}

int command_user (struct operator *self)
{
    if (self->word_count == 6 && strcmp (self->words[0], "add") == 0)
        return http_as_person (self, add);
    if (self->word_count == 3 && strcmp (self->words[0], "end") == 0)
        return http_as_person (self, end);
    return say_usage ("user add LOGIN NAME KANA OFFICE ROLE,ROLE… | user end PERSON OFFICE");
}

int command_outbound (struct operator *self)
{
    if (self->word_count != 1 || strcmp (self->words[0], "release") != 0)
        return say_usage ("outbound release");
    return http_as_person (self, release);
}
