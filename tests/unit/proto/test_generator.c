/* The generator on good declarations and on one slip after the other: each stops it, with file, line and a plain sentence. */
#define _GNU_SOURCE
#include <libgen.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

static char generator[400], folder[40], said[2000];

/* The program lies three folders above this test: BUILD/renkei-gen. */
static void find_generator (void)
{
    char self[300] = "";

    if (readlink ("/proc/self/exe", self, sizeof self - 1) < 0)
        abort ();
    snprintf (generator, sizeof generator, "%s/renkei-gen", dirname (dirname (dirname (dirname (self)))));
}

static void write_file (const char *name, const char *text)
{
    char path[300];
    FILE *out;

    snprintf (path, sizeof path, "%s/%s", folder, name);
    out = fopen (path, "w");
    if (!out)
        abort ();
    fputs (text, out);
    fclose (out);
}

static void make_folders (void)
{
    static const char *const names[] = { "types", "sharing", "notify", "envelope", "out" };
    char path[300];

    snprintf (folder, sizeof folder, "/tmp/renkei-gen-XXXXXX");
    if (!mkdtemp (folder))
        abort ();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf (path, sizeof path, "%s/%s", folder, names[i]);
        mkdir (path, 0700);
    }
    write_file ("types/role.type", "enum role\n  about \"Who.\"\n  value nurse 1 \"看護師\" \"nurse\"\n  value doctor 2 \"医師\" \"doctor\"\n"
                "group everyone\n  about \"All.\"\n  members nurse doctor\n");
    write_file ("types/error_kind.type", "enum error_kind\n  about \"Kind.\"\n  value invalid 1 \"誤り\" \"invalid\"\n");
    write_file ("types/error.type", "errors\n  error malformed invalid \"読めません。\" \"Cannot be read.\"\n");
    write_file ("notify/ping.query", "query ping\n  version 1\n  about \"Is notify there?\"\n  from gateway\n  to notify\n  answer done\n");
    write_file ("sharing/paged.answer",
                "answer paged\n  version 1\n  about \"Rows.\"\n  content rows\n  field rows bytes 99 required \"Rows.\"\n"
                "  field media_type text 40 required \"Type.\"\n  field next text 40 optional next_page \"Next.\"\n");
    write_file ("envelope/done.answer", "answer done\n  version 1\n  about \"Done.\"\n  field version i64 optional etag \"Version.\"\n");
}

/* Runs the generator over the folder and keeps what it says. */
static int run_generator (void)
{
    char command[2000];
    size_t size;
    FILE *in;
    int status;

    snprintf (command, sizeof command,
              "%s %s/out $(ls %s/*/*.type %s/*/*.answer %s/*/*.command %s/*/*.query %s/*/*.event 2>/dev/null) 2>&1", generator, folder,
              folder, folder, folder, folder, folder);
    in = popen (command, "r");
    size = fread (said, 1, sizeof said - 1, in);
    said[size] = '\0';
    status = pclose (in);
    return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

static void remove_file (const char *name)
{
    char path[300];

    snprintf (path, sizeof path, "%s/%s", folder, name);
    unlink (path);
}

/* ---- what is right ---------------------------------------------------------------------------------------------------------------- */

static bool written (const char *name, const char *wanted)
{
    static char text[200000];
    char path[300];
    size_t size;
    FILE *in;

    snprintf (path, sizeof path, "%s/out/%s", folder, name);
    in = fopen (path, "r");
    if (!in)
        return false;
    size = fread (text, 1, sizeof text - 1, in);
    text[size] = '\0';
    fclose (in);
    return strstr (text, wanted) != NULL;
}

static void good_declarations_are_written (void)
{
    write_file ("types/entry.type", "record entry\n  about \"One entry.\"\n  field text text 20 required personal \"Words.\"\n");
    write_file (
        "sharing/sheet_put.command",
        "command sheet_put\n  version 2\n  about \"Put a \\\\ sheet.\"\n  from nurse doctor\n  to sharing\n  answer done\n  key sheet_id\n"
        "  http PUT /sheets/{sheet_id}\n  field sheet_id uuid required path \"Which.\"\n  field base i64 required if_match \"Version.\"\n"
        "  field entries list record entry max 3 required \"Entries.\"\n  field late bool optional \"Late?\"\n");
    write_file (
        "sharing/sheet.query",
        "query sheet\n  version 1\n  about \"A sheet.\"\n  from everyone\n  to sharing\n  answer done\n  http GET /sheets/{sheet_id}\n"
        "  field sheet_id uuid required path \"Which.\"\n");
    write_file ("sharing/news.query",
                "query news\n  version 1\n  about \"News.\"\n  from gateway\n  to sharing\n  answer done\n"
                "  field since i64 required \"Position.\"\n");
    write_file ("sharing/sheet_put_done.event",
                "event sheet_put_done\n  version 1\n  about \"It was put.\"\n  from sharing\n  to notify\n  subject sheet_id\n  urgent\n"
                "  field sheet_id uuid required \"Which.\"\n");
    write_file ("sharing/report.command",
                "command report\n  version 1\n  about \"A partner's report.\"\n  from anyone\n  to sharing\n  answer done\n  http POST /reports\n"
                "  raw text\n  field key text 200 required personal bearer \"Key.\"\n  field content_type text 60 optional \"Type.\"\n"
                "  field text bytes 4000 required \"Text.\"\n");
    write_file ("sharing/rows.query",
                "query rows\n  version 1\n  about \"Rows.\"\n  from nurse\n  to sharing\n  answer paged\n  http GET /rows/{name}.csv\n"
                "  field name text 9 required path \"Name.\"\n  field page text 40 optional query page_key \"Page.\"\n");
    if (!ok (run_generator () == 0, "good declarations are taken"))
        note ("%s", said);
    ok (written ("messages.h", "bool has_late;\n    bool late;"), "an optional boolean has a mark");
    ok (written ("messages.h", "struct entry_list { const struct entry *items; size_t count; };"), "a list of records has a struct");
    ok (written ("messages.c", "&sheet_put_fields[0] };"), "the key is found");
    ok (written ("messages.c", "IS_EVENT | IS_URGENT"), "marks become flags");
    ok (written ("messages.c", "IS_QUERY | IS_OF_GATEWAY"), "what the gateway asks for itself is marked");
    ok (written ("sharing_routes.h", "{ &news_message, &done_message, NULL, 0x0ull, false, false, call_sharing_news }"),
        "…and open to no service and no role");
    ok (written ("errors.h", "ERROR_MALFORMED = 1"), "errors become numbers");
    ok (written ("sharing_routes.h", "int sharing_handle_sheet_put (struct sharing *self"), "a handler is asked for");
    ok (written ("sharing_routes.h", "{ &sheet_put_message, &done_message, NULL, 0x3ull, false, false, call_sharing_sheet_put }"),
        "roles become a mask");
    ok (written ("notify_routes.h", "int notify_hear_sheet_put_done"), "a hearing is asked for");
    ok (written ("http_routes.h", "{ \"PUT\", \"/sheets/{sheet_id}\", \"sharing\", &sheet_put_message"), "the gateway gets its row");
    ok (written ("CATALOG.md", "看護師 (nurse)、医師 (doctor)"), "the catalogue speaks Japanese");
    ok (written ("openapi.json", "\"summary\": \"Put a \\\\\\\\ sheet.\""), "texts are escaped");
    ok (written ("messages.ts", "export interface SheetPut {"), "TypeScript gets its types");
    ok (written ("messages.c", "FIELD_BYTES, offsetof (struct report, text), SIZE_MAX, 4000, 0, FROM_RAW, IS_REQUIRED,")
        && written ("messages.c", "FROM_BEARER, IS_REQUIRED | IS_PERSONAL") && written ("messages.c", "FROM_CONTENT_TYPE, 0,")
        && written ("messages.c", "IS_COMMAND | IS_RAW"), "a raw body and a partner's key have places of their own");
    ok (written ("messages.c", "FROM_BODY, IS_REQUIRED | IS_CONTENT") && written ("messages.ts", "content: true"),
        "…and so has a document");
    ok (written ("openapi.json", "\"*/*\": {") && written ("openapi.json", "\"partner\": ["), "…which the description tells partners");
    ok (written ("CATALOG.md", "The body goes as it is into `text`") && written ("CATALOG.md", "it is the document in `rows`"),
        "…and people");
    remove_file ("sharing/report.command");
    remove_file ("sharing/rows.query");
    remove_file ("sharing/sheet_put.command");
    remove_file ("sharing/sheet.query");
    remove_file ("sharing/sheet_put_done.event");
    remove_file ("types/entry.type");
}

/* ---- what is wrong ---------------------------------------------------------------------------------------------------------------- */

#define COMMAND "command x\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing\n  answer done\n"
#define QUERY "query x\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing\n  answer done\n"
#define EVENT "event x\n  version 1\n  about \"X.\"\n  from sharing\n  to notify\n"

#define RAW "command x\n  version 1\n  about \"X.\"\n  from anyone\n  to sharing\n  answer done\n  http POST /x\n"
#define BYTES "  field a bytes 9 required \"A.\"\n"
#define KEYED "  field k text 200 required personal bearer \"K.\"\n"

static const struct { const char *file, *text, *wanted;
} slips[] = {
    { "sharing/x.command", "command x\n  version 1\n  from nurse\n  to sharing\n  answer done\n",
      "sharing/x.command:1: command x has no about" },
    { "sharing/x.command", "command x\n  about \"X.\"\n  from nurse\n  to sharing\n  answer done\n", ":1: command x has no version" },
    { "sharing/x.command", "command x\n  version 1\n  about \"X.\"\n  to sharing\n  answer done\n",
      ":1: command x needs from, to and answer" },
    { "sharing/x.command", COMMAND "  field a uuid required\n", ":7: field a needs one sentence in quotes" },
    { "sharing/x.command", COMMAND "  field a uuid required \"A.\"\n  field a uuid required \"A.\"\n", ":8: field a is there twice" },
    { "sharing/x.command", COMMAND "  field a uuid \"A.\"\n", ":7: field a must be either required or optional" },
    { "sharing/x.command", COMMAND "  field a uuid required optional \"A.\"\n", ":7: field a must be either required or optional" },
    { "sharing/x.command", COMMAND "  field a float required \"A.\"\n", ":7: unknown type float of field a" },
    { "sharing/x.command", COMMAND "  field a text required \"A.\"\n", ":7: a number is expected behind text" },
    { "sharing/x.command", COMMAND "  field a list text 20 required \"A.\"\n", ":7: list a has no max" },
    { "sharing/x.command", COMMAND "  field a list bool max 3 required \"A.\"\n", ":7: field a: there are no lists of bool" },
    { "sharing/x.command", COMMAND "  field a enum colour required \"A.\"\n", ":7: field a: unknown enum colour" },
    { "sharing/x.command", COMMAND "  field a record role required \"A.\"\n", ":7: field a: unknown record role" },
    { "sharing/x.command", COMMAND "  field a uuid required key \"A.\"\n",
      ":7: key begins a line of its own and cannot stand behind field a" },
    { "sharing/x.command", COMMAND "  field a uuid required shiny \"A.\"\n", ":7: unknown or repeated word shiny behind field a" },
    { "sharing/x.command", COMMAND "  field for uuid required \"A.\"\n", ":7: for means something in C" },
    { "sharing/x.command", COMMAND "  field A uuid required \"A.\"\n", ":7: A is not a name" },
    { "sharing/x.command", COMMAND "  field a uuid required \"A.\n", ":7: the text that begins with \"A." },
    { "sharing/x.command", COMMAND "  key b\n  field a uuid required \"A.\"\n", ":1: x: b is not one of its fields" },
    { "sharing/x.command", COMMAND "  key a\n  field a uuid optional \"A.\"\n", ":8: field a is a key and must be one required" },
    { "sharing/x.command", COMMAND "  conflict nothing\n", ":1: x: unknown conflict nothing" },
    { "sharing/x.command", COMMAND "  http GET /x\n", ":1: x: queries are GET" },
    { "sharing/x.command", COMMAND "  http PUT /x/{a}\n", ":1: x: {a} of the path is not a path field" },
    { "sharing/x.command", COMMAND "  http PUT /x/{a}\n  field a uuid required \"A.\"\n", ":1: x: {a} of the path is not a path field" },
    { "sharing/x.command", COMMAND "  http PUT /x\n  field a uuid required path \"A.\"\n", ":8: field a does not stand in the path /x" },
    { "sharing/x.command", COMMAND "  http PUT /x/{a}\n  field a uuid optional path \"A.\"\n",
      ":8: field a comes from the path and cannot be optional" },
    { "sharing/x.command", COMMAND "  field a uuid required path \"A.\"\n",
      ":7: field a: path, query, if_match, bearer and raw need an http line" },
    { "sharing/x.command", COMMAND "  http DELETE /x\n  field a uuid required \"A.\"\n", ":8: field a: DELETE has no body" },
    { "sharing/x.command", COMMAND "  http PUT /x\n  field a text 3 required if_match \"A.\"\n",
      ":8: field a: if_match is a required i64" },
    { "sharing/x.command", COMMAND "  field a i64 required etag \"A.\"\n", ":7: field a: etag, cookie and next_page belong to answers" },
    { "sharing/x.command", COMMAND "  stream\n", ":1: x is a stream: its last field holds the bytes" },
    { "sharing/x.command", COMMAND "  members nurse\n", ":7: members cannot stand in command x" },
    { "sharing/x.command", COMMAND "  about \"Y.\"\n", ":7: about is said twice" },
    { "sharing/x.command", "command x\n  version 1\n  about \"X.\"\n  from cook\n  to sharing\n  answer done\n", ":1: unknown role cook" },
    { "sharing/x.command", "command x\n  version 1\n  about \"X.\"\n  from anyone nurse\n  to sharing\n  answer done\n",
      ":1: x: anyone stands alone" },
    { "sharing/x.command", "command x\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing\n  answer nothing\n",
      ":1: x: unknown answer nothing" },
    { "sharing/x.command", "command x\n  version 1\n  about \"X.\"\n  from nurse\n  to notify\n  answer done\n",
      ":1: x goes to notify but lies in proto/sharing" },
    { "sharing/x.command", "  about \"X.\"\n", ":1: about: the first line must declare something" },
    { "sharing/x.command", "# nothing\n", "x.command:1: declares nothing" },
    { "sharing/x.command", "command done\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing\n  answer done\n",
      "done is already declared in" },
    { "sharing/x.command", "command request\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing\n  answer done\n",
      ":1: request means something" },
    { "sharing/x.query", QUERY "  http POST /x\n", ":1: x: queries are GET" },
    { "sharing/x.query", QUERY "  http GET /x\n  field a uuid required \"A.\"\n", ":8: field a: GET has no body" },
    { "sharing/x.query", QUERY "  http GET /x\n  field a list uuid max 3 required query \"A.\"\n",
      ":8: field a: only single values come from path or query" },
    { "sharing/x.query", QUERY "  http GET /x\n  field a uuid required query path \"A.\"\n", ":8: field a comes from two places" },
    { "sharing/x.event", EVENT "  field a uuid required \"A.\"\n", ":1: event x has no subject" },
    { "sharing/x.event", EVENT "  subject a\n  field a text 9 required \"A.\"\n", ":7: field a is a subject and must be a uuid" },
    { "sharing/x.event", "event x\n  version 1\n  about \"X.\"\n  from notify\n  to sharing\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x comes from notify but lies in proto/sharing" },
    { "sharing/x.event",
      "event x\n  version 1\n  about \"X.\"\n  from sharing\n  to sharing\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x: sharing does not hear itself" },
    { "types/x.type", "enum x\n  about \"X.\"\n  value a 1 \"あ\" \"a\"\n  value b 1 \"い\" \"b\"\n",
      ":4: b 1 is already taken in line 3" },
    { "types/x.type", "enum x\n  about \"X.\"\n  value a 1 \"あ\"\n", ":3: a needs a Japanese and an English text" },
    { "types/x.type", "enum x\n  about \"X.\"\n  value a 0 \"あ\" \"a\"\n", ":3: 0 is not a number from 1" },
    { "types/x.type", "enum x\n  about \"X.\"\n", ":1: enum x has no values" },
    { "types/x.type", "record x\n  about \"X.\"\n  field a record x required \"A.\"\n", ":1: record x contains itself" },
    /* bodies that are not JSON, keys that are no sessions */
    { "sharing/x.command", RAW "  raw b\n" BYTES, ":1: x: raw names one required bytes field" },
    { "sharing/x.command", RAW "  raw a\n  raw a\n" BYTES, ":9: raw is said twice" },
    { "sharing/x.command", RAW "  raw a\n  field a text 9 required \"A.\"\n", ":1: x: raw names one required bytes field" },
    { "sharing/x.command", RAW "  raw a\n  field a bytes 9 optional \"A.\"\n", ":1: x: raw names one required bytes field" },
    { "sharing/x.command", RAW "  raw a\n  field a bytes 262145 required \"A.\"\n", "field of at most 262144 bytes" },
    { "sharing/x.command", RAW "  raw a\n" BYTES "  field b text 9 optional \"B.\"\n",
      ":10: field b: the body of a raw message is a alone" },
    { "sharing/x.command", RAW "  raw a\n" BYTES "  field content_type i64 optional \"B.\"\n",
      ":10: field content_type of a raw message is an optional text" },
    { "sharing/x.command", COMMAND "  raw a\n" BYTES, ":1: x: raw goes with POST or PUT" },
    { "sharing/x.command", COMMAND "  http DELETE /x\n  raw a\n" BYTES, ":1: x: raw goes with POST or PUT" },
    { "sharing/x.command", RAW "  raw a\n  stream\n" BYTES, ":1: x: raw goes with POST or PUT, and not with stream" },
    { "sharing/x.query", QUERY "  raw a\n", ":7: raw cannot stand in query x" },
    { "sharing/x.command", RAW KEYED "  field k text 200 required personal bearer \"K.\"\n", ":9: field k is there twice" },
    { "sharing/x.command", RAW KEYED "  field l text 200 required personal bearer \"L.\"\n",
      "more than one etag, cookie, if_match or bearer" },
    { "sharing/x.command", COMMAND "  http PUT /x\n" KEYED,
      ":8: field k: bearer is a required personal text of at most 200 bytes, in a message" },
    { "sharing/x.command", RAW "  field k text 201 required personal bearer \"K.\"\n", ":8: field k: bearer is a required personal text" },
    { "sharing/x.command", RAW "  field k text 200 optional personal bearer \"K.\"\n", ":8: field k: bearer is a required personal text" },
    { "sharing/x.command", RAW "  field k text 200 required bearer \"K.\"\n", ":8: field k: bearer is a required personal text" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  content a\n", ":1: x: content names one required bytes field" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  content a\n" BYTES, ":1: x: content needs a required text media_type" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  content a\n" BYTES "  field media_type text 9 optional \"T.\"\n",
      ":1: x: content needs a required text media_type" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  content a\n" BYTES "  field media_type text 9 required \"T.\"\n"
                          "  field file_name i64 optional \"N.\"\n", ":1: x: content needs a required text media_type; its file_name is a text" },
    { "sharing/x.command", COMMAND "  content a\n", ":7: content cannot stand in command x" },
    { "sharing/x.query", "query x\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing\n  answer paged\n",
      ":1: x: the content of paged comes in pages, which needs a page_key" },
    { "types/x.type", "errors\n  error a unheard \"あ\" \"a\"\n", "errors is already declared" },
    /* lines that say more, less or something else than they may */
    { "sharing/x.command", COMMAND "  version 2\n", ":7: version cannot stand in command x" },
    { "sharing/x.command", "command x\n  version 1 2\n", ":2: version takes one number and nothing else" },
    { "sharing/x.command", "command x\n  version 1 \"first\"\n", ":2: version takes one number and nothing else" },
    { "sharing/x.command", "command x\n  version one\n", ":2: a number is expected behind version" },
    { "sharing/x.command", "command x\n  version 1x\n", ":2: 1x is not a number from 1 to 100000000" },
    { "sharing/x.command", "command x\n  version 99999999999999999999\n", ":2: 99999999999999999999 is not a number from 1" },
    { "sharing/x.command", "command x\n  about\n", ":2: about needs one sentence in quotes" },
    { "sharing/x.command", "command x\n  about \"\"\n", ":2: about needs one sentence in quotes" },
    { "sharing/x.command", "command x\n  about X.\n", ":2: about needs one sentence in quotes" },
    { "sharing/x.command", "command x\n  about \"X.\" \"Y.\"\n", ":2: about needs one sentence in quotes" },
    { "sharing/x.command", "command x\n  about \"X.\" \"Y.\" \"Z.\"\n", ":2: a line has at most two texts" },
    { "sharing/x.command", "command x\n  about \"X.\" said\n", ":2: words come before the text, not behind it: said" },
    { "sharing/x.command", "command x\n  about \"a\tb\"\n", ":2: a text holds no control character" },
    { "sharing/x.command", "command x\n  about \"a */ b\"\n", ":2: a text holds no control character and no end of a comment" },
    { "sharing/x.command", "command x\n  \"X.\"\n", ":2: a line begins with a word, not with a text" },
    { "sharing/x.command", "command x y\n", ":1: command needs one name and nothing else" },
    { "sharing/x.command", "command x \"X.\"\n", ":1: command needs one name and nothing else" },
    { "sharing/x.command", "command\n", ":1: a name is expected behind command" },
    { "sharing/x.command", "command 1x\n", ":1: 1x is not a name" },
    { "sharing/x.command", "command a234567890123456789012345678901234567890123456789012345678901\n", "at most 60)" },
    { "sharing/x.command", "commnad x\n", ":1: commnad: the first line must declare something" },
    { "sharing/x.command", COMMAND "  answer done\n", ":7: answer is said twice" },
    { "sharing/x.command", COMMAND "  from doctor\n", ":7: from is said twice" },
    { "sharing/x.command", COMMAND "  to\n", ":7: to is said twice" },
    { "sharing/x.command", "command x\n  from\n", ":2: from needs a word" },
    { "sharing/x.command", "command x\n  from nurse \"and others\"\n", ":2: from takes words only" },
    { "sharing/x.command", "command x\n  answer done urgent\n", ":2: answer takes one name and nothing else" },
    { "sharing/x.command", COMMAND "  key a urgent\n  field a uuid required \"A.\"\n", ":7: key takes one name and nothing else" },
    { "sharing/x.command", COMMAND "  urgent urgent\n", ":7: urgent stands alone and once" },
    { "sharing/x.command", COMMAND "  urgent\n  urgent\n", ":8: urgent stands alone and once" },
    { "sharing/x.command", COMMAND "  locked \"so\"\n", ":7: locked stands alone and once" },
    { "sharing/x.command", COMMAND "  state\n", ":7: state cannot stand in command x" },
    { "sharing/x.command", COMMAND "  subject a\n", ":7: subject cannot stand in command x" },
    { "sharing/x.command", COMMAND "  http POST\n", ":7: http needs a method and a path" },
    { "sharing/x.command", COMMAND "  http POST x\n", ":7: http needs a method and a path" },
    { "sharing/x.command", COMMAND "  http PATCH /x\n", ":1: x: queries are GET, commands are POST, PUT or DELETE" },
    { "sharing/x.command", COMMAND "  http put /x\n", ":1: x: queries are GET, commands are POST, PUT or DELETE" },
    { "sharing/x.command", COMMAND "  http PUT /x/{a\n  field a uuid required path \"A.\"\n",
      ":8: field a does not stand in the path /x/{a" },
    { "sharing/x.command", "command x\n  version 1\n  about \"X.\"\n  from nurse\n  to sharing notify\n  answer done\n",
      ":1: command x goes to one service" },
    { "sharing/x.command", COMMAND "  conflict sheet\n", ":1: x: unknown conflict sheet" },
    /* fields */
    { "sharing/x.command", COMMAND "  field\n", ":7: a name is expected behind field" },
    { "sharing/x.command", COMMAND "  field a\n", ":7: field a has no type" },
    { "sharing/x.command", COMMAND "  field a list\n", ":7: field a has no type" },
    { "sharing/x.command", COMMAND "  field a text 0 required \"A.\"\n", ":7: 0 is not a number from 1" },
    { "sharing/x.command", COMMAND "  field a text -1 required \"A.\"\n", ":7: a number is expected behind text" },
    { "sharing/x.command", COMMAND "  field a list uuid max required \"A.\"\n", ":7: a number is expected behind max" },
    { "sharing/x.command", COMMAND "  field a list list uuid max 3 required \"A.\"\n", ":7: unknown type list of field a" },
    { "sharing/x.command", COMMAND "  field a list bytes 9 max 3 required \"A.\"\n", ":7: field a: there are no lists of bytes" },
    { "sharing/x.command", COMMAND "  field a enum required \"A.\"\n", ":7: field a must be either required or optional" },
    { "sharing/x.command", COMMAND "  field a uuid required required \"A.\"\n", ":7: unknown or repeated word required behind field a" },
    { "sharing/x.command", COMMAND "  field a uuid required \"\"\n", ":7: field a needs one sentence in quotes" },
    { "sharing/x.command", COMMAND "  field a uuid required \"A.\" \"B.\"\n", ":7: field a needs one sentence in quotes" },
    { "sharing/x.command", COMMAND "  key a\n  field a i64 required \"A.\"\n",
      ":8: field a is a key and must be one required uuid or text" },
    { "sharing/x.command", COMMAND "  key a\n  field a list uuid max 2 required \"A.\"\n",
      ":8: field a is a key and must be one required" },
    { "sharing/x.command", COMMAND "  field a text 9 required page_key \"A.\"\n",
      ":7: field a: page_key and page_limit belong to queries" },
    { "sharing/x.query", QUERY "  field a uuid required page_limit \"A.\"\n", ":7: field a: etag and page_limit are i64" },
    { "sharing/x.query", QUERY "  field a list i64 max 2 required page_limit \"A.\"\n", ":7: field a: etag and page_limit are i64" },
    { "sharing/x.query", QUERY "  field a i64 optional page_key \"A.\"\n", ":7: field a: cookie, page_key and next_page are text" },
    { "sharing/x.query", QUERY "  http GET /x\n  field a i64 required if_match \"A.\"\n",
      ":8: field a: if_match is a required i64 of a command" },
    { "sharing/x.query", QUERY "  secret_answer\n", ":7: secret_answer cannot stand in query x" },
    { "sharing/x.query", QUERY "  stream\n", ":7: stream cannot stand in query x" },
    { "sharing/x.query", QUERY "  key a\n", ":7: key cannot stand in query x" },
    { "sharing/x.query", QUERY "  conflict done\n", ":1: x: unknown conflict done" },
    { "sharing/x.command", COMMAND "  http PUT /x\n  field a i64 required if_match \"A.\"\n  field b i64 required if_match \"B.\"\n",
      ":1: x has more than one etag, cookie, if_match or bearer" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  field a i64 optional etag \"A.\"\n  field b i64 optional etag \"B.\"\n",
      ":1: x has more than one etag, cookie, if_match or bearer" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  field a i64 optional cookie \"A.\"\n",
      ":4: field a: cookie, page_key and next_page are text" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  field a text 9 optional lasting \"A.\"\n",
      ":4: field a: only a cookie is lasting" },
    { "sharing/x.answer", "answer x\n  version 1\n  about \"X.\"\n  from nurse\n", ":4: from cannot stand in answer x" },
    /* events */
    { "sharing/x.event", EVENT "  answer done\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x needs from and to, and has no answer, conflict or http" },
    { "sharing/x.event", EVENT "  http POST /x\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x needs from and to, and has no answer" },
    { "sharing/x.event",
      "event x\n  version 1\n  about \"X.\"\n  from sharing\n  to none notify\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x: none stands alone" },
    { "sharing/x.event", "event x\n  version 1\n  about \"X.\"\n  from sharing\n  to notfy\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x: there is no service notfy" },
    { "sharing/x.event",
      "event x\n  version 1\n  about \"X.\"\n  from sharing notify\n  to notify\n  subject a\n  field a uuid required \"A.\"\n",
      ":1: event x comes from sharing but lies in proto/sharing" },
    { "sharing/x.event", EVENT "  locked\n", ":6: locked cannot stand in event x" },
    /* types */
    { "types/x.type", "enum x\n  about \"X.\"\n  value a 1 2 \"あ\" \"a\"\n", ":3: unknown word 2" },
    { "types/x.type", "enum x\n  about \"X.\"\n  value a 1 \"\" \"a\"\n", ":3: a needs a Japanese and an English text" },
    { "types/x.type", "enum x\n  about \"X.\"\n  value a 1 \"あ\" \"a\"\n  value a 2 \"い\" \"b\"\n",
      ":4: a 2 is already taken in line 3" },
    { "types/x.type", "enum x\n  about \"X.\"\n  value A 1 \"あ\" \"a\"\n", ":3: A is not a name" },
    { "types/x.type", "enum x\n  version 1\n", ":2: version cannot stand in enum x" },
    { "types/x.type", "enum x\n  about \"X.\"\n  field a uuid required \"A.\"\n", ":3: field cannot stand in enum x" },
    { "types/x.type", "record x\n  value a 1 \"あ\" \"a\"\n", ":2: value cannot stand in record x" },
    { "types/x.type", "record x\n  about \"X.\"\n  field a i64 optional etag \"A.\"\n",
      ":3: field a: etag, cookie and next_page belong to answers" },
    { "types/x.type", "record x\n  about \"X.\"\n  field a uuid required path \"A.\"\n",
      ":3: field a: path, query, if_match, bearer and raw need an http line" },
    { "types/x.type", "group x\n  about \"X.\"\n", ":1: group x has no members" },
    { "types/x.type", "group x\n  members nurse\n", ":1: group x has no about" },
    { "types/x.type", "group x\n  about \"X.\"\n  members everyone\n", ":1: group x: unknown role everyone" },
    { "types/x.type", "group nurse\n  about \"X.\"\n  members doctor\n", ":1: nurse is both a role and a group" },
    { "types/x.type", "record x\n  about \"X.\"\n  field a record y required \"A.\"\nrecord y\n", ":4: record cannot stand in record x" },
    { "types/x.type", "record a\n  about \"A.\"\n  field b record b required \"B.\"\n", ":3: field b: unknown record b" },
    { "types/x.type", "record x\n  about \"X.\"\n  field a record x optional \"A.\"\n", ":1: record x contains itself" },
    { "types/x.type", "enum messages\n  about \"X.\"\n  value a 1 \"あ\" \"a\"\n", ":1: messages means something in C or in the runtime" },
    { "types/x.type", "group x\n  about \"X.\"\n  members nurse cook\n", ":1: group x: unknown role cook" },
};

static void every_slip_is_told (void)
{
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        int rc;

        write_file (slips[i].file, slips[i].text);
        rc = run_generator ();
        if (!ok (rc == 1 && strstr (said, slips[i].wanted), slips[i].wanted))
            note ("it said (%d): %s", rc, said);
        remove_file (slips[i].file);
    }
}

/* r1 holds r2 holds … : a message around the eighth record has nine levels. */
static void depth_is_bounded (void)
{
    char name[40], text[200];

    for (int i = 1; i <= 8; i++) {
        snprintf (name, sizeof name, "types/r%d.type", i);
        if (i < 8)
            snprintf (text, sizeof text, "record r%d\n  about \"R.\"\n  field a record r%d required \"A.\"\n", i, i + 1);
        else
            snprintf (text, sizeof text, "record r8\n  about \"R.\"\n  field a i64 required \"A.\"\n");
        write_file (name, text);
    }
    ok (run_generator () == 0, "eight levels are taken");
    write_file ("types/r0.type", "record r0\n  about \"R.\"\n  field a record r1 required \"A.\"\n");
    ok (run_generator () == 1 && strstr (said, "r0 nests 9 levels deep; 8 are allowed"), "nine are not");
}

static void add_word (char *text, size_t room, const char *word)
{
    size_t size = strlen (text);

    snprintf (text + size, room - size, "%s", word);
}

static void refuses (const char *file, const char *text, const char *wanted)
{
    write_file (file, text);
    if (!ok (run_generator () == 1 && strstr (said, wanted), wanted))
        note ("it said: %s", said);
}

/* Slips that need two files, or a long one. */
static void slips_between_files (void)
{
    char text[6000] = COMMAND;
    size_t size = strlen (text);

    write_file ("types/a.type", "record a\n  about \"A.\"\n  field b record b required \"B.\"\n");
    refuses ("types/b.type", "record b\n  about \"B.\"\n  field c record c required \"C.\"\n", "b.type:3: field c: unknown record c");
    refuses ("types/b.type", "record b\n  about \"B.\"\n  field a record a required \"A.\"\n", ":1: record a contains itself");
    refuses ("types/b.type", "record b\n  about \"B.\"\n  field a list record a max 2 optional \"A.\"\n", ":1: record a contains itself");
    write_file ("types/b.type", "record b\n  about \"B.\"\n  field n i64 required \"N.\"\n");
    refuses ("sharing/x.answer", "answer a_list\n  version 1\n  about \"X.\"\n  field a list record a max 2 required \"A.\"\n",
             "the list of record a is called a_list, which is declared already");
    remove_file ("sharing/x.answer");
    refuses ("types/c.type", "record a_1\n  about \"C.\"\nrecord d\n", ":3: record cannot stand in record a_1");
    write_file ("types/a.type", "record step1\n  about \"A.\"\n  field n i64 required \"N.\"\n");
    refuses ("types/c.type", "record step_1\n  about \"C.\"\n  field n i64 required \"N.\"\n", "are both called Step1 in TypeScript");
    remove_file ("types/a.type");
    remove_file ("types/b.type");
    remove_file ("types/c.type");
    for (int i = 0; i < 65; i++)
        size += (size_t) snprintf (text + size, sizeof text - size, "  field f%d uuid optional \"F.\"\n", i);
    refuses ("sharing/x.command", text, ":1: x has 65 fields; 64 are allowed");
    snprintf (text, sizeof text, "%s  from ", "command x\n  version 1\n  about \"X.\"\n");
    for (int i = 0; i < 64; i++)
        add_word (text, sizeof text, "nurse ");
    refuses ("sharing/x.command", text, ":4: more than 64 words");
    remove_file ("sharing/x.command");
    refuses ("types/second.type", "errors\n  error b invalid \"い\" \"b\"\n", "errors is already declared in");
    remove_file ("types/second.type");
    write_file ("types/error.type", "errors\n  error malformed unheard \"読めません。\" \"Cannot be read.\"\n");
    ok (run_generator () == 1 && strstr (said, "error.type:2: error malformed has the unknown kind unheard"),
        "an error of an unknown kind is refused");
    write_file ("types/error.type", "errors\n");
    ok (run_generator () == 1 && strstr (said, "errors errors has no values"), "errors without one are refused");
    write_file ("types/error.type", "errors\n  error malformed invalid \"読めません。\" \"Cannot be read.\"\n");
}

/* What was written before must stand when a slip stops the next run: a build goes on with whole papers or not at all. */
static void a_slip_leaves_the_papers (void)
{
    ok (run_generator () == 0 && written ("messages.ts", "export interface Messages"), "good declarations are written");
    refuses ("sharing/x.command", COMMAND "  field a float required \"A.\"\n", ":7: unknown type float of field a");
    ok (written ("messages.ts", "export interface Messages") && !written ("messages.h", "struct x "),
        "...and stand as they were after a slip");
    remove_file ("sharing/x.command");
}

static void same_address_twice (void)
{
    write_file ("sharing/a.query", "query a\n  version 1\n  about \"A.\"\n  from nurse\n  to sharing\n  answer done\n  http GET /x/{id}\n  "
                                   "field id uuid required path \"A.\"\n");
    write_file ("sharing/b.query", "query b\n  version 1\n  about \"A.\"\n  from nurse\n  to sharing\n  answer done\n  http GET "
                                   "/x/{name}\n  field name uuid required path \"A.\"\n");
    ok (run_generator () == 1 && strstr (said, "is already the address of a"), "two messages at one address are refused");
    remove_file ("sharing/a.query");
    remove_file ("sharing/b.query");
}

int main (void)
{
    char command[300];

    find_generator ();
    make_folders ();
    good_declarations_are_written ();
    every_slip_is_told ();
    slips_between_files ();
    a_slip_leaves_the_papers ();
    same_address_twice ();
    depth_is_bounded ();
    snprintf (command, sizeof command, "rm -r %s", folder);
    ok (system (command) == 0, "the folder is removed");
    return done ();
}
