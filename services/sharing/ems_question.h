/* ems_question.h - the keys of one question of the fire service.  No I/O. */
#ifndef SHARING_EMS_QUESTION_H
#define SHARING_EMS_QUESTION_H

#include "ems_keys.h"

/* names: of the municipalities that are searched; an address may begin with any of them, or with none. */
void ems_question (const struct ems_find *asked, struct text_list names, struct arena *arena, struct ems_keys *ret);

#endif
