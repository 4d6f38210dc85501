/* Citizen numbers. The text is brought to plain ASCII first (full-width forms, blanks, the
 * wrappings that spreadsheets leave), then judged; nothing is repaired beyond that, because a
 * guessed number accuses a stranger. */
#include <hedui/citizen_id.h>
#include <hedui/date.h>
#include <hedui/digest.h>

/* Nobody alive or in an old register was born before the first year or will be after the last; what
 * lies outside is a date that nobody had, though it may exist in a calendar. */
enum { LONGEST = 64, FIRST_YEAR = 1850, LAST_YEAR = 2099 };

/* Weights of GB 11643 and the check character by remainder. */
static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
static const char checks[] = "10X98765432";

static char check_of(const char *first17)
{
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (first17[i] - '0') * weights[i];
    return checks[sum % 11];
}

/* Copy as ASCII: full-width forms (U+FF01..FF5E) narrowed, ideographic and no-break space to a
 * blank. Other characters become '?', which no form accepts. Returns the length, or -1. */
static int narrow(char out[LONGEST], hedui_span text)
{
    int n = 0;
    for (size_t i = 0; i < text.length; n++) {
        const unsigned char *c = (const unsigned char *)text.at + i;
        size_t left = text.length - i;
        if (n == LONGEST)
            return -1;
        if (c[0] < 0x80) {
            out[n] = (char)c[0];
            i += 1;
        } else if (left >= 3 && c[0] == 0xEF && (c[1] == 0xBC || c[1] == 0xBD)) {
            out[n] = (char)((c[1] - 0xBC) * 64 + (c[2] - 0x80) + 0x20);
            i += 3;
        } else if (left >= 3 && c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80) {
            out[n] = ' ';
            i += 3;
        } else if (left >= 2 && c[0] == 0xC2 && c[1] == 0xA0) {
            out[n] = ' ';
            i += 2;
        } else {
            out[n] = '?';
            i += c[0] >= 0xF0 ? 4 : c[0] >= 0xE0 ? 3 : 2;
            if (i > text.length)
                i = text.length;
        }
    }
    return n;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void unwrap(const char **at, int *length)
{
    for (int again = 1; again;) {
        again = 0;
        while (*length && is_blank((*at)[0]))
            (*at)++, (*length)--;
        while (*length && is_blank((*at)[*length - 1]))
            (*length)--;
        if (*length >= 3 && (*at)[0] == '=' && (*at)[1] == '"' && (*at)[*length - 1] == '"') {
            *at += 2;
            *length -= 3;
            again = 1;
        } else if (*length && (*at)[0] == '\'') {
            (*at)++;
            (*length)--;
            again = 1;
        }
    }
}

static int all_digits(const char *at, int length)
{
    for (int i = 0; i < length; i++)
        if (at[i] < '0' || at[i] > '9')
            return 0;
    return 1;
}

static int is_masked(const char *at, int length)
{
    int stars = 0;
    for (int i = 0; i < length; i++)
        stars += at[i] == '*';
    return stars > 0 && (length == 18 || length == 15);
}

static int number(const char *at, int length)
{
    int value = 0;
    for (int i = 0; i < length; i++)
        value = value * 10 + (at[i] - '0');
    return value;
}

/* Means "nothing here": empty, 无, -, NULL, 0. 无 is seen before narrowing. */
static int says_nothing(hedui_span text, const char *at, int length)
{
    static const char *const signs[] = {"-", "--", "/", "0", "NULL", "null", "N/A"};
    if (length == 0)
        return 1;
    if (length == 1 && at[0] == '?') {
        hedui_span none = HEDUI_SPAN("无");
        for (size_t i = 0; i + none.length <= text.length; i++)
            if (memcmp(text.at + i, none.at, none.length) == 0)
                return 1;
        return 0;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if ((int)strlen(signs[i]) == length && memcmp(signs[i], at, (size_t)length) == 0)
            return 1;
    return 0;
}

static hedui_citizen_id_form accept(hedui_citizen_id *id, const char first17[17],
                                    hedui_citizen_id_form form)
{
    int32_t birth;
    int year = number(first17 + 6, 4);
    if (year < FIRST_YEAR || year > LAST_YEAR ||
        !hedui_date_from_civil(&birth, year, number(first17 + 10, 2), number(first17 + 12, 2)))
        return HEDUI_CITIZEN_ID_DATE;
    uint64_t value = 0;
    for (int i = 0; i < 17; i++)
        value = value * 10 + (uint64_t)(first17[i] - '0');
    *id = value;
    return form;
}

/* Eight characters as one word, the first one lowest. */
static uint64_t eight(const char *at)
{
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&word, at, sizeof word);
#else
    for (int i = 7; i >= 0; i--)
        word = word << 8 | (unsigned char)at[i];
#endif
    return word;
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

static int eight_digits(uint64_t word)
{
    uint64_t high = EACH_BYTE(0xF0), three = EACH_BYTE(0x30);
    return (word & high) == three && ((word + EACH_BYTE(6)) & high) == three;
}

/* The number that eight digits (without their 0x30) spell: neighbours are joined, three times. */
static uint64_t spelt(uint64_t digits)
{
    const uint64_t low = UINT64_C(0x000000FF000000FF);
    digits = digits * 10 + (digits >> 8);
    return ((digits & low) * UINT64_C(0x000F424000000064) +
            (digits >> 16 & low) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* Four weights, for every other of eight digits: a product's highest 16 bits are the sum. */
#define WEIGHTS(a, b, c, d)                                                                        \
    ((uint64_t)(a) << 48 | (uint64_t)(b) << 32 | (uint64_t)(c) << 16 | (uint64_t)(d))

static unsigned weighted(uint64_t digits, uint64_t even, uint64_t odd)
{
    const uint64_t low = UINT64_C(0x00FF00FF00FF00FF);
    return (unsigned)((digits & low) * even >> 48) + (unsigned)((digits >> 8 & low) * odd >> 48);
}

static int is_birth(int ymd)
{
    int32_t birth;
    int year = ymd / 10000, month = ymd / 100 % 100, day = ymd % 100;
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1)
        return 0;
    return day <= 28 || hedui_date_from_civil(&birth, year, month, day);
}

/* Nearly all cells are this: nothing is copied, and eight digits go at a time. */
int hedui_citizen_id_plain(hedui_citizen_id *id, hedui_span text)
{
    if (text.length != 18)
        return 0;
    uint64_t a = eight(text.at), b = eight(text.at + 8);
    unsigned last = (unsigned)(unsigned char)text.at[16] - '0';
    if (!eight_digits(a) || !eight_digits(b) || last > 9)
        return 0;
    a -= EACH_BYTE(0x30);
    b -= EACH_BYTE(0x30);
    unsigned sum = weighted(a, WEIGHTS(7, 10, 8, 2), WEIGHTS(9, 5, 4, 1)) +
                   weighted(b, WEIGHTS(6, 7, 10, 8), WEIGHTS(3, 9, 5, 4)) + last * 2;
    uint64_t value = spelt(a) * UINT64_C(1000000000) + spelt(b) * 10 + last;
    if (text.at[17] != checks[sum % 11] || !is_birth((int)(value / 1000 % 100000000)))
        return 0;
    *id = value;
    return 1;
}

hedui_citizen_id_form hedui_citizen_id_parse(hedui_citizen_id *id, hedui_span text)
{
    char plain[LONGEST];
    const char *at = plain;
    if (hedui_citizen_id_plain(id, text))
        return HEDUI_CITIZEN_ID_18;
    int length = narrow(plain, text);
    if (length < 0)
        return HEDUI_CITIZEN_ID_FORMAT;
    unwrap(&at, &length);
    if (says_nothing(text, at, length))
        return HEDUI_CITIZEN_ID_EMPTY;
    if (is_masked(at, length))
        return HEDUI_CITIZEN_ID_MASKED;
    if (length == 15 && all_digits(at, 15)) {
        char first17[17];
        memcpy(first17, at, 6);
        memcpy(first17 + 6, "19", 2);
        memcpy(first17 + 8, at + 6, 9);
        return accept(id, first17, HEDUI_CITIZEN_ID_15);
    }
    if (length != 18 || !all_digits(at, 17))
        return HEDUI_CITIZEN_ID_FORMAT;
    char last = at[17] == 'x' ? 'X' : at[17];
    if (last != 'X' && (last < '0' || last > '9'))
        return HEDUI_CITIZEN_ID_FORMAT;
    hedui_citizen_id read = 0;
    hedui_citizen_id_form form = accept(&read, at, HEDUI_CITIZEN_ID_18);
    if (form == HEDUI_CITIZEN_ID_18 && check_of(at) != last)
        return HEDUI_CITIZEN_ID_CHECK;
    if (form == HEDUI_CITIZEN_ID_18)
        *id = read;
    return form;
}

void hedui_citizen_id_print(char text[HEDUI_CITIZEN_ID_TEXT], hedui_citizen_id id)
{
    for (int i = 16; i >= 0; i--, id /= 10)
        text[i] = (char)('0' + id % 10);
    text[17] = check_of(text);
    text[18] = '\0';
}

void hedui_citizen_id_mask(char text[HEDUI_CITIZEN_ID_TEXT], hedui_citizen_id id)
{
    hedui_citizen_id_print(text, id);
    memset(text + 6, '*', 8);
}

hedui_status hedui_citizen_id_token(char token[HEDUI_CITIZEN_ID_TOKEN], hedui_citizen_id id,
                                    hedui_err *err)
{
    char text[HEDUI_CITIZEN_ID_TEXT], hex[HEDUI_DIGEST_HEX];
    hedui_digest digest;
    hedui_citizen_id_print(text, id);
    hedui_status status = hedui_digest_of(&digest, hedui_span_of(text), err);
    if (status)
        return status;
    hedui_digest_hex(hex, &digest);
    memcpy(token, hex, HEDUI_CITIZEN_ID_TOKEN - 1);
    token[HEDUI_CITIZEN_ID_TOKEN - 1] = '\0';
    return HEDUI_OK;
}

hedui_status hedui_citizen_id_token_number(uint64_t *token, hedui_citizen_id id, hedui_err *err)
{
    char text[HEDUI_CITIZEN_ID_TEXT];
    hedui_digest digest;
    uint64_t number = 0;
    hedui_citizen_id_print(text, id);
    hedui_status status = hedui_digest_of(&digest, hedui_span_of(text), err);
    if (status)
        return status;
    for (int i = 0; i < 8; i++)
        number = number << 8 | digest.bytes[i];
    *token = number;
    return HEDUI_OK;
}

int32_t hedui_citizen_id_birth(hedui_citizen_id id)
{
    int ymd = (int)(id / 1000 % 100000000);
    int32_t day = 0;
    (void)hedui_date_from_civil(&day, ymd / 10000, ymd / 100 % 100, ymd % 100);
    return day;
}

int hedui_citizen_id_sex(hedui_citizen_id id)
{
    return id % 2 == 1 ? 1 : 2;
}
