/* paper_lock.c - see paper_lock.h. */
#include "paper_lock.h"
#include <qpdf/qpdf-c.h>
#include <sodium.h>

void paper_password (char ret[PAPER_PASSWORD_SIZE])
{
    for (int i = 0; i < PAPER_PASSWORD_SIZE - 1; i++)
        ret[i] = i % 5 == 4 ? '-' : (char) ('0' + randombytes_uniform (10));
    ret[PAPER_PASSWORD_SIZE - 1] = '\0';
}

/* The owner's password is nobody's: what it would allow beyond opening is allowed to everybody. */
static QPDF_ERROR_CODE write_locked (qpdf_data pdf, struct bytes plain, const char *password)
{
    char owner[PAPER_PASSWORD_SIZE];
    QPDF_ERROR_CODE failed;

    paper_password (owner);
    qpdf_silence_errors (pdf);
    qpdf_set_suppress_warnings (pdf, QPDF_TRUE);
    failed = qpdf_read_memory (pdf, "paper", (const char *) plain.data, plain.size, NULL);
    if (failed & QPDF_ERRORS || (failed = qpdf_init_write_memory (pdf)) & QPDF_ERRORS)
        return failed;
    qpdf_set_r6_encryption_parameters2 (pdf, password, owner, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, qpdf_r3p_full,
                                        QPDF_TRUE);
    return qpdf_write (pdf);
}

int paper_lock (struct arena *arena, struct bytes plain, const char *password, struct bytes *ret, struct error *err)
{
    qpdf_data pdf;
    bool good;

    if (!*password)
        return fail (err, ERROR_BUG, NULL, "a paper without a password");
    pdf = qpdf_init ();
    good = !(write_locked (pdf, plain, password) & QPDF_ERRORS) && qpdf_get_buffer_length (pdf) > 0;
    if (good)
        *ret = (struct bytes) { .size = qpdf_get_buffer_length (pdf),
                                .data = (void *) arena_copy (arena, (const char *) qpdf_get_buffer (pdf), qpdf_get_buffer_length (pdf)) };
    if (qpdf_has_error (pdf))
        qpdf_get_error (pdf);                           /* has been looked at: else it is printed */
    qpdf_cleanup (&pdf);
    return good ? 0 : fail (err, ERROR_BUG, NULL, "the paper could not be locked");
}
