/* adapter_fax.c - FAX: the page as a PDF, given to HylaFAX's sendfax or mailed to a gateway; see adapter.h.
 *
 * sendfax takes a job and tells no more: its page is "sent, arrival not known".  A number goes out as digits only, so that it is never
 * taken for an option or an address.
 */
#include <curl/curl.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>
#include "adapter.h"
#include "clock.h"
#include "paper.h"
#include "sender.h"
#include "text.h"

extern char **environ;

enum { CODE_MM = 34 };                          /* 1 mm and more a dot: readable in the coarse lines of a FAX, too */

static const char *digits_of (struct arena *arena, const char *number)
{
    const char *narrow = text_narrow (arena, number);
    char *out = arena_alloc (arena, strlen (narrow) + 1), *to = out;

    for (const char *c = narrow; *c; c++)
        if (*c >= '0' && *c <= '9')
            *to++ = *c;
    return to - out >= 3 ? out : NULL;
}

int fax_print (struct arena *arena, const struct claimed *claim, struct bytes *ret, struct error *err)
{
    struct paper paper = { .arena = arena, .title = claim->subject, .owner = "連携", .issued_at = clock_real_us () };

    paper_heading (&paper, 1, claim->subject ? claim->subject : "連絡");
    if (claim->page_code)
        paper_qr (&paper, claim->page_code, CODE_MM, "隠さないでください");
    paper_text (&paper, claim->text);
    return paper_print (&paper, ret, NULL, err);
}

static bool page_of (struct hand *hand, struct bytes *ret)
{
    struct error err = { 0 };

    if (fax_print (hand->arena, &hand->claim, ret, &err) == 0)
        return true;
    hand_answer (hand, SENT_TEMPORARY, "ページを作れませんでした");
    return false;
}

/* ---- sendfax ------------------------------------------------------------------------------------------------------------------------------- */

static bool write_page (struct hand *hand, struct bytes page)
{
    const char *folder = getenv ("TMPDIR");
    char *path = arena_print (hand->arena, "%s/renkei-fax-XXXXXX", folder ? folder : "/tmp");
    int file = mkstemp (path);
    bool good = file >= 0 && write (file, page.data, page.size) == (ssize_t) page.size;

    if (file >= 0)
        close (file);
    hand->give = file >= 0 ? path : NULL;               /* removed at the end */
    return good;
}

static void drop_page (struct hand *hand)
{
    if (hand->give)
        unlink (hand->give);
    hand->give = NULL;
}

void fax_begin (struct adapter *adapter, struct hand *hand)
{
    const char *command = adapter->state, *number = digits_of (hand->arena, hand->claim.address);
    struct bytes page;
    pid_t child;

    if (!number) {
        hand_answer (hand, SENT_PERMANENT, "FAX番号の形が正しくありません");
        return;
    }
    if (!page_of (hand, &page))
        return;
    if (!write_page (hand, page)
        || posix_spawn (&child, command, NULL, NULL,
                        (char *const[]) { (char *) command, "-n", "-d", (char *) number, (char *) hand->give, NULL }, environ) != 0) {
        drop_page (hand);
        hand_answer (hand, SENT_TEMPORARY, "FAXの送信を始められませんでした");
        return;
    }
    hand->child = child;
}

void fax_end (struct adapter *adapter, struct hand *hand, int code, long status)
{
    (void) adapter;
    (void) status;
    drop_page (hand);
    if (code == 0)
        hand_answer (hand, SENT_ACCEPTED, NULL);
    else
        hand_answer (hand, SENT_TEMPORARY, "FAXが受け付けられませんでした");
}

/* ---- a gateway that takes e-mail ------------------------------------------------------------------------------------------------------------ */

struct fax_mail { const char *url, *from, *to; };

const void *fax_mail_state (struct arena *arena, const struct sender_settings *settings)
{
    struct fax_mail *state = arena_alloc (arena, sizeof *state);

    *state = (struct fax_mail) { settings->smtp_url, settings->mail_from, settings->fax_mail };
    return state;
}

static void attach (struct hand *hand, struct bytes page, const char *to, const char *from)
{
    curl_mime *mime = curl_mime_init (hand->easy);
    curl_mimepart *part = curl_mime_addpart (mime);
    struct curl_slist *head = curl_slist_append (NULL, arena_print (hand->arena, "From: %s", from));

    curl_mime_data (part, (const char *) page.data, page.size);
    curl_mime_type (part, "application/pdf");
    curl_mime_filename (part, "fax.pdf");
    curl_mime_encoder (part, "base64");
    head = curl_slist_append (head, arena_print (hand->arena, "To: %s", to));
    head = curl_slist_append (head, arena_print (hand->arena, "Message-ID: <%s@renkei>", hand->claim.delivery_id));
    head = curl_slist_append (head, "Subject: FAX");
    hand->lists[0] = head;
    hand->mime = mime;
    curl_easy_setopt (hand->easy, CURLOPT_HTTPHEADER, head);
    curl_easy_setopt (hand->easy, CURLOPT_MIMEPOST, mime);
}

void fax_mail_begin (struct adapter *adapter, struct hand *hand)
{
    const struct fax_mail *state = adapter->state;
    const char *number = digits_of (hand->arena, hand->claim.address), *mark = strstr (state->to, "%s"), *to;
    struct bytes page;

    if (!number || !mark) {
        hand_answer (hand, SENT_PERMANENT, "FAX番号の形が正しくありません");
        return;
    }
    to = arena_print (hand->arena, "%.*s%s%s", (int) (mark - state->to), state->to, number, mark + 2);
    if (!page_of (hand, &page) || !hand_open (hand, state->url, "smtp,smtps"))
        return;
    attach (hand, page, to, state->from);
    hand->lists[1] = curl_slist_append (NULL, to);
    curl_easy_setopt (hand->easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt (hand->easy, CURLOPT_MAIL_FROM, state->from);
    curl_easy_setopt (hand->easy, CURLOPT_MAIL_RCPT, hand->lists[1]);
}

void fax_mail_end (struct adapter *adapter, struct hand *hand, int code, long status)
{
    mail_end (adapter, hand, code, status);
    if (hand->answer.sent == SENT_DELIVERED)
        hand->answer.sent = SENT_ACCEPTED;              /* the gateway has it; whether the page came out it does not say */
}
