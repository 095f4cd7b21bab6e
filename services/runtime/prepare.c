#include "runtime.h"

static size_t length_of (const struct db_statement *list)
{
    size_t count = 0;

    while (list[count].name)
        count++;
    return count;
}

int runtime_prepare (struct runtime *runtime, struct db *db, struct error *err)
{
    const struct db_statement *const *lists = runtime->service->statements;

    if (db_prepare (db, batch_statements, length_of (batch_statements), err) < 0)
        return -1;
    for (size_t i = 0; lists && lists[i]; i++)
        if (db_prepare (db, lists[i], length_of (lists[i]), err) < 0)
            return -1;
    return 0;
}
