/* command_backup.c - a whole region in one file, and back.
 *
 * The file is a tar (0600) of database.dump (pg_dump, custom format) and secret.key (seals one-time codes; without it nobody can log in).
 * Restoring replaces everything in one transaction; afterwards nothing leaves the system until `renkei outbound release`, and every event
 * position begins anew, so that no listener takes old numbers for new ones.  Services must be stopped.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "child.h"
#include "operator.h"
#include "operator_store.h"

static const char *work_folder (struct operator *self)
{
    const char *base = getenv ("TMPDIR");
    char *folder = arena_print (&self->arena, "%s/renkei-XXXXXX", base && *base ? base : "/tmp");

    return mkdtemp (folder);
}

static void remove_folder (const char *folder)
{
    char *argv[] = { "rm", "-rf", "--", (char *) folder, NULL };

    if (folder)
        child_run (argv);
}

static int copy_file (const char *from, const char *to)
{
    char *argv[] = { "cp", "--preserve=mode", "--", (char *) from, (char *) to, NULL };

    return child_run (argv);
}

static const char *backup_database (struct operator *self)
{
    const char *own = option_text (self->options, "backup-database");

    return *own ? own : option_text (self->options, "database");
}

static int dump (struct operator *self, const char *folder)
{
    char *argv[] = { "pg_dump", "--format=custom", "--file", arena_print (&self->arena, "%s/database.dump", folder), "--dbname",
                     (char *) backup_database (self), NULL };

    return child_run (argv);
}

static int pack (struct operator *self, const char *folder, const char *file, bool with_key)
{
    char *part = arena_print (&self->arena, "%s.part", file);
    char *argv[] = { "tar", "-C", (char *) folder, "-cf", part, "database.dump", with_key ? "secret.key" : NULL, NULL };

    if (child_run (argv) != 0)
        return -1;
    return rename (part, file);
}

static int write_backup (struct operator *self, const char *folder)
{
    const char *key = option_text (self->options, "secret-key-file");

    if (dump (self, folder) != 0) {
        fputs ("renkei: データベースを書き出せませんでした\n", stderr);
        return 1;
    }
    if (*key && copy_file (key, arena_print (&self->arena, "%s/secret.key", folder)) != 0) {
        fprintf (stderr, "renkei: %s を読めません\n", key);
        return 1;
    }
    if (pack (self, folder, self->words[0], *key != 0) < 0) {
        fprintf (stderr, "renkei: %s に書けません\n", self->words[0]);
        return 1;
    }
    if (!*key)
        fputs ("注意: 確認コードの鍵（secret-key-file）は含まれていません。別に保管してください。\n", stderr);
    printf ("%s に保存しました。戻せることを一度確かめてください。\n", self->words[0]);
    return 0;
}

int command_backup (struct operator *self)
{
    const char *folder;
    int status;

    if (self->word_count != 1 || !*backup_database (self))
        return say_usage ("backup FILE   （設定 backup-database または database が必要です）");
    umask (077);
    folder = work_folder (self);
    if (!folder) {
        fputs ("renkei: 作業用のフォルダを作れません\n", stderr);
        return 1;
    }
    status = write_backup (self, folder);
    remove_folder (folder);
    return status;
}

/* ---- and back ------------------------------------------------------------------------------------------------------------------------ */

static int services_are_stopped (struct operator *self, struct db *db)
{
    struct error err = { 0 };
    int64_t services;

    if (operator_store_services (db, &services, &err) < 0)
        return say_error (&err);
    if (services == 0 || option_number (self->options, "force"))
        return 0;
    fprintf (stderr, "renkei: サービスが%lld本接続しています。すべて止めてから戻してください。\n", (long long) services);
    return 1;
}

static int fill (struct operator *self, const char *folder)
{
    char *unpack[] = { "tar", "-C", (char *) folder, "-xf", self->words[0], NULL };
    char *script = arena_print (&self->arena, "%s/database.sql", folder);
    char *tell[] = { "pg_restore", "--file", script, arena_print (&self->arena, "%s/database.dump", folder), NULL };
    /* pg_restore --clean cannot drop partitions of a partitioned key: the schemas go as a whole, in the same transaction */
    char *restore[] = { "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", "--output=/dev/null", "--dbname",
                        (char *) option_text (self->options, "database"), "--command=set client_min_messages = warning",
                        "--command", (char *) operator_store_drop, "--file", script,
                        "--command", (char *) operator_store_hold, NULL };

    if (child_run (unpack) != 0) {
        fprintf (stderr, "renkei: %s はこの道具のバックアップではありません\n", self->words[0]);
        return 1;
    }
    if (child_run (tell) != 0 || child_run (restore) != 0) {
        fputs ("renkei: 戻せませんでした。データベースは元のままです。\n", stderr);
        return 1;
    }
    return 0;
}

/* Local passwords and keys of the mesh stay this machine's; only the key that seals one-time codes belongs to the data. */
static int put_key_back (struct operator *self, const char *folder)
{
    const char *from = arena_print (&self->arena, "%s/secret.key", folder), *to = option_text (self->options, "secret-key-file");

    if (access (from, R_OK) < 0 || !*to) {
        fputs ("注意: 確認コードの鍵は戻していません。元の鍵がないと誰もログインできません。\n", stderr);
        return 0;
    }
    return copy_file (from, to) == 0 ? 0 : 1;
}

static int restore_into (struct operator *self, const char *folder)
{
    struct error err = { 0 };
    struct db *db = db_open (option_text (self->options, "database"), &err);
    int status;

    if (!db)
        return say_error (&err);
    status = services_are_stopped (self, db);
    db_close (&db);
    if (status != 0 || fill (self, folder) != 0 || put_key_back (self, folder) != 0)
        return 1;
    puts ("戻しました。サービスを起動して内容を確かめ、よければ renkei outbound release を実行してください。それまで外部へは何も送りません。");
    return 0;
}

int command_restore (struct operator *self)
{
    const char *folder;
    int status;

    if (self->word_count != 1 || !*option_text (self->options, "database"))
        return say_usage ("restore FILE   （設定 database に所有者の接続が必要です）");
    umask (077);
    folder = work_folder (self);
    if (!folder) {
        fputs ("renkei: 作業用のフォルダを作れません\n", stderr);
        return 1;
    }
    status = restore_into (self, folder);
    remove_folder (folder);
    return status;
}
