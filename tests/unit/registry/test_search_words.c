/* What a person types into the search, and what the database is asked for. */
#include "facility_search.h"
#include "tap.h"
#include "text.h"

static struct arena arena;
static struct facility_wanted wanted;

static const struct service_count kinds[] = { { "訪問看護", 3 }, { "看護小規模多機能型居宅介護", 2 }, { "訪問入浴介護", 1 } };

static struct error err;
static bool refused;

static void look (struct facility_search query)
{
    static const char *folded[3];

    for (size_t i = 0; i < 3; i++)
        folded[i] = text_fold (&arena, kinds[i].service);
    err = (struct error) { 0 };
    refused = facility_search_read (&arena, &query, &(struct service_count_list) { kinds, 3 }, (struct text_list) { folded, 3 }, &wanted,
                                    &err) < 0;
}

static void type (const char *text)
{
    look ((struct facility_search) { .text = text });
}

static bool has (struct text_list list, const char *text)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp (list.items[i], text) == 0)
            return true;
    return false;
}

static void words (void)
{
    type (NULL);
    ok (!wanted.has_words && wanted.words.count == 0 && wanted.grams.count == 0, "nothing typed is no word");
    type ("　 \t ");
    ok (!wanted.has_words, "…nor are blanks of any width");
    type ("小鳥");
    ok (wanted.words.count == 1 && wanted.grams.count == 1, "two kanji are one word and one pair");
    type ("小");
    ok (has (wanted.grams, "^小"), "one character is looked for at the beginning");
    type ("ﾐﾎﾝ　すてーしょん");
    ok (wanted.words.count == 2 && has (wanted.words, text_fold (&arena, "ミホン")) && has (wanted.words, text_fold (&arena, "ステーション")),
        "words are parted by blanks, also full-width, and folded as names are");
    type ("a b c d e f");
    is_number (wanted.words.count, 4, "four words count, the rest is left out");
    type ("' or 1=1 --");
    ok (wanted.has_words && !*wanted.number, "signs of SQL are words like any other");
    type ("・・・");
    ok (!wanted.has_words, "signs that fold away are no word");
    type ("葛\U000E0100飾");
    ok (has (wanted.words, text_fold (&arena, "葛飾")), "a variation selector makes no other word");
}

static void numbers (void)
{
    static const struct { const char *text, *number; } table[] = {
        { "0170103378", "0170103378" }, { "０１７０１０３３７８", "0170103378" }, { "01b1400014", "01B1400014" }, { "017010337", "" },
        { "01701033788", "" }, { "0170103378 小鳥", "" }, { "01-0103378", "" }, { "小鳥の家です", "" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        type (table[i].text);
        is (wanted.number, table[i].number, "a whole office number alone is one");
    }
}

static void services (void)
{
    type ("訪問");
    is_number (wanted.services.count, 2, "a word of kinds of service names them");
    is_number (wanted.other_words.count, 0, "…and leaves nothing to look for in the name");
    type ("看護 多機能");
    ok (wanted.services.count == 1 && strcmp (wanted.services.items[0], kinds[1].service) == 0, "two words must be of the same kind");
    type ("入浴 小鳥");
    ok (wanted.services.count == 1 && has (wanted.other_words, text_fold (&arena, "小鳥")) && wanted.other_words.count == 1,
        "what names no kind is looked for in the name");
    type ("訪");
    ok (wanted.services.count == 0 && wanted.other_words.count == 1, "one character names no kind");
    type ("小鳥");
    is_number (wanted.services.count, 0, "a name is no kind");
    look ((struct facility_search) { .service = "" });
    ok (!wanted.service, "an empty kind is any");
    look ((struct facility_search) { .service = "訪問看護" });
    is (wanted.service, "訪問看護", "a kind as listed is that one");
}

static void places (void)
{
    static const struct { const char *municipality, *prefecture, *low, *high, *name; } table[] = {
        { NULL, NULL, "000000", "999999", "no place is all of Japan" },
        { "104281", NULL, "104281", "104281", "a village is itself" },
        { "011002", NULL, "011002", "011999", "a designated city is its wards, too" },
        { "011011", NULL, "011011", "011011", "a ward is itself" },
        { NULL, "10", "100000", "109999", "a prefecture is all of its codes" },
        { "104281", "01", "104281", "104281", "a municipality says more than a prefecture" },
        { NULL, "1", "000000", "999999", "half a prefecture is none" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        look ((struct facility_search) { .municipality = table[i].municipality, .prefecture = table[i].prefecture });
        ok (strcmp (wanted.low, table[i].low) == 0 && strcmp (wanted.high, table[i].high) == 0, table[i].name);
    }
}

static void pages (void)
{
    static const struct { bool given; int64_t limit, wanted; } table[] = {
        { false, 0, 50 }, { true, 0, 50 }, { true, -1, 50 }, { true, 1, 1 }, { true, 200, 200 }, { true, 201, 200 }, { true, INT64_MAX, 200 },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        look ((struct facility_search) { .has_limit = table[i].given, .limit = table[i].limit, .after = "key" });
        is_number (wanted.limit, table[i].wanted, "a page has at most 200 lines, 50 as a rule");
    }
    is (wanted.after, "key", "the last key goes along");
}

static void items (void)
{
    look ((struct facility_search) { .items = NULL });
    ok (!refused && wanted.items.count == 0, "without items any facility will do");
    look ((struct facility_search) { .items = "respirator,house_calls,,respirator" });
    ok (!refused && wanted.items.count == 2 && wanted.items.items[0] == FACILITY_ITEM_HOUSE_CALLS
        && wanted.items.items[1] == FACILITY_ITEM_RESPIRATOR, "A-02 each item counts once");
    look ((struct facility_search) { .items = "house_calls,' or 1=1" });
    ok (refused && err.key == ERROR_FIELD_UNKNOWN_CHOICE && strcmp (err.fields[0].pointer, "/items") == 0, "what is no item is refused");
}

int main (void)
{
    items ();
    words ();
    numbers ();
    services ();
    places ();
    pages ();
    arena_done (&arena);
    return done ();
}
