/* people.h - a small region for registry's tests: operator by file, two municipalities, offices and people made by commands. */
#ifndef TEST_PEOPLE_H
#define TEST_PEOPLE_H

#include <fcntl.h>
#include <unistd.h>
#include "clock.h"
#include "first_operator.h"
#include "harness.h"
#include "ids.h"
#include "people_store.h"
#include "registry.h"
#include "tap.h"
#include "text_codes.h"
#include "totp.h"

#define SECRET_32 "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define PASSWORD "correct horse battery staple"
#define PERSON(n) ((const char *[]) { "", "0190a3b4-0000-7000-8000-00000000a001", "0190a3b4-0000-7000-8000-00000000a002", \
                                      "0190a3b4-0000-7000-8000-00000000a003", "0190a3b4-0000-7000-8000-00000000a004" }[n])
#define OFFICE(n) ((const char *[]) { "", "0190a3b4-0000-7000-8000-00000000b001", "0190a3b4-0000-7000-8000-00000000b002", \
                                      "0190a3b4-0000-7000-8000-00000000b003" }[n])
#define AGREEMENT "0190a3b4-0000-7000-8000-00000000c001"

static const char *const test_origins[] = { "http://localhost:8080" };
static struct registry self = { .relying_party = { "localhost", { test_origins, 1 } }, .region_name = "みほん地域", .desk_phone = "",
                                .idle_minutes = 15,
                                .session_hours = 12, .login_failures = 5, .source_failures = 1000 };
static struct harness *harness;
static struct error err;

/* A person acting for an office; the session is made up. */
static inline void act (const char *person, const char *office, const char *municipality, enum role role)
{
    static struct harness_actor actor;

    actor = (struct harness_actor) { .person = person, .office = office, .municipality = municipality, .roles = ROLE_BIT (role) };
    harness_as (harness, &actor);
}

static inline void act_as_operator (void)
{
    act (harness_text (harness, "select person_id from account where login = 'operator'"),
         harness_text (harness, "select office_id from office where municipality = '000000'"), "000000", ROLE_OPERATOR);
}

static inline void must (int status, const char *what)
{
    if (status < 0) {
        printf ("Bail out! %s: %s %s\n", what, error_name_of (&err), err.detail);
        exit (255);
    }
}

static inline int put_municipality (const char *code, const char *name)
{
    struct municipality_put put = { .code = code, .prefecture = "北海道", .name = name, .desk_phone = "0123-45-6789" };

    return harness_call (harness, "municipality_put", &put, NULL, &err);
}

static inline int put_office (int number, const char *municipality, const char *name)
{
    struct office_put put = { .office_id = OFFICE (number), .municipality = municipality, .name = name, .phone = "011-222-3333" };

    return harness_call (harness, "office_put", &put, NULL, &err);
}

static inline int put_person (int number, const char *name, const char *kana, const char *email)
{
    struct person_put put = { PERSON (number), name, kana, email, NULL };

    return harness_call (harness, "person_put", &put, NULL, &err);
}

static inline int put_membership (int person, int office, enum role role)
{
    int roles[] = { role };
    struct membership_put put = { PERSON (person), OFFICE (office), { roles, 1 } };

    return harness_call (harness, "membership_put", &put, NULL, &err);
}

static inline int put_account (int person, const char *login, const char *password)
{
    struct account_put put = { .person_id = PERSON (person), .login = login, .password = password, .totp_secret = SECRET_32 };

    return harness_call (harness, "account_put", &put, NULL, &err);
}

/* What was told last of authenticators. */
static inline const char *authenticators_told (void)
{
    static char text[20];
    struct authenticators_changed event = { 0 };
    int person = 1;

    if (harness_last_event (harness, &authenticators_changed_message, &event) < 0)
        return "nothing";
    while (person < 4 && strcmp (event.person_id, PERSON (person)) != 0)
        person++;
    snprintf (text, sizeof text, "person %d: %d", person, (int) event.count);
    return text;
}

static inline void open_operator (void)
{
    char path[] = "/tmp/renkei-operator-XXXXXX";
    static const char text[] = "{\"login\":\"operator\",\"password\":\"" PASSWORD "\",\"totp_secret\":\"" SECRET_32 "\",\"name\":\"運用"
                                                                                                                    " 太郎\"}";
    int fd = mkstemp (path);

    if (fd < 0 || write (fd, text, sizeof text - 1) < 0)
        abort ();
    close (fd);
    must (first_operator_make (&self, path, &err), "first operator");
    unlink (path);
}

static inline void open_region (void)
{
    ARENA (arena);

    harness = harness_open (&registry_service, &self);
    memset (self.secret_key.bytes, 7, sizeof self.secret_key.bytes);
    self.gate = hash_gate_new (2, 19456, &err);
    self.book = login_book_open (arena_print (&arena, "%s user=renkei_registry_engine", getenv ("RENKEI_TEST_DATABASE")), &err);
    if (!self.gate || !self.book)
        must (-1, "open");
    harness_empty (harness, "municipality, person, office, login_ticket, login_throttle, login_log, subject, event_log, denial");
    open_operator ();
    act_as_operator ();
    must (put_municipality ("011002", "見本市"), "municipality");
    must (put_municipality ("012025", "隣町"), "municipality");
    must (put_office (1, "011002", "みほん訪問看護ステーション"), "office");
    must (put_office (2, "011002", "みほん診療所"), "office");
    must (put_office (3, "012025", "隣町診療所"), "office");
    must (put_person (1, "佐藤 花子", "サトウ ハナコ", "sato@station.example"), "person");
    must (put_membership (1, 1, ROLE_VISITING_NURSE), "membership");
    must (put_account (1, "Nurse.Sato", PASSWORD), "account");
}

static inline void close_region (void)
{
    harness_close (&harness);
    login_book_close (&self.book);
    hash_gate_destroy (&self.gate);
}

/* ---- log-in as a browser does it ----------------------------------------------------------------------------------------------------- */

/* A code that has not been used yet: the database forgets the last step instead of the test waiting 30 s. */
static inline const char *fresh_code (void)
{
    static char code[7];

    harness_sql (harness, "delete from totp_use");
    totp_code ((const unsigned char *) "12345678901234567890", 20, clock_real_us () / 1000000 / 30, code);
    return code;
}

static inline struct login_start_answer start_login (const char *login, const char *password)
{
    struct login_start start = { login, password };
    struct login_start_answer answer = { 0 };

    harness_as (harness, NULL);
    if (harness_call (harness, "login_start", &start, &answer, &err) < 0)
        answer = (struct login_start_answer) { 0 };
    return answer;
}

static inline int give_code (const char *ticket, const char *code, struct session_opened *answer)
{
    struct login_totp totp = { ticket, code };

    harness_as (harness, NULL);
    return harness_call (harness, "login_totp", &totp, answer, &err);
}

static inline struct session_opened log_in (const char *login)
{
    struct session_opened session = { 0 };

    must (give_code (start_login (login, PASSWORD).ticket, fresh_code (), &session), "log in");
    return session;
}

/* What session_actor says about a token: one column, NULL when there is no row. */
static inline const char *actor_column (const char *token, const char *column)
{
    return harness_text (harness, "select %s::text from session_actor (sha256 ('%s'))", column, token);
}

/* Acts as the gateway would let this token act. */
static inline bool act_with (const char *token)
{
    static struct harness_actor actor;
    const char *strength = actor_column (token, "strength"), *roles = actor_column (token, "array_to_string (roles, ',')");

    actor = (struct harness_actor) { 0 };
    if (!strength)
        return false;
    actor.person = actor_column (token, "person_id");
    actor.session = actor_column (token, "session_id");
    actor.office = actor_column (token, "office_id");
    actor.municipality = actor_column (token, "municipality");
    actor.strength = enum_number (&session_strength_type, strength);
    for (int role = 1; role <= ROLE_PARTNER; role++)
        if (strstr (roles, enum_name (&role_type, role)))
            actor.roles |= ROLE_BIT (role);
    harness_as (harness, &actor);
    return true;
}

static inline int64_t log_lines (const char *where)
{
    return harness_number (harness, "select count(*) from login_log where %s", where);
}

#endif
