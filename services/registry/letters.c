/* letters.c - see letters.h. */
#include "letters.h"

#include "paper.h"

static void letter (struct paper *paper, const struct letter *one, const char *office)
{
    static const struct paper_column columns[] = { { .share = 3, .label = true }, { .share = 7 } };
    struct arena *arena = paper->arena;
    const char **login = arena_alloc (arena, 2 * sizeof *login), **password = arena_alloc (arena, 2 * sizeof *password);

    login[0] = "ログイン名";
    login[1] = one->login;
    password[0] = "最初のパスワード";
    password[1] = one->password;
    paper_heading (paper, 1, "はじめてのログイン");
    paper_text (paper, arena_print (arena, "%s", office));
    paper_heading (paper, 2, arena_print (arena, "%s 様", one->name));
    paper_qr (paper, arena_print (arena, "otpauth://totp/Renkei:%s?secret=%s&issuer=Renkei&algorithm=SHA1&digits=6&period=30", one->login,
                                  one->secret), 42, "確認コード用");
    paper_text (paper, "1. スマートフォンの認証アプリで、右のQRコードを読み取ります。");
    paper_text (paper, "2. ログイン名とパスワードを入れ、認証アプリに出る6桁の数字を入れます。");
    paper_text (paper, "3. 画面の案内にしたがって、パスワードを自分だけが知るものに変えます。");
    paper_table (paper, columns, 2);
    paper_row (paper, PAPER_STRONG, login);
    paper_row (paper, PAPER_STRONG, password);
    paper_space (paper, 4);
    paper_small (paper, arena_print (arena, "QRコードが読めないときの鍵：%s", one->secret));
    paper_box (paper, "このIDは、あなた1人のものです。同僚とも共有しないでください。\n"
                      "パスワードを変えたら、この紙は細かく裁断して捨ててください。");
}

int letters_print (const struct letter *letters, size_t count, const char *office, const char *region, int64_t now, struct arena *arena,
                   struct bytes *ret, struct error *err)
{
    struct paper paper = { .arena = arena, .title = "はじめてのログイン", .owner = region, .issued_at = now };

    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            paper_new_page (&paper);
        letter (&paper, &letters[i], office);
    }
    return paper_print (&paper, ret, NULL, err);
}
