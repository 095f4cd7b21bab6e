/* EMS-06, §4.6 of notify-and-ems.md: telephones, names, addresses and cards as they come from a dispatch desk, and as recorded. */
#include "../../../services/sharing/ems_keys.h"
#include "tap.h"

static struct arena arena;

static void same (const char *got, const char *wanted, const char *written)
{
    char name[400];

    snprintf (name, sizeof name, "§4.6 %s", written);
    is (got, wanted, name);
}

static void phones (void)
{
    static const char *const one[] = { "026-245-1234", "0262451234", "０２６－２４５－１２３４", "026ｰ245ｰ1234", "026ー245ー1234", "(026)245-1234",
                                       "026（245）1234", "+81-26-245-1234", "+81 (0)26 245 1234", "0081262451234", "TEL 026 245 1234",
                                       "026−245‐1234", "026-245-1234 内線12", NULL };
    static const char *const none[] = { "", "119", "なし", "12-34", NULL };

    for (size_t i = 0; one[i]; i++)
        same (ems_phone_key (&arena, one[i]), "0262451234", one[i]);
    for (size_t i = 0; none[i]; i++)
        same (ems_phone_key (&arena, none[i]), NULL, none[i]);
    same (ems_phone_key (&arena, NULL), NULL, "no telephone");
    same (ems_phone_key (&arena, "+81 90-1234-5678"), "09012345678", "a mobile telephone with the country's code");
}

static void names (void)
{
    same (ems_kana_birth_key (&arena, "ﾀﾅｶ ｲﾁﾛｳ", "1940-02-03"), "タナカイチロウ|1940-02-03", "half-width kana");
    same (ems_kana_birth_key (&arena, "たなか　いちろう", "1940-02-03"), "タナカイチロウ|1940-02-03", "hiragana and a full-width space");
    same (ems_kana_birth_key (&arena, "シヨウコ", "1940-02-03"), ems_kana_birth_key (&arena, "しょうこ", "1940-02-03"), "large and small kana");
    same (ems_kana_birth_key (&arena, "ミヅホ", "1940-02-03"), ems_kana_birth_key (&arena, "みずほ", "1940-02-03"), "ヅ is ズ");
    same (ems_kana_birth_key (&arena, "タナカ", NULL), NULL, "no date, no key");
    same (ems_kana_birth_key (&arena, " ", "1940-02-03"), NULL, "no name, no key");
    same (ems_name_key (&arena, "髙橋　太郎"), ems_name_key (&arena, "高橋太郎"), "髙 is 高");
    same (ems_name_key (&arena, "渡邉花"), ems_name_key (&arena, "渡邊 花"), "邉 is 邊");
    same (ems_name_key (&arena, "渡辺花"), ems_name_key (&arena, "渡邊 花"), "…and 辺");
}

static void addresses (void)
{
    static const char *const one[] = { "須坂市大字須坂１丁目２番３号", "須坂１－２－３", "長野県須坂市須坂1-2-3", "須坂一丁目二番三号", "須坂市須坂1丁目2-3 みどり荘201号室",
                                       "須坂市大字須坂１丁目２番地３", "須坂1丁目2番の3", "須坂１ー２ー３", "須坂市須坂1-2-3　201", "長野県 須坂市 須坂 1-2-3", NULL };
    static const char *const town[] = { "北三条西五丁目2-10", "北3条西5-2-10", "北３条西５丁目２番１０号", NULL };

    for (size_t i = 0; one[i]; i++)
        same (ems_address_key (&arena, one[i], "須坂市"), "須坂1-2-3", one[i]);
    for (size_t i = 0; town[i]; i++)
        same (ems_address_key (&arena, town[i], NULL), "北3条西5-2-10", town[i]);
    same (ems_address_key (&arena, "上高井郡小布施町大字小布施字北原百二十三番地", "長野県小布施町"), "小布施北原123", "county, 字 and kanji numerals");
    same (ems_address_key (&arena, "渡邉町123", "須坂市"), ems_address_key (&arena, "渡辺町１２３番地", "須坂市"), "old and new characters");
    same (ems_address_key (&arena, "霞が関1-1", NULL), ems_address_key (&arena, "霞ガ関一丁目1", NULL), "が is ガ");
    same (ems_address_key (&arena, "四番町1-2", NULL), ems_address_key (&arena, "4番町１丁目２", NULL), "a town named by a number");
    ok (strcmp (ems_address_key (&arena, "須坂1-2-3", NULL), ems_address_key (&arena, "須坂1-2-4", NULL)) != 0,
        "§4.6 the house next door is another");
    ok (strcmp (ems_address_key (&arena, "須坂12-3", NULL), ems_address_key (&arena, "須坂1-23", NULL)) != 0,
        "§4.6 so is the same row of digits");
    same (ems_address_key (&arena, "須坂市大字須坂", "須坂市"), NULL, "a town alone is nobody's address");
    same (ems_address_key (&arena, "八日市場", NULL), NULL, "…nor one with a numeral in its name");
    same (ems_address_key (&arena, NULL, NULL), NULL, "no address");
}

static void areas (void)
{
    is (ems_area (&arena, "須坂市本町三丁目4-5 みどり荘"), "須坂市本町三丁目", "EMS-06: a candidate shows the part of the town");
    is (ems_area (&arena, "須坂市大字須坂１－２－３"), "須坂市大字須坂", "…not the house");
    is (ems_area (&arena, "須坂市須坂二番五号"), "須坂市須坂", "…nor in kanji numerals");
    is (ems_area (&arena, NULL), "", "…nothing when nothing is known");
}

static void cards (void)
{
    static const unsigned char random[10] = { 1, 2, 3, 4, 5, 250, 251, 252, 253, 254 }, other[10] = { 9, 2, 3 };
    char number[CARD_NUMBER_TEXT], second[CARD_NUMBER_TEXT];

    ems_card_number (random, number);
    ems_card_number (other, second);
    is_number (strlen (number), 19, "a card's number has sixteen characters in four groups");
    ok (strcmp (number, second) != 0, "…made of what is random");
    ok (!strpbrk (number, "ILOU"), "…without letters that look like digits");
    same (ems_card_key (&arena, "ar-0012345"), "AR0012345", "small letters");
    same (ems_card_key (&arena, "ＡＲ－ＯＯ１２３４５"), "AR0012345", "full width, the letter O for zero");
    same (ems_card_key (&arena, "AR 00l2345"), "AR0012345", "the letter l for one");
    same (ems_card_key (&arena, "AR"), NULL, "too short");
    same (ems_card_key (&arena, "'; drop"), NULL, "no card at all");
}

static void gathering (void)
{
    struct ems_keys keys = { .count = 0 };

    ems_keys_add (&keys, MATCH_KEY_PHONE, "0262451234");
    ems_keys_add (&keys, MATCH_KEY_PHONE, "0262451234");
    ems_keys_add (&keys, MATCH_KEY_NAME, NULL);
    ems_keys_add (&keys, MATCH_KEY_CARD, "0262451234");
    is_number (keys.count, 2, "a key is asked for once of a kind, an absent one not at all");
}

/* Whatever is written, the key is the same when it is made of itself: nothing is folded twice. */
static void again (void)
{
    static const char *const written[] = { "須坂市大字須坂１丁目２番３号", "北三条西五丁目2-10", "小布施字北原百二十三", "千代田区千代田1-1", "十番町二十三の四", NULL };
    int wrong = 0;

    for (size_t i = 0; written[i]; i++) {
        const char *key = ems_address_key (&arena, written[i], NULL), *twice = ems_address_key (&arena, key ? key : "1", NULL);

        wrong += key && strcmp (key, twice) != 0;
    }
    is_number (wrong, 0, "§4.6 a key made of a key is that key");
}

int main (void)
{
    phones ();
    names ();
    addresses ();
    areas ();
    cards ();
    gathering ();
    again ();
    arena_done (&arena);
    return done ();
}
