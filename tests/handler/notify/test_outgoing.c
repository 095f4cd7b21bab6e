/* N-58: the search of everything that a handler test gives to the outside (tests/lib/own-database) finds what it should.  Tests under
 * tests/lib/own-database fail by it; this one sees it fail. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "tap.h"

#define TOWN "'011002', '00000000-0000-7000-8000-000000000021'"
#define SOMEBODY "insert into notify.patient (municipality, patient_id, name, name_kana, birth_date, place, phone, terminal_phase, version)" \
    " values (" TOWN ", '架空 花子', 'カクウ ハナコ', '1940-03-02', 1, '011-777-0001', false, 1);"
#define MESSAGE(words) "insert into notify.delivery (municipality, delivery_id, asks, kind, subject, text, state, next_at, created_at)" \
    " values (" TOWN ", true, 1, '急変', '" words "', 1, guard.now (), guard.now ());"
#define AND_GONE "truncate notify.delivery; update notify.patient set name = '別名';"

/* The statements as a test of its own; whether it is let pass. */
static bool passes (const char *statements, const char *shell)
{
    char command[3000];
    int status;

    snprintf (command, sizeof command, "tests/lib/own-database sh -c '%s; exec psql -qX -v ON_ERROR_STOP=1 -d \"$RENKEI_TEST_SUPERUSER\"'"
              " >/dev/null 2>&1 <<'SQL'\n%s\nSQL\n", shell, statements);
    status = system (command);
    return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

int main (void)
{
    static const struct { const char *statements, *shell, *says; bool good; } rows[] = {
        { SOMEBODY MESSAGE ("中央市のみどり訪問看護から。受付番号 482170"), ":", "a message that names nobody passes", true },
        { MESSAGE ("架空花子さんが急変") SOMEBODY AND_GONE, ":", "one with a name fails, written in one piece, sent before the person was known, deleted since", false },
        { SOMEBODY MESSAGE ("カクウハナコ様、1940年3月2日生まれ、自宅 011-777-0001"), ":", "...in kana, with a date of birth, with the telephone at home", false },
        { MESSAGE ("膵臓がんの方"), ":", "...with a diagnosis", false },
        { SOMEBODY, "echo 電話の文面 架空花子 >>\"$RENKEI_TEST_OUTGOING\"", "...also what only an adapter was handed", false },
    };

    if (!getenv ("RENKEI_TEST_SOCKET")) {
        printf ("1..0 # skip needs tests/lib/with-postgres\n");
        return 0;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[200];

        snprintf (name, sizeof name, "N-58 searching what a test sends: %s", rows[i].says);
        ok (passes (rows[i].statements, rows[i].shell) == rows[i].good, name);
    }
    return done ();
}
