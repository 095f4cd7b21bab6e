#include "ems_question.h"

static void add_addresses (const struct ems_find *asked, struct text_list names, struct arena *arena, struct ems_keys *ret)
{
    ems_keys_add (ret, MATCH_KEY_ADDRESS, ems_address_key (arena, asked->address, NULL));
    for (size_t i = 0; i < names.count; i++)
        ems_keys_add (ret, MATCH_KEY_ADDRESS, ems_address_key (arena, asked->address, names.items[i]));
}

void ems_question (const struct ems_find *asked, struct text_list names, struct arena *arena, struct ems_keys *ret)
{
    ems_keys_add (ret, MATCH_KEY_CARD, ems_card_key (arena, asked->card));
    ems_keys_add (ret, MATCH_KEY_PHONE, ems_phone_key (arena, asked->phone));
    ems_keys_add (ret, MATCH_KEY_PHONE, ems_phone_key (arena, asked->other_phone));
    ems_keys_add (ret, MATCH_KEY_KANA_BIRTH, ems_kana_birth_key (arena, asked->name_kana, asked->birth_date));
    ems_keys_add (ret, MATCH_KEY_NAME, ems_name_key (arena, asked->name));
    ems_keys_add (ret, MATCH_KEY_NAME, ems_name_key (arena, asked->name_kana));
    add_addresses (asked, names, arena, ret);
}
