/* Below /api/v1/fhir: refusals are OperationOutcomes, parameters bear FHIR's names. */
#include "door.h"
#include "fhir_outcome.h"

static void asked_for (void)
{
    struct response response;

    static const struct file_answer answer = { .body = { (const unsigned char *) "{}", 2 }, .media_type = "application/fhir+json; fhirVersion=4.0" };

    reply_with (&(struct reply_header) { .ok = true }, &file_answer_message, &answer);
    response = ask ("", "GET", "/api/v1/fhir/Organization?address-city=x&_count=5&_id=a", NULL, NULL);
    ok (response.status == 200 && strcmp (line_of (&response, "Content-Type"), "application/fhir+json; fhirVersion=4.0") == 0,
        "A-36 anybody asks, and is answered as FHIR");
    is (((const struct fhir_search *) sent_message (0, &fhir_search_message))->address_city, "x", "address-city");
    is_number (((const struct fhir_search *) sent_message (0, &fhir_search_message))->count, 5, "_count");
    is (((const struct fhir_search *) sent_message (0, &fhir_search_message))->id, "a", "_id");
}

static void what_is_refused (void)
{
    struct response response = ask ("", "GET", "/api/v1/fhir/Organization?color=red", NULL, NULL);

    ok (response.status == 400 && strcmp (line_of (&response, "Content-Type"), "application/fhir+json") == 0, "an unknown parameter is refused");
    ok (strstr (response.body, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"not-supported\""),
        "...by an OperationOutcome");
    response = ask ("", "GET", "/api/v1/fhir/Organization?_count=x", NULL, NULL);
    ok (response.status == 400 && strstr (response.body, "\"code\":\"invalid\"") && strstr (response.body, "\"diagnostics\":\"/count\""),
        "...that names what is wrong");
    response = ask ("", "GET", "/api/v1/fhir/a/b/c/d", "Accept-Language: en\r\n", NULL);
    ok (response.status == 404 && strstr (response.body, "\"code\":\"not-found\",\"details\":{\"text\":\"There is no such operation.\"}"),
        "an address that is none, in the reader's language");
    response = ask ("", "POST", "/api/v1/fhir/Organization", NULL, NULL);
    ok (response.status == 405 && strstr (response.body, "OperationOutcome"), "nothing is written");
    response = ask ("", "GET", "/api/v1/facilities?address-city=x", NULL, NULL);
    ok (strcmp (line_of (&response, "Content-Type"), "application/problem+json") == 0, "elsewhere a refusal is problem+json, as before");
}

static void codes (void)
{
    static const struct { enum error_key key; const char *code; } wanted[] = {
        { ERROR_NOT_FOR_YOU, "not-found" }, { ERROR_TRY_LATER, "transient" }, { ERROR_BUG, "exception" }, { ERROR_LOG_IN_FIRST, "login" },
        { ERROR_TOO_MANY_REQUESTS, "throttled" }, { ERROR_NOT_FOR_ROLE, "forbidden" }, { ERROR_KEY_REUSED, "processing" },
    };

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct error err;
        struct reply_header refusal;

        fail (&err, wanted[i].key, NULL, "x");
        refusal = refusal_of (&door_arena, &err);
        ok (strstr ((const char *) fhir_outcome (&door_arena, &refusal, JAPANESE, "trace").data,
                    arena_print (&door_arena, "\"code\":\"%s\"", wanted[i].code)), wanted[i].code);
    }
}

int main (void)
{
    open_door ();
    asked_for ();
    what_is_refused ();
    codes ();
    close_door ();
    return done ();
}
