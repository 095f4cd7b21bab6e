/* duty_sheet_load.h - a month's lines from PostgreSQL (or the shift tables), for paper and rows alike. */
#ifndef NOTIFY_DUTY_SHEET_LOAD_H
#define NOTIFY_DUTY_SHEET_LOAD_H

#include "duty_sheet.h"

struct notify;

/* Fills municipality and month of *ret_head.  Errors: date_invalid. */
int duty_sheet_load (struct notify *self, struct request *request, const char *municipality, const char *month, const char *rotation_id,
                     struct duty_sheet_head *ret_head, struct duty_line_list *ret, struct error *err);

#endif
