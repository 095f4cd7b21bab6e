/* command_import.c - sends a file, shows what its import would do, and writes it with --run.
 *
 * A file that ends in .xz is unpacked on the way.  Limits: 64 MiB unpacked.
 */
#include <libgen.h>
#include <unistd.h>
#include "child.h"
#include "http.h"

enum { FILE_MOST = 64 * 1024 * 1024, PROBLEMS_SHOWN = 20 };

static int read_file (struct operator *self, const char *path, char **ret, size_t *ret_size)
{
    size_t length = strlen (path);
    char *unpack[] = { "xz", "-dc", "--", (char *) path, NULL }, *copy[] = { "cat", "--", (char *) path, NULL };

    (void) self;
    if (access (path, R_OK) < 0)
        return -1;
    return child_read (length > 3 && strcmp (path + length - 3, ".xz") == 0 ? unpack : copy, FILE_MOST, ret, ret_size) == 0 ? 0 : -1;
}

static const char *text_of (const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue (cJSON_GetObjectItem (object, name));

    return text ? text : "";
}

static long long number_of (const cJSON *object, const char *name)
{
    const cJSON *number = cJSON_GetObjectItem (object, name);

    return cJSON_IsNumber (number) ? (long long) number->valuedouble : 0;
}

static int upload (struct http *http, struct operator* self, const char *path, const char *bytes, size_t size, const char **ret_id,
                   struct error *err)
{
    cJSON *body = cJSON_CreateObject (), *begun = NULL;
    char *name = arena_text (&self->arena, path);

    cJSON_AddStringToObject (body, "name", basename (name));
    cJSON_AddNumberToObject (body, "size", (double) size);
    if (http_call (http, "POST", "/uploads", body, &begun, err) < 0)
        return -1;
    *ret_id = arena_text (&self->arena, text_of (begun, "upload_id"));
    cJSON_Delete (begun);
    if (http_send_file (http, arena_print (&self->arena, "/uploads/%s", *ret_id), bytes, size, err) < 0)
        return -1;
    return http_call (http, "POST", arena_print (&self->arena, "/uploads/%s/finish", *ret_id), NULL, NULL, err);
}

static int begin (struct http *http, struct operator *self, const char *upload_id, const char **ret_id, struct error *err)
{
    const char *date = option_text (self->options, "date"), *encoding = option_text (self->options, "encoding");
    cJSON *body = cJSON_CreateObject (), *begun = NULL;

    cJSON_AddStringToObject (body, "upload_id", upload_id);
    cJSON_AddStringToObject (body, "profile", option_text (self->options, "profile"));
    if (*date)
        cJSON_AddStringToObject (body, "source_date", date);
    if (*encoding)
        cJSON_AddStringToObject (body, "encoding", encoding);
    cJSON_AddBoolToObject (body, "force", option_number (self->options, "force") != 0);
    if (http_call (http, "POST", "/imports", body, &begun, err) < 0)
        return -1;
    *ret_id = arena_text (&self->arena, text_of (begun, "import_id"));
    cJSON_Delete (begun);
    return 0;
}

static void show_problems (const cJSON *report)
{
    const cJSON *problem;
    int shown = 0;

    cJSON_ArrayForEach (problem, cJSON_GetObjectItem (report, "problems")) {
        if (shown++ == PROBLEMS_SHOWN)
            break;
        printf ("  %lld行目 %s「%s」: %s%s\n", number_of (problem, "line"), text_of (problem, "column"), text_of (problem, "value"),
                text_of (problem, "reason"), cJSON_IsTrue (cJSON_GetObjectItem (problem, "refused")) ? "（取り込みません）" : "");
    }
}

static void show (const cJSON *report)
{
    printf ("%s  %lld行: 新規 %lld、変更 %lld、変更なし %lld、受け付けない行 %lld、確認が必要な値のある行 %lld、今回ないもの %lld\n",
            text_of (report, "file"), number_of (report, "rows_read"), number_of (report, "added"), number_of (report, "changed"),
            number_of (report, "unchanged"), number_of (report, "refused"), number_of (report, "doubtful"), number_of (report, "absent"));
    if (*text_of (report, "why"))
        printf ("  %s\n", text_of (report, "why"));
}

/* Waits until the import is past `during`; shows how far it is on a terminal. */
static int wait_while (struct http *http, struct operator *self, const char *import_id, const char *during, cJSON **ret, struct error *err)
{
    const char *path = arena_print (&self->arena, "/imports/%s?limit=%d", import_id, PROBLEMS_SHOWN + 1);

    for (;;) {
        if (http_call (http, "GET", path, NULL, ret, err) < 0)
            return -1;
        if (strcmp (text_of (*ret, "state"), during) != 0)
            return 0;
        if (isatty (STDERR_FILENO))
            fprintf (stderr, "\r%lld行 ", number_of (*ret, "rows_read"));
        cJSON_Delete (*ret);
        usleep (300000);
    }
}

static int check_and_run (struct http *http, struct operator *self, const char *import_id, struct error *err)
{
    cJSON *report = NULL;
    bool checked, done;

    if (wait_while (http, self, import_id, "checking", &report, err) < 0)
        return 1;
    show (report);
    show_problems (report);
    checked = strcmp (text_of (report, "state"), "checked") == 0;
    cJSON_Delete (report);
    if (!checked || !option_number (self->options, "run")) {
        if (checked)
            puts ("まだ登録していません。登録するには --run を付けてください。");
        return checked ? 0 : 1;
    }
    if (http_call (http, "POST", arena_print (&self->arena, "/imports/%s/run", import_id), NULL, NULL, err) < 0
        || wait_while (http, self, import_id, "running", &report, err) < 0)
        return 1;
    show (report);
    done = strcmp (text_of (report, "state"), "done") == 0;
    cJSON_Delete (report);
    puts (done ? "登録しました。" : "登録できませんでした。");
    return done ? 0 : 1;
}

int command_import (struct operator *self)
{
    HTTP (http) = NULL;
    const char *upload_id = NULL, *import_id = NULL;
    struct error err = { 0 };
    char *bytes = NULL;
    size_t size = 0;
    int status = 1;

    if (self->word_count != 1)
        return say_usage ("import FILE [--profile=kaigo-jigyosho] [--date=YYYY-MM-DD] [--encoding=cp932] [--force] [--run]");
    if (read_file (self, self->words[0], &bytes, &size) < 0) {
        fprintf (stderr, "renkei: %s を読めません（64MiBまで）\n", self->words[0]);
        free (bytes);
        return 1;
    }
    http = http_open (option_text (self->options, "base"), &err);
    if (http && http_login (http, self, &err) == 0 && upload (http, self, self->words[0], bytes, size, &upload_id, &err) == 0
        && begin (http, self, upload_id, &import_id, &err) == 0)
        status = check_and_run (http, self, import_id, &err);
    free (bytes);
    return err.key || *err.detail ? say_error (&err) : status;
}
