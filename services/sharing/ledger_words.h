/* ledger_words.h - the ledger in plain Japanese, for the person it is about (S-28).  No I/O. */
#ifndef SHARING_LEDGER_WORDS_H
#define SHARING_LEDGER_WORDS_H

#include "arena.h"

const char *ledger_what (const char *message);      /* "sheet" → "共有シートを見た"; unknown names come back as they are */
const char *ledger_ground (const char *ground);     /* "care_team" → "本人の同意（ケアチーム）" */
/* Items of a section answer: "condition history" → "状況や体調の変化・服薬状況" and so on; others by table. */
const char *ledger_items (const char *items);
/* Fields released to the fire service: "name age acp" → "氏名・年齢・本人の意思に関する文書". */
const char *ledger_released (const char *fields, struct arena *arena);

#endif
