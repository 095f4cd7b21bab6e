/* command_doctor.c - looks for what is wrong with a region and says what to do.
 *
 * Each check prints one line: 良 or 要対応, what was found and, where something is wrong, what helps.  Nothing is changed.  That the mesh
 * refuses strangers is tried by each service itself (its fact `mesh`).
 */
#include <inttypes.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>
#include "clock.h"
#include "mesh.h"
#include "mesh_call.h"
#include "operator_store.h"

struct examination {
    struct operator *self;
    const char *data;               /* folder of PostgreSQL's data, where it is known */
    int wrong;
};

static void tell (struct examination *on, bool good, const char *what, const char *found, const char *remedy)
{
    printf ("%s  %-14s %s\n", good ? "良    " : "要対応", what, found);
    if (!good)
        printf ("        → %s\n", remedy);
    on->wrong += !good;
}

static void tell_facts (struct examination *on, const struct database_facts *facts)
{
    int64_t behind = llabs (clock_real_us () - facts->now_us) / SECOND_US;

    tell (on, strncmp (facts->version, "15", 2) == 0 || atoll (facts->version) > 15, "PostgreSQL", facts->version, "PostgreSQL 15以上が必要です。");
    tell (on, facts->schemas == 5, "スキーマ", arena_print (&on->self->arena, "%" PRId64 "/5", facts->schemas), "renkei-migrate を実行してください。");
    tell (on, strcmp (facts->time_zone, "UTC") == 0, "DBの時間帯", facts->time_zone, "データベースの timezone を UTC にしてください。");
    tell (on, strcmp (facts->tokyo, "2026-01-01 09:00") == 0, "時間帯データ", facts->tokyo, "tzdata パッケージを入れ直してください。");
    tell (on, strstr (facts->collation, "UTF-8") || strstr (facts->collation, "utf8"), "文字の順序", facts->collation,
          "データベースを C.UTF-8 で作り直してください。");
    tell (on, facts->prepared == 0, "二相コミット", arena_print (&on->self->arena, "%" PRId64, facts->prepared),
          "max_prepared_transactions を 0 にしてください。");
    tell (on, behind <= 2, "時計", arena_print (&on->self->arena, "データベースとの差 %" PRId64 " 秒", behind), "時刻合わせ（chrony など）を確認してください。");
    tell (on, facts->longest_seconds < 60, "長い処理", arena_print (&on->self->arena, "最長 %" PRId64 " 秒", facts->longest_seconds),
          "長いトランザクションがイベントの配信を遅らせています。pg_stat_activity で相手を確かめてください。");
}

/* Whoever changes or removes a row of a ledger breaks the seals after it (S-25). */
static void examine_ledger (struct examination *on, struct db *db, const char *service)
{
    struct error err = { 0 };
    int64_t seal = 0;
    const char *found = "封印と一致";

    if (operator_store_broken_seal (db, service, &seal, &err) < 0)
        found = err.detail;
    else if (seal)
        found = arena_print (&on->self->arena, "封印 %" PRId64 " と一致しません", seal);
    tell (on, seal == 0 && !err.key, arena_print (&on->self->arena, "%s 閲覧台帳", service), found,
          "台帳の行が変えられたか消されています。データベースを書き換えずに保全し、バックアップと比べてください。");
}

/* Whether somebody would notice if alerts stood still (N-60, N-62). */
static void examine_watch (struct examination *on, struct db *db, int64_t watches)
{
    struct alert_facts facts = { 0 };
    struct error err = { 0 };

    tell (on, watches > 0, "見張り", watches ? "renkei-watch が接続中" : "renkei-watch が接続していません",
          "急変の通知が止まっても誰も気づきません。別の機械で renkei-watch を動かしてください。");
    if (operator_store_alerts (db, &on->self->arena, &facts, &err) < 0)
        facts.trouble = err.detail;
    tell (on, !facts.trouble, "急変の通知", facts.trouble ? facts.trouble : "滞りなし", "notify の記録を確認してください（engine・overdue・sender・self_test・database）。");
    if (facts.tested)
        tell (on, true, "自己試験", arena_print (&on->self->arena, "最後の成功 %s", facts.tested), "");
}

static void examine_database (struct examination *on)
{
    const char *conninfo = option_text (on->self->options, "database");
    struct database_facts facts;
    struct error err = { 0 };
    struct db *db;

    if (!*conninfo) {
        tell (on, false, "PostgreSQL", "接続先の設定がありません", "設定 [operator] の database に接続文字列を書いてください。");
        return;
    }
    db = db_open (conninfo, &err);
    if (!db || operator_store_facts (db, &on->self->arena, &facts, &err) < 0)
        tell (on, false, "PostgreSQL", err.detail, "PostgreSQL が動いているか、接続文字列と権限を確認してください。");
    else {
        tell_facts (on, &facts);
        on->data = facts.folder;
        examine_watch (on, db, facts.watches);
        for (int i = 0; i < MESH_SERVICES; i++)
            examine_ledger (on, db, mesh_services[i]);
    }
    db_close (&db);
}

/* One PING, by hand: an answer is all that is asked. */
static bool redis_answers (const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct timeval wait = { .tv_sec = 1 };
    char answer[8] = "";
    int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good;

    if (fd < 0 || strlen (path) >= sizeof address.sun_path)
        return false;
    memcpy (address.sun_path, path, strlen (path));
    setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    good = connect (fd, (const struct sockaddr *) &address, sizeof address) == 0 && write (fd, "PING\r\n", 6) == 6
        && read (fd, answer, 7) == 7 && memcmp (answer, "+PONG", 5) == 0;
    close (fd);
    return good;
}

static void examine_redis (struct examination *on)
{
    const char *path = option_text (on->self->options, "redis");

    if (*path)
        tell (on, redis_answers (path), "Redis", path, "Redis を起動してください（止まっていても当番の答えは変わりませんが、遅くなります）。");
}

static bool is_private (const char *path, bool *ret_there)
{
    struct stat found;

    *ret_there = stat (path, &found) == 0;
    return *ret_there && (found.st_mode & 077) == 0;
}

static void examine_file (struct examination *on, const char *what, const char *path, const char *remedy)
{
    bool there, private = is_private (path, &there);

    tell (on, private, what, there ? private ? path : "他の利用者が読めます" : "ありません", there ? "chmod 0600 で本人だけが読めるようにしてください。" : remedy);
}

static void examine_keys (struct examination *on)
{
    const char *folder = option_text (on->self->options, "keys-dir"), *secret = option_text (on->self->options, "secret-key-file");

    examine_file (on, "通信の鍵", arena_print (&on->self->arena, "%s/operator.key", folder), "renkei keys add operator を実行してください。");
    if (*secret)
        examine_file (on, "確認コードの鍵", secret, "この鍵がないと誰もログインできません。バックアップから戻してください。");
}

static void examine_disk (struct examination *on)
{
    struct statvfs disk;
    long long free_mib;

    if ((!on->data || statvfs (on->data, &disk) < 0) && statvfs (option_text (on->self->options, "run-dir"), &disk) < 0)
        return;
    free_mib = (long long) (disk.f_bavail / 1024 * disk.f_frsize / 1024);
    tell (on, free_mib > 2048, "空き容量", arena_print (&on->self->arena, "%lld MiB", free_mib), "2GiB以上空けてください。足りなくなると登録を受け付けられません。");
}

static void examine_service (struct examination *on, struct bus_client *client, const char *service)
{
    struct service_status_answer answer = { 0 };
    struct error err = { 0 };
    const char *found = "稼働中";
    bool ready;

    ready = mesh_call (on->self, client, service, &service_status_message, &(struct service_status) { 0 }, &service_status_answer_message,
                       &answer, &err) == 0;
    if (!ready)
        found = err.detail;
    for (size_t i = 0; ready && i < answer.facts.count; i++)
        if (!answer.facts.items[i].ready)
            found = arena_print (&on->self->arena, "%s: %s", answer.facts.items[i].name, answer.facts.items[i].value);
    tell (on, ready && answer.ready, service, found, "サービスの記録を確認し、止まっていれば起動してください。");
}

static void examine_mesh (struct examination *on)
{
    struct error err = { 0 };
    struct bus_client *client = mesh_client (on->self, &err);

    if (!client) {
        tell (on, false, "サービス", err.detail, "鍵のフォルダ（keys-dir）と権限を確認してください。");
        mesh_close ();
        return;
    }
    for (int i = 0; i < MESH_SERVICES; i++)
        examine_service (on, client, mesh_services[i]);
    bus_client_close (&client);
    mesh_close ();
}

int command_doctor (struct operator *self)
{
    struct examination on = { .self = self };

    if (self->word_count)
        return say_usage ("doctor");
    examine_database (&on);
    examine_redis (&on);
    examine_keys (&on);
    examine_disk (&on);
    examine_mesh (&on);
    printf (on.wrong ? "%d件の対応が必要です。\n" : "問題は見つかりませんでした。\n", on.wrong);
    return on.wrong ? 1 : 0;
}
