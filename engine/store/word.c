/* A word on record is listed and printed: it has an author and a reason, and no number in it that a
 * register knows somebody by. */
#include "store/word.h"

enum { CITIZEN_ID_DIGITS = 15 }; /* the shorter of the two kinds */

int hedui_store_names_number(hedui_span text)
{
    int run = 0;
    for (size_t i = 0; i < text.length; i++) {
        run = text.at[i] >= '0' && text.at[i] <= '9' ? run + 1 : 0;
        if (run >= CITIZEN_ID_DIGITS)
            return 1;
    }
    return 0;
}

static int is_blank(hedui_span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] != ' ' && text.at[i] != '\t')
            return 0;
    return 1;
}

hedui_status hedui_store_word_check(hedui_span person, hedui_span reason, hedui_err *err)
{
    if (is_blank(person) || is_blank(reason))
        return hedui_fail_plain(err, HEDUI_E5020, hedui_place_none());
    return hedui_store_names_number(person) || hedui_store_names_number(reason)
               ? hedui_fail_plain(err, HEDUI_E5047, hedui_place_none())
               : HEDUI_OK;
}
