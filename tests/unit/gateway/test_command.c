/* Declared messages over HTTP: who may, what the headers must say, what goes to the service, and how its reply becomes an answer. */
#include "door.h"

#define SHEET "/api/v1/patients/" PATIENT "/sheet/condition"
#define ENTRIES "{\"entries\":[]}"

/* ---- who sends it ------------------------------------------------------------------------------------------------------------------ */

static void only_a_session_lets_in (void)
{
    refused (ask ("", "GET", "/api/v1/patients", NULL, NULL), 401, "log_in_first", "without a cookie nobody is asked");
    refused (ask ("stranger", "GET", "/api/v1/patients", NULL, NULL), 401, "log_in_first", "an unknown token is nobody's");
    refused (ask ("", "GET", "/api/v1/patients", "Cookie: renkei=nurse; renkei=officer\r\n", NULL), 401, "log_in_first",
             "two cookies of the name are none");
    refused (ask ("", "GET", "/api/v1/patients", "Cookie: renkeix=nurse; xrenkei=nurse\r\n", NULL), 401, "log_in_first",
             "a cookie of a similar name is not ours");
    refused (ask (arena_print (&door_arena, "%0101d", 1), "GET", "/api/v1/patients", NULL, NULL), 401, "log_in_first",
             "a token of 101 characters is not even looked up");
    refused (ask ("locked", "GET", "/api/v1/patients", NULL, NULL), 401, "session_locked", "S-07: a locked session asks nothing");
    refused (ask ("away", "GET", "/api/v1/patients", NULL, NULL), 503, "try_later", "without the database nobody is let in by guess");
    refused (ask ("officer", "PUT", "/api/v1/municipalities/011002", NULL, "{}"), 403, "not_for_role", "a role without the right is refused");
    is_number (ask ("nurse", "GET", "/api/v1/patients", NULL, NULL).status, 200, "a session lets in");
    is_number (ask ("later-nurse", "GET", "/api/v1/patients", NULL, NULL).status, 200, "…also one that is found a moment later");
    refused (ask ("later-stranger", "GET", "/api/v1/patients", NULL, NULL), 401, "log_in_first", "…and a stranger is refused then, too");
    refused (ask ("later-locked", "PUT", SHEET, "If-Match: 1\r\n", ENTRIES), 401, "session_locked",
             "a body that came in while the session was looked up goes nowhere when it is locked");
    is_number (ask ("locked", "GET", "/api/v1/session", NULL, NULL).status, 200, "S-07: a locked session may ask who it is");
    is_number (sent[0].header.strength, SESSION_STRENGTH_LOCKED, "…and the service is told that it is locked");
    ok (sent[0].header.context == NULL, "…without a context");
    is_number (gateway.waiting, 0, "nothing waits any more");
}

/* docs/decisions/0006: for what is declared so, a session that was good shortly before will do. */
static void the_database_is_away (void)
{
    remembered_as = "nurse";
    ask ("away", "GET", "/api/v1/duty?municipality=011002", NULL, NULL);
    is_number (sent_count, 1, "with the database away the duty table is asked for by a session that is remembered");
    ok (sent_count && sent[0].header.has_remembered && sent[0].header.remembered, "…which says that it is");
    ok (sent_count && !sent[0].header.context && sent[0].header.person_id, "…and opens nothing in the database: there is no context");
    refused (ask ("away", "GET", "/api/v1/patients", NULL, NULL), 503, "try_later", "nothing else is asked for by it");
    refused (ask ("away", "PUT", SHEET, "If-Match: 1\r\n", ENTRIES), 503, "try_later", "…or changed");
    remembered_as = "stranger";
    refused (ask ("away", "GET", "/api/v1/duty?municipality=011002", NULL, NULL), 401, "log_in_first", "nobody is remembered as somebody");
    remembered_as = NULL;
    refused (ask ("away", "GET", "/api/v1/duty?municipality=011002", NULL, NULL), 503, "try_later", "who is not remembered waits");
    ask ("nurse", "GET", "/api/v1/duty?municipality=011002", NULL, NULL);
    ok (sent_count == 1 && !sent[0].header.remembered && sent[0].header.context, "with the database there nobody is remembered");
}

static void who_goes_along (void)
{
    ask ("nurse", "GET", "/api/v1/patients", "User-Agent: 見本 Browser/1\r\n", NULL);
    is (sent[0].service, "sharing", "the message goes to its service");
    is (sent[0].message, "patient_list", "…by its name");
    ok (!sent[0].is_command, "…as a query");
    is (sent[0].header.person_id, PERSON, "the person goes along");
    is (sent[0].header.session_id, SESSION, "…with the session");
    is (sent[0].header.office_id, OFFICE, "…the office");
    is (sent[0].header.municipality, "011002", "…its municipality");
    is (sent[0].header.context, "v1|signed", "…the signed context");
    is (sent[0].header.purpose, "care", "…and why");
    is (sent[0].header.source, "127.0.0.1", "where it comes from is the peer");
    is (sent[0].header.device, "見本 Browser/1", "…and the browser as it names itself");
    ask ("nurse", "GET", "/api/v1/patients", "User-Agent: \xff\xfe\r\n", NULL);
    ok (sent[0].header.device == NULL, "a name of bytes that are no text is left out");
    ask ("nurse", "POST", "/api/v1/login", NULL, "{\"login\":\"a\",\"password\":\"b\"}");
    ok (sent_count == 1 && !sent[0].header.person_id && !sent[0].header.context, "what anyone may send goes as nobody, cookie or not");
    ok (sent[0].is_command, "…as a command: silence means unknown");
}

static void the_peer_behind_a_proxy (void)
{
    static const struct { const char *line, *wanted, *name; } cases[] = {
        { "X-Real-IP: 192.0.2.7\r\n", "192.0.2.7", "behind TLS the proxy tells the peer" },
        { "X-Real-IP: 2001:db8::7\r\n", "2001:db8::7", "…of either kind" },
        { "X-Real-IP: evil.example\r\n", "127.0.0.1", "…but no names" },
        { "X-Forwarded-For: 192.0.2.7\r\n", "127.0.0.1", "…and no other line counts" },
    };

    ask ("nurse", "GET", "/api/v1/patients", "X-Real-IP: 192.0.2.7\r\n", NULL);
    is (sent[0].header.source, "127.0.0.1", "without a proxy nobody chooses the source (S-08: it is what throttling counts)");
    gateway.behind_tls = true;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask ("nurse", "GET", "/api/v1/patients", cases[i].line, NULL);
        is (sent_count ? sent[0].header.source : "nothing sent", cases[i].wanted, cases[i].name);
    }
    gateway.behind_tls = false;
}

static void other_sites_send_nothing (void)
{
    static const struct { const char *lines, *name; } foreign[] = {
        { "Renkei-Client:\r\n", "an empty Renkei-Client" },
        { "Origin: https://evil.example\r\n", "another origin" },
        { "Origin: null\r\n", "no origin" },
        { "Origin: http://renkei.example.evil.example\r\n", "an origin that begins alike" },
        { "Sec-Fetch-Site: cross-site\r\n", "a browser says cross-site" },
        { "Sec-Fetch-Site: same-site\r\n", "a browser says same-site" },
        { "Sec-Fetch-Site: none\r\n", "a browser says none" },
        { "Origin: http://renkei.example\r\nSec-Fetch-Site: cross-site\r\n", "the right origin does not outweigh it" },
    };

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        refused (ask ("nurse", "POST", "/api/v1/feed/read", foreign[i].lines, "{\"position\":1}"), 403, "not_for_role", foreign[i].name);
    refused (ask ("nurse", "DELETE", "/api/v1/sessions/" SESSION, "Origin: https://evil.example\r\n", NULL), 403, "not_for_role",
             "DELETE is guarded as POST is");
    refused (ask ("", "POST", "/api/v1/login", "Origin: https://evil.example\r\n", "{\"login\":\"a\",\"password\":\"b\"}"), 403,
             "not_for_role", "log-in too: nobody is logged in to a stranger's account by a page elsewhere");
    is_number (ask ("nurse", "GET", "/api/v1/patients", "Origin: https://evil.example\r\nRenkei-Client: \r\n", NULL).status, 200,
               "a GET changes nothing and needs no guard");
    is_number (ask ("nurse", "POST", "/api/v1/feed/read", "Origin: http://RENKEI.example\r\nSec-Fetch-Site: same-origin\r\n",
                    "{\"position\":1}").status, 200, "our own page passes");
}

/* ---- what the headers say ---------------------------------------------------------------------------------------------------------- */

static void keys (void)
{
    static const char *const bad[] = { "Idempotency-Key:\r\n", "Idempotency-Key: a b\r\n", "Idempotency-Key: 鍵\r\n",
                                       "Idempotency-Key: 123456789012345678901234567890123456789012345678901234567890123456789012345678901\r\n" };
    static const char without[] =
        "POST /api/v1/feed/read HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRenkei-Client: t\r\nCookie: renkei=nurse\r\n\r\n";

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused (ask ("nurse", "POST", "/api/v1/feed/read", bad[i], "{\"position\":1}"), 400, "key_missing", "an odd Idempotency-Key");
    refused (ask_raw (without, sizeof without - 1), 400, "key_missing", "POST without an Idempotency-Key");
    ask ("nurse", "POST", "/api/v1/feed/read", "Idempotency-Key: abc-123\r\n", "{\"position\":1}");
    is (sent_count ? sent[0].header.key : NULL, "abc-123", "the key goes along");
    ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", ENTRIES);
    ok (sent_count == 1 && !sent[0].header.key, "PUT repeats by itself and needs none");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\nIdempotency-Key: a b\r\n", ENTRIES), 400, "key_missing",
             "…but one that is given must be one");
}

static void versions (void)
{
    static const struct { const char *line; int64_t version; } good[] = {
        { "If-Match: \"12\"\r\n", 12 }, { "If-Match: 12\r\n", 12 }, { "If-Match: W/\"12\"\r\n", 12 }, { "If-Match: \"0\"\r\n", 0 },
    };
    static const char *const bad[] = { "*", "\"\"", "x", "\"x\"", "1.5", "\"1e3\"", "\"99999999999999999999\"", "\"12\", \"13\"", "\"12", "12\"",
                                       "\"12\"3", "W/12", "0x10", "\"+1\"" };

    refused (ask ("nurse", "PUT", SHEET, NULL, ENTRIES), 428, "version_missing", "a shared section is not changed without If-Match");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ask ("nurse", "PUT", SHEET, good[i].line, ENTRIES);
        is_number (sent_count ? ((struct sheet_section_update *) sent_message (0, &sheet_section_update_message))->base_version : -1,
                   good[i].version, "If-Match is the version the editor was looking at");
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct response response = ask ("nurse", "PUT", SHEET, arena_print (&door_arena, "If-Match: %s\r\n", bad[i]), ENTRIES);

        ok (response.status == 400 && sent_count == 0, arena_print (&door_arena, "If-Match: %s is no version", bad[i]));
    }
}

static void bodies (void)
{
    char *large = arena_alloc (&door_arena, BODY_MAX + 2);

    refused (ask ("nurse", "GET", "/api/v1/patients", NULL, "{}"), 400, "malformed", "a body where none belongs");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\nContent-Type: text/plain\r\n", ENTRIES), 415, "malformed", "a body that is not JSON");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\nContent-Type: application/jsonp\r\n", ENTRIES), 415, "malformed",
             "…nor a type that begins alike");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", "{\"entries\":["), 400, "malformed", "JSON that is cut off");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", "{\"entries\":[],\"entries\":[]}"), 400, "field_twice", "a name that comes twice");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", "{\"entries\":[],\"base_version\":7}"), 400, "field_unknown",
             "the version comes by If-Match only");
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", "{\"entries\":[],\"patient_id\":\"" OFFICE "\"}"), 400, "field_unknown",
             "…and whose sheet by the address only");
    memset (large, ' ', BODY_MAX + 1);
    refused (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", large), 413, "too_large", "a body of more than 1 MiB");
    memcpy (large + BODY_MAX - strlen (ENTRIES), ENTRIES, strlen (ENTRIES) + 1);
    is_number (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\n", large).status, 200, "…exactly 1 MiB is read");
    is_number (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\nContent-Type: Application/JSON; charset=utf-8\r\n", ENTRIES).status, 200,
               "a type in any case of letters, with its parameter");
    is_number (ask ("nurse", "PUT", SHEET, "If-Match: 1\r\nTransfer-Encoding: chunked\r\n", "5\r\n{\"ent\r\n9\r\nries\":[]}\r\n0\r\n\r\n").status,
               200, "a body in chunks is put together");
    is_number (ask ("nurse", "POST", "/api/v1/logout", NULL, NULL).status, 200, "no body is an empty object");
}

static void a_large_body_is_refused_before_it_comes (void)
{
    const char *lines = "If-Match: 1\r\nContent-Length: 5000000\r\n";
    struct response response = ask ("nurse", "PUT", SHEET, lines, "x");

    refused (response, 413, "too_large", "5 MB announced are refused at once");
    is (line_of (&response, "Connection"), "close", "…and the connection ends instead of reading them");
}

static void addresses (void)
{
    static const struct { const char *path, *key, *name; int status; } cases[] = {
        { "/api/v1/nothing", "no_such_message", "an address that means nothing", 404 },
        { "/api/v1/patients/", "no_such_message", "a slash at the end is another address", 404 },
        { "/api/v1/patients/x", "field_wrong_type", "an id that is none", 400 },
        { "/api/v1/patients/" PATIENT "/sheet/nonsense/versions", "field_unknown_choice", "a section there is not", 400 },
        { "/api/v1/patients?limit=x", "field_wrong_type", "a limit that is no number", 400 },
        { "/api/v1/patients?limit=1&limit=2", "malformed", "a parameter that comes twice", 400 },
        { "/api/v1/patients?nothing=1", "field_unknown", "a parameter there is not", 400 },
        { "/api/v1/patients?text=%00", "malformed", "a NUL in a parameter", 400 },
        { "/api/v1/patients%2fx", "malformed", "a slash in disguise", 400 },
        { "/api/v1/events", "no_such_message", "what only services ask each other has no address", 404 },
    };
    struct response response;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused (ask ("nurse", "GET", cases[i].path, NULL, NULL), cases[i].status, cases[i].key, cases[i].name);
    response = ask ("nurse", "PATCH", "/api/v1/patients", NULL, NULL);
    refused (response, 405, "no_such_message", "a method the address does not take");
    is (line_of (&response, "Allow"), "GET, POST", "…with those it takes");
    ask ("nurse", "GET", "/api/v1/patients?text=%E4%BD%90+%E8%97%A4&limit=3&mine=true&after=", NULL, NULL);
    is (sent_count ? ((struct patient_list *) sent_message (0, &patient_list_message))->text : NULL, "佐 藤", "parameters are decoded once");
    is_number (sent_count ? ((struct patient_list *) sent_message (0, &patient_list_message))->limit : -1, 3, "…numbers are numbers");
    ok (sent_count && !((struct patient_list *) sent_message (0, &patient_list_message))->after, "…and an empty one is not there");
}

/* ---- the reply --------------------------------------------------------------------------------------------------------------------- */

static void refusals_keep_their_kind (void)
{
    static const struct { enum error_kind kind; const char *key; int status; const char *retry, *ja, *en; } cases[] = {
        { ERROR_KIND_INVALID, "date_invalid", 400, NULL, "日付が正しくありません。", "Not a valid date." },
        { ERROR_KIND_FORBIDDEN, "not_for_role", 403, NULL, "この操作を行う権限がありません。", "You may not do this." },
        { ERROR_KIND_NOT_FOUND, "not_for_you", 404, NULL, "見つからないか、閲覧できません。", "Not found, or not open to you." },
        { ERROR_KIND_CONFLICT, "already_ended", 409, NULL, "すでに終了しています。", "Already ended." },
        { ERROR_KIND_RUNNING, "still_running", 409, "2", "同じ送信を処理中です。", "The same request is still running." },
        { ERROR_KIND_REUSED, "key_reused", 422, NULL, "同じ送信キーで別の内容が送られました。", "This key was used with other content." },
        { ERROR_KIND_TOO_MANY, "too_many_requests", 429, "10", "回数が多すぎます。しばらくお待ちください。", "Too many requests; please wait." },
        { ERROR_KIND_UNAVAILABLE, "try_later", 503, "2", "ただいま利用できません。少し待ってからもう一度お試しください。",
          "Not available now; please try again shortly." },
        { ERROR_KIND_UNKNOWN, "outcome_unknown", 504, "2",
          "登録できたか確認できませんでした。同じ内容をもう一度送信すると結果を確かめられます。",
          "It is not known whether this was recorded; sending it again will tell." },
        { ERROR_KIND_UNAUTHENTICATED, "login_wrong", 401, NULL, "認証に失敗しました。", "Log-in failed." },
        { 0, "surprise", 500, NULL, "内部の誤りです", "Internal error" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct response ja, en;

        refuse_with (cases[i].kind, cases[i].key);
        ja = ask ("nurse", "POST", "/api/v1/feed/read", NULL, "{\"position\":1}");
        en = ask ("nurse", "POST", "/api/v1/feed/read", "Accept-Language: en\r\n", "{\"position\":1}");
        is_number (ja.status, cases[i].status, arena_print (&door_arena, "%s is %d", cases[i].key, cases[i].status));
        ok (strstr (ja.body, cases[i].ja) && strstr (en.body, cases[i].en), "…in both languages");
        is (line_of (&ja, "Retry-After"), cases[i].retry, "…and when to try again");
        is (line_of (&ja, "Content-Type"), "application/problem+json", "…as problem+json");
        ok (strstr (ja.body, arena_print (&door_arena, "\"status\":%d,", cases[i].status)), "…which repeats the status");
    }
    reply_done ();
}

static void conflicts (void)
{
    static const struct section_view current = { .section = SHEET_SECTION_CONDITION, .version = 7, .written_by_name = "佐藤 花子" };
    static const struct sheet_conflict record = { .section = SHEET_SECTION_CONDITION, .current = (struct section_view *) &current };
    const struct reply_header header = { .kind = ERROR_KIND_CONFLICT, .key = "moved_on", .has_conflict = true, .conflict = true };
    struct response response;

    reply_with (&header, &sheet_conflict_message, &record);
    response = ask ("nurse", "PUT", SHEET, "If-Match: 3\r\n", ENTRIES);
    is_number (response.status, 412, "somebody was faster: 412");
    ok (strstr (response.body, "\"conflict\":{\"section\":\"condition\",\"current\":{\"section\":\"condition\",\"version\":7"),
        "…with what is current now, so that nothing is lost");
    replies[0].type = NULL;
    replies[0].raw = (struct bytes) { (const unsigned char *) "\xc1", 1 };
    response = ask ("nurse", "PUT", SHEET, "If-Match: 3\r\n", ENTRIES);
    ok (response.status == 412 && !strstr (response.body, "\"conflict\":"), "a record that cannot be read is left out; the status stays");
    reply_with (&header, NULL, NULL);
    is_number (ask ("nurse", "POST", "/api/v1/feed/read", NULL, "{\"position\":1}").status, 409, "without a version it is 409");
    reply_done ();
}

static void answers (void)
{
    static const struct sheet_section_updated updated = { 8, 3 };
    struct response response;

    reply_with (&(struct reply_header) { .ok = true }, &sheet_section_updated_message, &updated);
    response = ask ("nurse", "PUT", SHEET, "If-Match: 7\r\n", ENTRIES);
    is (line_of (&response, "ETag"), "\"8\"", "the new version is the ETag");
    ok (strcmp (response.body, "{\"version\":8,\"told\":3}") == 0, "the answer is JSON");
    is (line_of (&response, "Content-Type"), "application/json", "…and says so");
    is (line_of (&response, "Cache-Control"), "no-store", "nothing of it is kept on the way");
    is (line_of (&response, "X-Content-Type-Options"), "nosniff", "…or guessed at");
    is (line_of (&response, "Content-Security-Policy"), "default-src 'none'; frame-ancestors 'none'", "…or framed");
    ok (!line_of (&response, "Idempotency-Replayed") && !line_of (&response, "Set-Cookie"), "no header without a reason");
    replies[0].header.has_replayed = replies[0].header.replayed = true;
    response = ask ("nurse", "PUT", SHEET, "If-Match: 7\r\n", ENTRIES);
    is (line_of (&response, "Idempotency-Replayed"), "true", "a kept answer says that it is one");
    replies[0] = (struct reply) { .header = { .ok = true }, .raw = { (const unsigned char *) "\x81\xa1x", 3 } };
    response = ask ("nurse", "PUT", SHEET, "If-Match: 7\r\nAccept-Language: en\r\n", ENTRIES);
    ok (response.status == 500 && strstr (response.body, "\"key\":\"bug\""), "an answer that cannot be read is our fault, not theirs");
    reply_done ();
    bus_is_full = true;
    refused (ask ("nurse", "GET", "/api/v1/patients", NULL, NULL), 503, "try_later", "10,000 open requests: later");
    bus_is_full = false;
}

#define TERMINAL "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_"
#define LASTING "; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000"

/* A terminal's cookie comes beside the session's; to registry goes its digest, to nobody else anything. */
static void terminals (void)
{
    static const struct terminal_registered registered = { TERMINAL, SESSION, "指令台 1番" };
    static const struct session_opened opened = { "T0ken", SESSION, PERSON, "佐藤 花子", 15 };
    const char *login = "{\"ticket\":\"t\",\"code\":\"123456\"}", *there = "Cookie: renkei-terminal=" TERMINAL "\r\n";
    unsigned char digest[TOKEN_HASH_BYTES];
    struct response response;

    token_hash (TERMINAL, digest);
    reply_with (&(struct reply_header) { .ok = true }, &terminal_registered_message, &registered);
    response = ask ("nurse", "POST", "/api/v1/terminal", NULL, "{\"code\":\"ABCDE23456\"}");
    is (line_of (&response, "Set-Cookie"), "renkei-terminal=" TERMINAL LASTING, "S-07: a terminal's cookie outlasts the session");
    ok (!strstr (response.body, TERMINAL), "…and is not in the answer");
    ok (sent[0].header.terminal.size == 0, "a device without it says nothing of a terminal");
    reply_with (&(struct reply_header) { .ok = true }, &session_opened_message, &opened);
    response = ask ("", "POST", "/api/v1/login/totp", there, login);
    ok (sent[0].header.terminal.size == sizeof digest && memcmp (sent[0].header.terminal.data, digest, sizeof digest) == 0,
        "at log-in registry hears the digest");
    ok (strstr (response.head, "Set-Cookie: renkei=T0ken; ") && strstr (response.head, "Set-Cookie: renkei-terminal=" TERMINAL LASTING),
        "…and the cookie lasts anew beside the session's");
    response = ask ("", "POST", "/api/v1/login/totp", "Cookie: renkei-terminal=" TERMINAL "x\r\n", login);
    ok (sent[0].header.terminal.size == 0 && !strstr (response.head, "renkei-terminal"), "what cannot be a token is none, and is not given back");
    response = ask ("", "POST", "/api/v1/login/totp", "Cookie: renkei-terminal=" TERMINAL "; renkei-terminal=" TERMINAL "\r\n", login);
    ok (sent[0].header.terminal.size == 0, "…nor one that is there twice");
    reply_done ();
    refused (ask ("", "GET", "/api/v1/terminal", there, NULL), 401, "log_in_first", "a terminal's cookie alone is nobody");
    ask ("", "POST", "/api/v1/feed/read", "Cookie: renkei=nurse; renkei-terminal=" TERMINAL "\r\n", "{\"position\":1}");
    ok (sent_count == 1 && sent[0].header.person_id && sent[0].header.terminal.size == 0, "no other service hears of it");
}

static void cookies (void)
{
    static const struct session_opened opened = { "T0ken", SESSION, PERSON, "佐藤 花子", 15 };
    static const struct session_closed closed = { "" };
    const char *login = "{\"ticket\":\"t\",\"code\":\"123456\"}";
    struct response response;

    reply_with (&(struct reply_header) { .ok = true }, &session_opened_message, &opened);
    response = ask ("", "POST", "/api/v1/login/totp", NULL, login);
    is (line_of (&response, "Set-Cookie"), "renkei=T0ken; Path=/; HttpOnly; SameSite=Strict", "a session's token is a cookie no page can read");
    ok (!strstr (response.body, "T0ken"), "…and not in the answer");
    gateway.secure_cookie = true;
    gateway.cookie_name = "__Host-renkei";
    response = ask ("", "POST", "/api/v1/login/totp", NULL, login);
    is (line_of (&response, "Set-Cookie"), "__Host-renkei=T0ken; Path=/; HttpOnly; SameSite=Strict; Secure", "behind TLS it belongs to the host alone");
    refused (ask ("nurse", "GET", "/api/v1/patients", NULL, NULL), 401, "log_in_first", "…and the plain one counts no more (S-11)");
    gateway.secure_cookie = false;
    gateway.cookie_name = "renkei";
    reply_with (&(struct reply_header) { .ok = true }, &session_closed_message, &closed);
    forgotten = 0;
    response = ask ("nurse", "POST", "/api/v1/logout", NULL, NULL);
    is (line_of (&response, "Set-Cookie"), "renkei=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", "logging out takes it away");
    is_number (forgotten, 1, "what was remembered of the session is forgotten at once");
    reply_done ();
    ask ("nurse", "POST", "/api/v1/feed/read", NULL, "{\"position\":1}");
    ask ("nurse", "GET", "/api/v1/sessions", NULL, NULL);
    is_number (forgotten, 1, "…not by what changes no session");
}

static void traces (void)
{
    static const char good[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    static const char *const bad[] = { "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c", "x",
                                       "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-y" };
    struct response response;

    refuse_with (ERROR_KIND_INTERNAL, "bug");
    response = ask ("nurse", "GET", "/api/v1/patients", arena_print (&door_arena, "traceparent: %s\r\n", good), NULL);
    is (sent_count ? sent[0].header.trace : NULL, good, "the caller's trace goes on");
    ok (strstr (response.body, "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"") && strstr (response.body, "番号 0af7651916cd43dd8448eb211c80319c"),
        "…and is the number a person can tell us");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask ("nurse", "GET", "/api/v1/patients", arena_print (&door_arena, "traceparent: %s\r\n", bad[i]), NULL);
        ok (sent_count == 1 && strlen (sent[0].header.trace) == 55 && strcmp (sent[0].header.trace, bad[i]) != 0, "an odd trace is replaced");
    }
    reply_done ();
}

int main (void)
{
    open_door ();
    only_a_session_lets_in ();
    the_database_is_away ();
    who_goes_along ();
    the_peer_behind_a_proxy ();
    other_sites_send_nothing ();
    keys ();
    versions ();
    bodies ();
    a_large_body_is_refused_before_it_comes ();
    addresses ();
    refusals_keep_their_kind ();
    conflicts ();
    answers ();
    cookies ();
    terminals ();
    traces ();
    close_door ();
    return done ();
}
