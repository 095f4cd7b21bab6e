/* support_csv.h - 支援情報 as CSV for a command system (EMS-20): who is registered, how to reach the last resort; nothing medical.  Pure.
 *
 * RFC 4180, CRLF, every cell quoted; a cell that a spreadsheet would take for a formula gets a leading apostrophe.  UTF-8 with BOM, or
 * CP932: a character it does not have becomes 〓 and is listed in the row's last column as U+XXXX.
 */
#ifndef DISPATCH_SUPPORT_CSV_H
#define DISPATCH_SUPPORT_CSV_H

#include "codec.h"
#include "messages.h"

struct support_rows {
    const struct ems_export_row *items;
    size_t count;
    const char *const *phones;          /* of each row's own municipality the last resort's; NULL: not known */
    bool head;                          /* first piece: BOM and titles */
    bool cp932;
};

struct bytes support_csv (struct arena *arena, const struct support_rows *rows);

#endif
