/* What strangers send as PDF, to the program as it runs, under its own limits: a sound file changed in two hundred ways, always the same
 * ones, and files made to lead a reader astray.  poppler may end the process (then no "end" comes and a person hears of the file); it may
 * not hang, write half an answer that looks whole, or write more than the limits allow. */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "fax_file.h"
#include "tap.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { CHANGED = 40 };
#else
enum { CHANGED = 200 };
#endif
enum { ROOM = 256 * 1024, SAID = 64 * 1024, OBJECTS = 20, SANITIZER_SAYS = 99 };

struct file { char bytes[ROOM]; size_t size, objects[OBJECTS]; int count; };

static const char *program;
static char said[SAID + 1];
static size_t said_size;
static uint32_t dice = 20261123;

/* ---- a PDF, written down ------------------------------------------------------------------------------------------------------------- */

static void put (struct file *file, const char *format, ...) __attribute__ ((format (printf, 2, 3)));

static void put (struct file *file, const char *format, ...)
{
    va_list arguments;
    int size;

    va_start (arguments, format);
    size = vsnprintf (file->bytes + file->size, ROOM - file->size, format, arguments);
    va_end (arguments);
    file->size += size > 0 && (size_t) size < ROOM - file->size ? (size_t) size : 0;
}

static void object (struct file *file, const char *text)
{
    file->objects[file->count++] = file->size;
    put (file, "%d 0 obj\n%s\nendobj\n", file->count, text);
}

static void stream (struct file *file, const char *head, const char *text)
{
    file->objects[file->count++] = file->size;
    put (file, "%d 0 obj\n<< %s /Length %zu >>\nstream\n%s\nendstream\nendobj\n", file->count, head, strlen (text), text);
}

static void begin (struct file *file)
{
    *file = (struct file) { .size = 0 };
    put (file, "%%PDF-1.5\n");
}

static void finish (struct file *file, const char *more)
{
    size_t table = file->size;

    put (file, "xref\n0 %d\n0000000000 65535 f \n", file->count + 1);
    for (int i = 0; i < file->count; i++)
        put (file, "%010zu 00000 n \n", file->objects[i]);
    put (file, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", file->count + 1, more, table);
}

/* Catalogue and a page, low so that it is drawn quickly; object 4 is what stands on it. */
static void begin_page (struct file *file, const char *box, const char *resources)
{
    char page[400];

    begin (file);
    object (file, "<< /Type /Catalog /Pages 2 0 R >>");
    object (file, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    snprintf (page, sizeof page, "<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>", box, resources);
    object (file, page);
}

static void sound (struct file *file)
{
    begin_page (file, "0 0 595 20",
                "/XObject << /Im 5 0 R /Fo 6 0 R >> /ExtGState << /Gs << /ca 0.5 /SMask 7 0 R >> >> /Pattern << /Pa 8 0 R >>");
    stream (file, "", "q 40 0 0 16 10 2 cm /Im Do Q\n/Fo Do /Gs gs 0.2 g 60 2 100 12 re f 1 0 0 RG 2 w 200 2 m 260 18 300 0 340 10 c S\n"
                      "/Pattern cs /Pa scn 400 2 80 14 re f* q 1 0 0 1 500 2 cm BI /W 4 /H 2 /CS /G /BPC 8 ID abcdefgh EI Q");
    stream (file, "/Type /XObject /Subtype /Image /Width 8 /Height 4 /ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] /BitsPerComponent 1"
                  " /Filter /ASCIIHexDecode", "AA55AA55>");
    stream (file, "/Type /XObject /Subtype /Form /BBox [0 0 50 16] /Matrix [1 0 0 1 350 0]", "0 0 50 16 re W n 0.5 g 0 0 30 30 re f");
    object (file, "<< /Type /Mask /S /Luminosity /G 6 0 R /BC [0.5] >>");
    stream (file, "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 4 4] /XStep 4 /YStep 4 /Resources << >>",
            "0 0 2 2 re f");
    object (file, "<< /Producer (garbage) /Title (\\376\\377) >>");
    finish (file, "/Info 9 0 R");
}

/* ---- the program --------------------------------------------------------------------------------------------------------------------- */

static int memory_file (const struct file *file)
{
    int fd = memfd_create ("fax", MFD_CLOEXEC);

    if (fd < 0 || (file && write (fd, file->bytes, file->size) != (ssize_t) file->size))
        return -1;
    lseek (fd, 0, SEEK_SET);
    return fd;
}

/* How it ended, as waitpid tells; what it said is in `said`. */
static int run (const struct file *file)
{
    int in = memory_file (file), out = memory_file (NULL), status = -1;
    pid_t child = fork ();
    ssize_t got;

    if (child == 0) {
        int nothing = open ("/dev/null", O_WRONLY);

        dup2 (in, STDIN_FILENO);
        dup2 (out, STDOUT_FILENO);
        dup2 (nothing, STDERR_FILENO);
        execl (program, program, (char *) NULL);
        _exit (127);
    }
    waitpid (child, &status, 0);
    got = pread (out, said, SAID, 0);
    said_size = got > 0 ? (size_t) got : 0;
    said[said_size] = '\0';
    close (in);
    close (out);
    return status;
}

static bool ends_with (const char *text)
{
    size_t size = strlen (text);

    return said_size >= size && memcmp (said + said_size - size, text, size) == 0;
}

static bool is_bad (void)
{
    static const char *const why[] = { "broken", "locked", "pages", "pixels", "unknown" };
    char whole[40];

    for (size_t i = 0; i < sizeof why / sizeof *why; i++) {
        snprintf (whole, sizeof whole, "RKF1\nbad %s\n", why[i]);
        if (strcmp (said, whole) == 0)
            return true;
    }
    return false;
}

/* "read", "bad", "ended" (by its limits or by poppler), "slow"; anything else must not be. */
static const char *outcome (int status)
{
    if (WIFSIGNALED (status))
        return WTERMSIG (status) == SIGALRM || WTERMSIG (status) == SIGXCPU ? "slow" : said_size == 0 ? "ended" : "died in its answer";
    if (WEXITSTATUS (status) == 127 || WEXITSTATUS (status) == SANITIZER_SAYS)
        return "wrong";
    if (WEXITSTATUS (status) != 0)
        return ends_with ("end\n") ? "whole, but failed" : "ended";
    return is_bad () ? "bad" : strncmp (said, "RKF1\npage ", 10) == 0 && ends_with ("end\n") ? "read" : "half an answer";
}

/* ---- changed files ------------------------------------------------------------------------------------------------------------------- */

static uint32_t below (size_t most)
{
    dice = dice * 1664525u + 1013904223u;
    return (uint32_t) ((uint64_t) (dice >> 8) * most >> 24);
}

/* Puts `text` where `size` bytes stood. */
static void replace (struct file *file, size_t at, size_t size, const char *text)
{
    size_t more = strlen (text);

    if (file->size - size + more > ROOM)
        return;
    memmove (file->bytes + at + more, file->bytes + at + size, file->size - at - size);
    memcpy (file->bytes + at, text, more);
    file->size = file->size - size + more;
}

static void change_number (struct file *file)
{
    static const char *const numbers[] = { "0", "-1", "1", "3", "65536", "2147483647", "4294967296", "99999999999999999999", "1e38",
                                           "0.0000001" };
    size_t at = below (file->size), size = 0;

    while (at < file->size && (file->bytes[at] < '0' || file->bytes[at] > '9'))
        at++;
    while (at + size < file->size && file->bytes[at + size] >= '0' && file->bytes[at + size] <= '9')
        size++;
    if (size)
        replace (file, at, size, numbers[below (sizeof numbers / sizeof *numbers)]);
}

static void change_word (struct file *file)
{
    static const char *const words[] = { "[", "<<", ">>", "]", "(", "endobj", "stream\n", "/Parent 2 0 R", "/Contents 6 0 R",
        "/Filter /FlateDecode", "/Filter [/LZWDecode /RunLengthDecode /DCTDecode]", "/Filter /JBIG2Decode", "/Filter /CCITTFaxDecode",
        "/Filter /JPXDecode", "q q q q", "/Fo Do" };
    size_t at = below (file->size);

    replace (file, at, 0, words[below (sizeof words / sizeof *words)]);
}

static void change (struct file *file)
{
    size_t at;

    for (uint32_t left = 1 + below (4); left > 0; left--)
        switch (below (6)) {
        case 0:
            file->bytes[below (file->size)] ^= (char) (1 << below (8));
            break;
        case 1:
            file->bytes[below (file->size)] = (char) below (256);
            break;
        case 2:
            change_word (file);
            break;
        case 3:
            at = below (file->size);
            replace (file, at, below (file->size - at < 60 ? file->size - at : 60), "");
            break;
        default:
            change_number (file);
        }
    if (below (12) == 0)
        file->size = below (file->size) + 9;
}

static void test_changed (void)
{
    static struct file file;
    int read = 0, bad = 0, ended = 0, wrong = 0;

    for (int i = 0; i < CHANGED; i++) {
        const char *how;

        sound (&file);
        change (&file);
        how = outcome (run (&file));
        read += strcmp (how, "read") == 0;
        bad += strcmp (how, "bad") == 0;
        ended += strcmp (how, "ended") == 0;
        if (strcmp (how, "read") != 0 && strcmp (how, "bad") != 0 && strcmp (how, "ended") != 0 && ++wrong < 5)
            note ("file %d: %s", i, how);
    }
    is_number (wrong, 0, "PDF that was changed anywhere is read, refused, or ends the process: nothing hangs, no half answer looks whole");
    ok (read > CHANGED / 10 && bad > CHANGED / 20, "...many of them are still read, some refused");
    note ("%d changed: %d read, %d refused, %d ended the process", CHANGED, read, bad, ended);
}

/* ---- made to lead astray ------------------------------------------------------------------------------------------------------------ */

/* Ends by itself within the limits, whatever it makes of the file. */
static void survives (const struct file *file, const char *name)
{
    const char *how = outcome (run (file));

    if (!ok (strcmp (how, "read") == 0 || strcmp (how, "bad") == 0 || strcmp (how, "ended") == 0, name))
        note ("%s", how);
}

static void test_loops (void)
{
    static struct file file;

    begin (&file);
    object (&file, "<< /Type /Catalog /Pages 2 0 R >>");
    object (&file, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 /Parent 2 0 R >>");
    finish (&file, "");
    survives (&file, "a tree of pages that is its own child");
    begin_page (&file, "0 0 595 20", "/XObject << /Fo 5 0 R >>");
    stream (&file, "", "/Fo Do");
    stream (&file, "/Type /XObject /Subtype /Form /BBox [0 0 50 16] /Resources << /XObject << /Fo 5 0 R >> >>", "/Fo Do /Fo Do");
    finish (&file, "");
    survives (&file, "a form that draws itself");
    sound (&file);
    finish (&file, "/Prev 9");
    survives (&file, "a table that says the one before is in the head");
    begin_page (&file, "0 0 595 20", "");
    object (&file, "4 0 R");
    finish (&file, "/Encrypt 4 0 R");
    survives (&file, "an object that is itself, as contents and as a lock");
}

static void test_sizes (void)
{
    static struct file file;
    static char deep[100001];

    begin_page (&file, "0 0 595 20", "/XObject << /Im 5 0 R >>");
    stream (&file, "", "/Im Do");
    stream (&file, "/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceRGB /BitsPerComponent 16", "x");
    finish (&file, "");
    survives (&file, "a picture of 2,000,000,000 by 2,000,000,000");
    begin_page (&file, "0 0 99999 99999", "");
    stream (&file, "", "0 0 9 9 re f");
    finish (&file, "");
    is (outcome (run (&file)), "bad", "a page as large as the sky is refused");
    begin_page (&file, "0 0 -5 0", "");
    stream (&file, "", "0 0 9 9 re f");
    finish (&file, "");
    survives (&file, "a page of less than nothing");
    memset (deep, '[', sizeof deep - 1);
    begin_page (&file, "0 0 595 20", "");
    stream (&file, "", deep);
    object (&file, deep);
    finish (&file, "");
    survives (&file, "100,000 lists in each other");
}

int main (void)
{
    static struct file file;
    static char path[500];
    ssize_t size = readlink ("/proc/self/exe", path, sizeof path - 50);

    for (int i = 0; size > 0 && i < 4; i++)
        *strrchr (path, '/') = '\0';
    memcpy (path + strlen (path), "/bin/renkei-fax-reader", sizeof "/bin/renkei-fax-reader");
    program = path;
    setenv ("ASAN_OPTIONS", "exitcode=99:detect_leaks=0", 1);
    sound (&file);
    is (outcome (run (&file)), "read", "the sound file is read");
    test_changed ();
    test_loops ();
    test_sizes ();
    return done ();
}
