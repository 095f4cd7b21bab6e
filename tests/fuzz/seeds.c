/* Writes seeds for fuzz_msgpack and fuzz_json: every message with all fields and with the least, behind the byte that chooses its type.
 * usage: seeds MSGPACK-FOLDER JSON-FOLDER */
#include "messages.h"
#include "sample.h"

static void write_seed (const char *folder, size_t i, bool complete, struct bytes bytes)
{
    char path[500];
    FILE *out;

    snprintf (path, sizeof path, "%s/%s.%s", folder, all_messages[i]->name, complete ? "all" : "least");
    out = fopen (path, "wb");
    if (!out) {
        perror (path);
        exit (1);
    }
    fputc ((int) i, out);
    fwrite (bytes.data, 1, bytes.size, out);
    fclose (out);
}

int main (int argc, char **argv)
{
    if (argc != 3)
        return 2;
    for (size_t i = 0; i < all_message_count && i < 256; i++)
        for (int complete = 0; complete < 2; complete++) {
            ARENA (arena);
            struct bytes bytes;
            struct error err;
            void *message = sample_message (all_messages[i], complete, &arena);

            if (codec_pack (all_messages[i], message, &arena, &bytes, &err) == 0)
                write_seed (argv[1], i, complete, bytes);
            if (codec_json_write (all_messages[i], message, &arena, &bytes, &err) == 0)
                write_seed (argv[2], i, complete, bytes);
        }
    return 0;
}
