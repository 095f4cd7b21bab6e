/* first_operator.c - see first_operator.h.
 *
 * Not announced: nobody's projection needs the operator, and later operators come by commands.
 */
#include "first_operator.h"

#include <cjson/cJSON.h>
#include <sys/stat.h>
#include "clock.h"
#include "ids.h"
#include "login.h"
#include "operator_store.h"
#include "password.h"
#include "people_store.h"
#include "text.h"
#include "text_codes.h"
#include "text_same.h"
#include "totp.h"

enum { FILE_MOST = 4096 };

static int read_file (const char *path, char ret[FILE_MOST], struct error *err)
{
    FILE *file = fopen (path, "rb");
    struct stat info;
    size_t size = 0;
    bool private = false;

    if (!file)
        return fail (err, ERROR_BUG, NULL, "first-operator-file cannot be read");
    private = fstat (fileno (file), &info) == 0 && (info.st_mode & 077) == 0 && info.st_size < FILE_MOST;
    if (private)
        size = fread (ret, 1, FILE_MOST - 1, file);
    fclose (file);
    ret[size] = 0;
    return size > 0 ? 0 : fail (err, ERROR_BUG, NULL, "first-operator-file must be readable by its owner only and hold JSON");
}

static const char *member (const cJSON *object, const char *name, struct arena *arena)
{
    const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, name));

    return arena_text (arena, text ? text : "");
}

/* Fills `new` from the file's words. */
static int understand (struct registry *self, const char *text, struct arena *arena, struct new_operator *new, struct error *err)
{
    unsigned char secret[TOTP_SECRET_MOST];
    char *hash = arena_alloc (arena, PASSWORD_HASH_TEXT);
    const char *password, *code_secret;
    cJSON *object = cJSON_Parse (text);
    size_t size;

    new->login = login_fold (arena, member (object, "login", arena));
    new->name = member (object, "name", arena);
    password = member (object, "password", arena);
    code_secret = member (object, "totp_secret", arena);
    cJSON_Delete (object);
    if (!*new->login || !*new->name)
        return fail (err, ERROR_BUG, NULL, "first-operator-file: login or name is missing");
    if (!login_is_typable (new->login))
        return fail (err, ERROR_BUG, NULL, "first-operator-file: login is not printable ASCII");
    if (password_check (password, new->login) != PASSWORD_GOOD)
        return fail (err, ERROR_BUG, NULL, "first-operator-file: the password is too weak");
    if (!base32_read (code_secret, secret, sizeof secret, &size) || size < TOTP_SECRET_LEAST)
        return fail (err, ERROR_BUG, NULL, "first-operator-file: totp_secret is not base32 of 160 to 320 bits");
    if (password_hash_make (self->gate, password, hash, err) < 0)
        return -1;
    new->password_hash = hash;
    new->totp_sealed = secret_seal (&self->secret_key, new->person_id, (struct bytes) { secret, size }, arena);
    return 0;
}

static int look_for_accounts (struct db *db, void *what, struct error *err)
{
    return operator_store_has_account (db, what, err);
}

static int add (struct db *db, void *what, struct error *err)
{
    return operator_store_add (db, what, err);
}

int first_operator_make (struct registry *self, const char *path, struct error *err)
{
    ARENA (arena);
    char text[FILE_MOST], person_id[UUID_TEXT], office_id[UUID_TEXT];
    struct new_operator new = { .person_id = person_id, .office_id = office_id, .now = clock_real_us () };
    bool has_account;

    if (!text_given (path))
        return 0;
    if (login_book_do (self->book, look_for_accounts, &has_account, err) < 0)
        return -1;
    if (has_account)
        return 0;
    uuid_new (person_id);
    uuid_from_name ("office", "region", office_id);
    if (read_file (path, text, err) < 0 || understand (self, text, &arena, &new, err) < 0)
        return -1;
    new.membership_id = membership_id_of (&arena, person_id, office_id);
    new.email_point = contact_point_of (&arena, person_id, CONTACT_KIND_EMAIL);
    new.search = text_fold (&arena, new.name);
    return login_book_do (self->book, add, &new, err);
}
