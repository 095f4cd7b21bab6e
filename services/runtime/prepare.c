#include "job_store.h"

static size_t length_of (const struct db_statement *list)
{
    size_t count = 0;

    while (list[count].name)
        count++;
    return count;
}

static int prepare_lists (struct db *db, const struct db_statement *const *lists, struct error *err)
{
    for (size_t i = 0; lists && lists[i]; i++)
        if (db_prepare (db, lists[i], length_of (lists[i]), err) < 0)
            return -1;
    return 0;
}

int runtime_prepare (struct runtime *runtime, struct db *db, struct error *err)
{
    const struct db_statement *const own[] = { batch_statements, job_statements, NULL };

    if (prepare_lists (db, own, err) < 0 || prepare_lists (db, runtime->common_statements, err) < 0)
        return -1;
    return prepare_lists (db, runtime->service->statements, err);
}
