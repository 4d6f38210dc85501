/* Numbers of registers. */
#include "value/register_no.h"

#include "value/cell.h"

static uint32_t upper(uint32_t c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

int hedui_uscc_parse(char code[HEDUI_USCC_TEXT], hedui_span text)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    hedui_cell cell;
    char read[HEDUI_USCC_TEXT] = {0};
    int sum = 0, weight = 1, last = 0;
    if (!hedui_cell_read(&cell, text) || cell.to - cell.from != HEDUI_USCC_TEXT - 1)
        return 0;
    for (int i = 0; i < HEDUI_USCC_TEXT - 1; i++) {
        uint32_t c = upper(cell.at[cell.from + i]);
        const char *found = c && c < 0x80 ? strchr(alphabet, (int)c) : NULL;
        if (!found)
            return 0;
        last = (int)(found - alphabet);
        read[i] = (char)c;
        if (i < HEDUI_USCC_TEXT - 2)
            sum += last * weight;
        weight = weight * 3 % 31;
    }
    if ((31 - sum % 31) % 31 != last)
        return 0;
    memcpy(code, read, sizeof read);
    return 1;
}

static int is_suffix(uint32_t c)
{
    static const uint32_t suffixes[] = {0x5B66, 0x8B66, 0x6302, 0x6E2F, 0x6FB3, 0x4F7F, 0x9886};
    for (unsigned i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (c == suffixes[i])
            return 1;
    return 0;
}

int hedui_plate_parse(char plate[HEDUI_PLATE_TEXT], hedui_span text)
{
    hedui_cell cell;
    char read[HEDUI_PLATE_TEXT];
    int characters = 0, bytes = 0, digits = 0;
    if (!hedui_cell_read(&cell, text))
        return 0;
    for (int i = cell.from; i < cell.to; i++) {
        uint32_t c = upper(cell.at[i]);
        if (hedui_is_blank(c) || c == '.' || c == '-' || c == 0xB7 || c == 0x2022)
            continue;
        int plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        int province = characters == 0 && c >= 0x4E00 && c <= 0x9FFF;
        if ((!plain && !province && !is_suffix(c)) || characters == 10)
            return 0;
        digits += plain;
        characters++;
        bytes += hedui_utf8_put(read + bytes, c);
    }
    if (characters < 4 || digits < 4)
        return 0;
    read[bytes] = '\0';
    memcpy(plate, read, (size_t)bytes + 1);
    return 1;
}
