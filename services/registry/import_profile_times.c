/* import_profile_times.c - see import_profile_times.h. */
#include "import_profile_times.h"
#include "text.h"

static const char *const days[] = { "", "月", "火", "水", "木", "金", "土", "日", "祝" };

/* The header with what stands for {name} put in; the header itself when it has none. */
static const char *put_in (struct arena *arena, const char *header, const char *name, const char *value)
{
    const char *at = strstr (header, name);

    return at ? arena_print (arena, "%.*s%s%s", (int) (at - header), header, value, at + strlen (name)) : header;
}

static bool add (struct import_profile *profile, struct arena *arena, const char *header, struct profile_time time)
{
    if (profile->time_count == PROFILE_TIMES_MAX)
        return false;
    time.header = text_fold (arena, header);
    profile->times[profile->time_count++] = time;
    return true;
}

/* One column for each day, week and slot the header names. */
static bool add_all (struct import_profile *profile, struct arena *arena, const char *header, enum time_column what)
{
    bool by_day = strstr (header, "{day}") != NULL, by_week = strstr (header, "{week}") != NULL, by_slot = strstr (header, "{slot}") != NULL;

    for (int day = by_day; day <= (by_day ? 8 : 0); day++)
        for (int week = by_week; week <= (by_week ? 5 : 0); week++)
            for (int slot = by_slot; slot <= (by_slot ? 4 : 0); slot++) {
                const char *one = put_in (arena, header, "{day}", days[day]);

                one = put_in (arena, one, "{week}", arena_print (arena, "%d", week));
                one = put_in (arena, one, "{slot}", arena_print (arena, "%d", slot));
                if (!add (profile, arena, one, (struct profile_time) { .what = what, .day = day, .week = week, .slot = slot }))
                    return false;
            }
    return true;
}

bool profile_time_open (struct import_profile *profile, struct arena *arena, const char *what, const char *header)
{
    static const char *const words[] = { "weekly", "nth", "holiday", "note" };

    for (int i = 0; i < 4; i++)
        if (strcmp (words[i], what) == 0)
            return (i > TIME_NTH || strstr (header, "{day}")) && (i != TIME_NTH || strstr (header, "{week}"))
                && add_all (profile, arena, header, (enum time_column) i);
    return false;
}

bool profile_time_slot (struct import_profile *profile, struct arena *arena, const char *from, const char *to)
{
    return strstr (from, "{day}") && strstr (to, "{day}") && add_all (profile, arena, from, TIME_FROM) && add_all (profile, arena, to, TIME_TO);
}
