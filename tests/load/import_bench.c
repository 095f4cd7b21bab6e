/* import_bench.c - 250,000 synthetic facilities: import (validation, events, provenance) against COPY + upsert of the finished rows into a
 * table with the same columns and indexes; and the unchanged file again.
 *
 * Run under tests/lib/with-postgres (DURABLE=1 for a server that syncs): import_bench [rows].  Prints milliseconds and the two ratios of
 * issue 2: baseline ÷ import (≥ 0.3) and re-import ÷ import (≤ 0.5).
 */
#include "../handler/registry/import_files.h"
#include "clock.h"

static char *make_file (int rows, size_t *ret_size)
{
    static const char *const names[] = { "見本訪問看護ステーション", "あおぞら介護支援センター", "さくら苑デイサービス", "緑が丘クリニック", "ひまわりの家" };
    static const char *const kana[] = { "ミホンホウモンカンゴステーション", "アオゾラカイゴシエンセンター", "サクラエンデイサービス", "ミドリガオカクリニック", "ヒマワリノイエ" };
    static const char *const codes[] = { "011011", "131016", "231011", "271276", "401005", "104281", "205435", "431010" };
    static const char *const cities[] = { "北海道,札幌市中央区", "東京都,千代田区", "愛知県,名古屋市千種区", "大阪府,大阪市北区", "福岡県,北九州市", "群馬県,高山村",
                                          "長野県,高山村", "熊本県,熊本市中央区" };
    char *file = NULL;
    FILE *out = open_memstream (&file, ret_size);

    fputs ("都道府県コード又は市町村コード,都道府県名,市区町村名,事業所名,事業所名カナ,サービスの種類,住所,電話番号,FAX番号,事業所番号,利用可能曜日,定員\n", out);
    for (int i = 0; i < rows; i++)
        fprintf (out, "%s,%s,%s%d,%s%d,訪問看護,中央%d丁目%d-%d,0%d-%03d-%04d,,%010d,平日,%d\n", codes[i % 8], cities[i % 8], names[i % 5], i % 9973,
                 kana[i % 5], i % 9973, i % 30, i % 50, i % 20, 11 + i % 80, i % 1000, i % 10000, 100000000 + i, i % 40);
    fclose (out);
    return file;
}

static double milliseconds (int64_t since)
{
    return (double) (clock_monotonic_us () - since) / 1000;
}

static double import_once (const char *upload_id)
{
    int64_t began = clock_monotonic_us ();
    struct import_report_answer report;
    const char *import_id = check_upload (upload_id, false);

    if (run_import (import_id) < 0)
        exit (1);
    report = report_of (import_id);
    printf ("# new %lld changed %lld unchanged %lld refused %lld doubtful %lld\n", (long long) report.added, (long long) report.changed,
            (long long) report.unchanged, (long long) report.refused, (long long) report.doubtful);
    return milliseconds (began);
}

static double baseline (void)
{
    const char *folder = getenv ("RENKEI_TEST_DIR");
    int64_t began;

    harness_sql (harness, "create table base (like facility including all)");
    harness_sql (harness, "create unlogged table stage (like facility)");
    harness_sql (harness, "alter table stage drop column facets");                  /* made by PostgreSQL, also in base */
    harness_sql (harness, "copy facility to '%s/socket/facility.copy'", folder);
    harness_sql (harness, "checkpoint");
    began = clock_monotonic_us ();
    harness_sql (harness, "copy stage from '%s/socket/facility.copy'", folder);
    harness_sql (
        harness,
        "insert into base (%s) select * from stage on conflict (facility_id) do update set name = excluded.name, content = excluded.content",
        harness_text (harness, "select string_agg (attname, ', ' order by attnum) from pg_attribute where attrelid = 'stage'::regclass and attnum > 0"
                      " and not attisdropped"));
    return milliseconds (began);
}

int main (int argc, char **argv)
{
    int rows = argc > 1 ? (int) strtol (argv[1], NULL, 10) : 250000;
    double first, again, plain;
    const char *upload_id;
    size_t size;
    char *file = make_file (rows, &size);

    open_region ();
    upload_id = send_sized (file, size, 262144);
    printf ("# %d rows, %zu bytes\n", rows, size);
    harness_sql (harness, "checkpoint");
    first = import_once (upload_id);
    again = import_once (upload_id);
    plain = baseline ();
    printf ("import %.0f ms, again %.0f ms, COPY + upsert %.0f ms; baseline/import %.2f (>= 0.3), again/import %.2f (<= 0.5)\n", first,
            again, plain, plain / first, again / first);
    free (file);
    harness_close (&harness);
    return 0;
}
