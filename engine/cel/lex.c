/* From bytes to tokens. Texts are only delimited here; literal.c decodes them. */
#include "cel/internal.h"

static int letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int digit(int c)
{
    return c >= '0' && c <= '9';
}

static int hex(int c)
{
    return digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static int peek(const lexer *l, uint32_t ahead)
{
    return l->at + ahead < l->text.length ? (unsigned char)l->text.at[l->at + ahead] : -1;
}

static void bad(lexer *l, hedui_status error)
{
    l->kind = TOKEN_BAD;
    l->error = error;
}

static void skip_space(lexer *l)
{
    for (;;) {
        int c = peek(l, 0);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
            l->at++;
        } else if (c == '/' && peek(l, 1) == '/') {
            while (peek(l, 0) != -1 && peek(l, 0) != '\n')
                l->at++;
        } else {
            return;
        }
    }
}

/* At the opening quote; `raw` texts have no escapes. */
static void text(lexer *l, token kind, int raw)
{
    int quote = peek(l, 0);
    int triple = peek(l, 1) == quote && peek(l, 2) == quote;
    l->kind = kind;
    l->at += triple ? 3 : 1;
    for (;;) {
        int c = peek(l, 0);
        if (c == -1 || (!triple && (c == '\n' || c == '\r'))) {
            bad(l, HEDUI_E3203);
            return;
        }
        if (c == '\\' && !raw) {
            l->at += peek(l, 1) == -1 ? 1 : 2;
            continue;
        }
        if (c == quote && (!triple || (peek(l, 1) == quote && peek(l, 2) == quote))) {
            l->at += triple ? 3 : 1;
            return;
        }
        l->at++;
    }
}

static void number(lexer *l)
{
    l->kind = TOKEN_INT;
    if (peek(l, 0) == '0' && (peek(l, 1) | 0x20) == 'x' && hex(peek(l, 2))) {
        l->at += 2;
        while (hex(peek(l, 0)))
            l->at++;
    } else {
        while (digit(peek(l, 0)))
            l->at++;
        if (peek(l, 0) == '.' && digit(peek(l, 1))) {
            l->kind = TOKEN_DOUBLE;
            l->at++;
            while (digit(peek(l, 0)))
                l->at++;
        }
        int sign = peek(l, 1) == '+' || peek(l, 1) == '-';
        if (peek(l, 0) != -1 && (peek(l, 0) | 0x20) == 'e' && digit(peek(l, 1u + (unsigned)sign))) {
            l->kind = TOKEN_DOUBLE;
            l->at += 1u + (unsigned)sign;
            while (digit(peek(l, 0)))
                l->at++;
        }
    }
    if (l->kind == TOKEN_INT && peek(l, 0) != -1 && (peek(l, 0) | 0x20) == 'u') {
        l->kind = TOKEN_UINT;
        l->at++;
    }
}

static void quoted_name(lexer *l)
{
    l->at++;
    uint32_t begin = l->at;
    for (;;) {
        int c = peek(l, 0);
        if (c == '`' && l->at > begin)
            break;
        if (!letter(c) && !digit(c) && c != '.' && c != '-' && c != '/' && c != ' ') {
            bad(l, HEDUI_E3202);
            return;
        }
        l->at++;
    }
    l->at++;
    l->kind = TOKEN_QUOTED;
}

static void name(lexer *l)
{
    static const struct {
        const char *word;
        token kind;
    } words[] = {
        {"true", TOKEN_TRUE}, {"false", TOKEN_FALSE}, {"null", TOKEN_NULL}, {"in", TOKEN_IN}};
    while (letter(peek(l, 0)) || digit(peek(l, 0)))
        l->at++;
    l->kind = TOKEN_NAME;
    hedui_span word = span_between(l->text, l->begin, l->at);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hedui_span_is(word, words[i].word))
            l->kind = words[i].kind;
}

/* A letter that may begin a text: r b br and their capitals. */
static int prefixed_text(lexer *l)
{
    int first = peek(l, 0) | 0x20, second = peek(l, 1);
    if ((first == 'r' || first == 'b') && (second == '"' || second == '\'')) {
        l->at++;
        text(l, first == 'b' ? TOKEN_BYTES : TOKEN_STRING, first == 'r');
        return 1;
    }
    if (first == 'b' && second != -1 && (second | 0x20) == 'r' &&
        (peek(l, 2) == '"' || peek(l, 2) == '\'')) {
        l->at += 2;
        text(l, TOKEN_BYTES, 1);
        return 1;
    }
    return 0;
}

static void symbol(lexer *l)
{
    static const struct {
        char text[3];
        token kind;
    } symbols[] = {
        {"||", TOKEN_OR},      {"&&", TOKEN_AND},     {"<=", TOKEN_LE},    {">=", TOKEN_GE},
        {"==", TOKEN_EQ},      {"!=", TOKEN_NE},      {"<", TOKEN_LT},     {">", TOKEN_GT},
        {"+", TOKEN_PLUS},     {"-", TOKEN_MINUS},    {"*", TOKEN_STAR},   {"/", TOKEN_SLASH},
        {"%", TOKEN_PERCENT},  {"!", TOKEN_NOT},      {".", TOKEN_DOT},    {",", TOKEN_COMMA},
        {":", TOKEN_COLON},    {"?", TOKEN_QUESTION}, {"(", TOKEN_LPAREN}, {")", TOKEN_RPAREN},
        {"[", TOKEN_LBRACKET}, {"]", TOKEN_RBRACKET}, {"{", TOKEN_LBRACE}, {"}", TOKEN_RBRACE},
    };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        uint32_t length = symbols[i].text[1] ? 2 : 1;
        if (peek(l, 0) == symbols[i].text[0] && (length == 1 || peek(l, 1) == symbols[i].text[1])) {
            l->kind = symbols[i].kind;
            l->at += length;
            return;
        }
    }
    size_t at = l->at;
    (void)hedui_cel_utf8_decode(l->text, &at);
    l->at = (uint32_t)at;
    bad(l, HEDUI_E3202);
}

void hedui_cel_lex_next(lexer *l)
{
    skip_space(l);
    l->begin = l->at;
    int c = peek(l, 0);
    if (c == -1)
        l->kind = TOKEN_END;
    else if (letter(c)) {
        if (!prefixed_text(l))
            name(l);
    } else if (digit(c) || (c == '.' && digit(peek(l, 1))))
        number(l);
    else if (c == '"' || c == '\'')
        text(l, TOKEN_STRING, 0);
    else if (c == '`')
        quoted_name(l);
    else
        symbol(l);
    l->end = l->at;
}
