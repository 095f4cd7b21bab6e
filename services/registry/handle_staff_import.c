/* staff_import: everybody in a list of one office gets a place and an account; the answer carries the letters with the first passwords (E-27).
 *
 * Takes:     the office, the list as text (staff_table.h), whether to do it or only to look.
 * Refuses:   not_for_you for an office the asker does not look after; office_not_open to its manager; text_empty, file_shape,
 *            list_too_long (30).  What is wrong in a line is no refusal: it is answered, and nothing is done.
 * Publishes: as person_put, membership_put and account_put, in one transaction.
 * Repeats:   the same list again finds the same people, because their ids are made from office and log-in name; who has not changed the first
 *            password gets a new one and a new letter (the answer with the first is not kept anywhere), everybody else none.
 *
 * Who has an account already under that log-in name and is called the same just gets a place here: one person, one ID (KU-06).
 */
#include "care_store.h"
#include "ids.h"
#include "letters.h"
#include "people.h"
#include "registry.h"
#include "registry_routes.h"
#include "sessions.h"
#include "staff_table.h"
#include "text.h"

struct import {
    struct registry *self;
    struct request *request;
    struct office_care care;
    struct staff_table table;
    const char **person_ids;            /* of table.entries */
    bool *known;                        /* has an account whose first password was changed, or from elsewhere */
    struct letter *letters;
    size_t letter_count;
};

/* ---- looking ---------------------------------------------------------------------------------------------------------------------------- */

static const char *id_for (const struct import *import, const char *login)
{
    char id[UUID_TEXT];

    uuid_from_name ("staff", arena_print (import->request->arena, "%s %s", import->care.office_id, login), id);
    return arena_text (import->request->arena, id);
}

static int check_login (struct import *import, size_t i, struct error *err)
{
    struct request *request = import->request;
    const struct staff_entry *entry = &import->table.entries[i];
    struct person_put person;
    const char *owner;
    int64_t left;
    bool found;

    import->person_ids[i] = id_for (import, entry->login);
    if (people_store_login_owner (request->db, entry->login, request->arena, &owner, err) < 0)
        return -1;
    if (!owner)
        return 0;
    import->person_ids[i] = owner;
    if (people_store_person (request->db, owner, request->arena, &found, &person, err) < 0
        || care_store_course (request->db, owner, &left, err) < 0)
        return -1;
    import->known[i] = left < 2 || strcmp (owner, id_for (import, entry->login)) != 0;
    if (strcmp (text_fold (request->arena, person.name), text_fold (request->arena, entry->name ? entry->name : "")) != 0)
        staff_table_problem (&import->table, entry->line, "ログイン名", entry->login, "このログイン名は、ほかの方が使っています。");
    return 0;
}

static void check_roles (struct import *import, size_t i)
{
    const struct staff_entry *entry = &import->table.entries[i];
    struct error why = { 0 };

    if (entry->roles.count > 0 && may_place (import->request->actor, &import->care, entry->roles, &why) < 0)
        staff_table_problem (&import->table, entry->line, "役割", staff_role_words (entry->roles.items[0]),
                             "この事業所で承認されていない役割です。");
}

static int look (struct import *import, struct error *err)
{
    struct arena *arena = import->request->arena;
    size_t count = import->table.count;

    import->person_ids = arena_alloc (arena, (count + 1) * sizeof *import->person_ids);
    import->known = arena_alloc (arena, (count + 1) * sizeof *import->known);
    for (size_t i = 0; i < count; i++) {
        if (check_login (import, i, err) < 0)
            return -1;
        check_roles (import, i);
    }
    return 0;
}

/* ---- doing ------------------------------------------------------------------------------------------------------------------------------ */

/* Four groups of five letters that are not mistaken for each other when they are read: more than 95 bits. */
static const char *new_password (struct arena *arena)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    const size_t most = 256 - 256 % (sizeof letters - 1);
    char *text = arena_alloc (arena, 24);

    for (int i = 0; i < 23; i++) {
        unsigned char byte = 255;

        while (byte >= most)
            random_fill (&byte, 1);
        text[i] = i % 6 == 5 ? '-' : letters[byte % (sizeof letters - 1)];
    }
    text[23] = 0;
    return text;
}

static const char *new_secret (struct arena *arena)
{
    static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *text = arena_alloc (arena, 33);

    random_fill (text, 32);
    for (int i = 0; i < 32; i++)
        text[i] = base32[(unsigned char) text[i] & 31];
    text[32] = 0;
    return text;
}

static int give_account (struct import *import, const struct staff_entry *entry, const char *person_id, struct error *err)
{
    struct arena *arena = import->request->arena;
    struct letter *letter = &import->letters[import->letter_count++];
    struct account_put account;
    struct done done;

    *letter = (struct letter) { entry->name, entry->login, new_password (arena), new_secret (arena) };
    account = (struct account_put) { .person_id = person_id, .login = entry->login, .password = letter->password,
                                     .totp_secret = letter->secret, .has_first_login = true, .first_login = true };
    return registry_handle_account_put (import->self, import->request, &account, &done, err);
}

static int give (struct import *import, size_t i, struct error *err)
{
    const struct staff_entry *entry = &import->table.entries[i];
    const char *person_id = import->person_ids[i];
    struct person_put person = { person_id, entry->name, entry->name_kana, entry->email, entry->phone };
    struct membership_put membership = { person_id, import->care.office_id, entry->roles };
    struct done done;

    if (!import->known[i] && registry_handle_person_put (import->self, import->request, &person, &done, err) < 0)
        return -1;
    if (registry_handle_membership_put (import->self, import->request, &membership, &done, err) < 0)
        return -1;
    return import->known[i] ? 0 : give_account (import, entry, person_id, err);
}

static int run (struct import *import, struct staff_import_answer *answer, struct error *err)
{
    struct request *request = import->request;
    struct office_put office;

    import->letters = arena_alloc (request->arena, (import->table.count + 1) * sizeof *import->letters);
    for (size_t i = 0; i < import->table.count; i++)
        if (give (import, i, err) < 0)
            return -1;
    answer->done = true;
    if (import->letter_count == 0)
        return 0;
    if (office_found (request, import->care.office_id, &office, err) < 0)
        return -1;
    return letters_print (import->letters, import->letter_count, office.name, import->self->region_name, request->now, request->arena,
                          &answer->letters, err);
}

/* ---- the answer ------------------------------------------------------------------------------------------------------------------------- */

static void say (const struct import *import, struct staff_import_answer *answer)
{
    struct staff_row *rows = arena_alloc (import->request->arena, (import->table.count + 1) * sizeof *rows);

    for (size_t i = 0; i < import->table.count; i++) {
        const struct staff_entry *entry = &import->table.entries[i];

        rows[i] = (struct staff_row) { .line = entry->line, .name = entry->name ? entry->name : "", .login = entry->login,
                                       .roles = entry->roles, .known = import->known[i] };
    }
    answer->rows = (struct staff_row_list) { rows, import->table.count };
    answer->problems = (struct staff_problem_list) { import->table.problems, import->table.problem_count };
}

static int may_import (const struct import *import, struct error *err)
{
    struct error why;

    if (may_look_after (import->request->actor, &import->care, err) < 0)
        return -1;
    if (!import->care.open && may_change_office (import->request->actor, import->care.municipality, &why) < 0)
        return fail (err, ERROR_OFFICE_NOT_OPEN, NULL, "not pledged or not approved");
    return 0;
}

int registry_handle_staff_import (struct registry *self, struct request *request, const struct staff_import *message,
                                  struct staff_import_answer *answer, struct error *err)
{
    struct import import = { .self = self, .request = request };
    int64_t version;

    if (session_must_be_open (request, err) < 0
        || subject_lock (request->db, request->arena, message->office_id, &version, err) < 0
        || office_care_of (request, message->office_id, &import.care, err) < 0
        || may_import (&import, err) < 0
        || staff_table_read (message->text, request->arena, &import.table, err) < 0
        || look (&import, err) < 0)
        return -1;
    say (&import, answer);
    return message->run && import.table.problem_count == 0 ? run (&import, answer, err) : 0;
}
