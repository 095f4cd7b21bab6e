/* account_text.c - see account_text.h. */
#include "account_text.h"
#include "words.h"

const char *account_subject (enum account_change change)
{
    switch (change) {
    case ACCOUNT_CHANGE_PASSWORD_CHANGED:
        return "【連携】パスワードが変更されました";
    case ACCOUNT_CHANGE_SESSION_ENDED:
        return "【連携】管理者が端末をログアウトさせました";
    }
    return NULL;
}

const char *account_body (struct arena *arena, enum account_change change, int64_t at)
{
    const char *what = change == ACCOUNT_CHANGE_PASSWORD_CHANGED
                           ? "あなたのパスワードが変更され、ほかの端末はログアウトされました。"
                           : "所属の管理者が、あなたがログインしていた端末のひとつをログアウトさせました。";

    return arena_print (arena, "%s\n\n日時：%s\n\n心当たりがないときは、すぐに所属の管理者へ連絡してください。\n"
                               "このメールにリンクはありません。リンクのある同じようなメールは開かないでください。\n",
                        what, words_time (arena, at));
}
