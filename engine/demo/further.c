/* The cells of further registries, in the forms in which exports write them. */
#include "demo/registry.h"

#include <hedui/date.h>

#include <inttypes.h>
#include <stdio.h>

void hedui_demo_further_header(hedui_demo_row *row, hedui_demo_feed feed)
{
    const hedui_demo_registry *registry = hedui_demo_registry_of(feed);
    size_t starts[HEDUI_DEMO_MOST + 1];
    for (uint32_t i = 0; i < registry->column_count; i++) {
        starts[i] = row->text.length;
        hedui_demo_cell(row, registry->columns[i].header);
    }
    hedui_demo_dress_row(row, feed, starts, registry->column_count, "数据批次");
}

int hedui_demo_further_has(hedui_demo_random *random, hedui_demo_feed feed, int age, int dead)
{
    const hedui_demo_registry *registry = hedui_demo_registry_of(feed);
    return age >= registry->youngest && age <= registry->oldest &&
           hedui_demo_random_below(random, dead && registry->dead_in ? registry->dead_in
                                                                     : registry->one_in) == 0;
}

/* A cell as written, and what it means. */
static void write_meant(hedui_demo_row *row, const hedui_demo_column *c, const char *written,
                        const char *meant)
{
    hedui_demo_cell(row, written);
    hedui_demo_say(row, c->header, meant);
}

/* What an empty cell of the column means. */
static const char *nothing(const hedui_demo_column *c)
{
    return c->flags & HEDUI_DEMO_MAYBE ? "unknown" : "absent";
}

static uint32_t choices(const hedui_demo_column *c)
{
    uint32_t count = 1;
    for (const char *at = c->values; *at; at++)
        count += *at == '|';
    return count;
}

/* One of the column's values: `first`, and for each further row of the person the next. */
static void choose(hedui_demo_row *row, uint64_t first, const hedui_demo_column *c, uint32_t nth)
{
    char text[64], meant[64];
    const char *value = c->values;
    uint32_t count = choices(c);
    for (uint64_t skip = (first + nth) % count; skip; skip--)
        value = strchr(value, '|') + 1;
    size_t written = strcspn(value, "|="), equals = value[written] == '=';
    (void)snprintf(text, sizeof text, "%.*s", (int)written, value);
    value += equals ? written + 1 : 0;
    (void)snprintf(meant, sizeof meant, "%.*s", (int)strcspn(value, "|"), value);
    write_meant(row, c, text, meant);
}

/* Yuan as different offices write them; a correction is below zero. */
static void write_money(hedui_demo_row *row, hedui_demo_random *random, const hedui_demo_column *c,
                        uint32_t nth)
{
    char text[64], meant[64];
    int32_t fen = hedui_demo_random_between(random, c->least * 100, c->most * 100);
    int yuan = fen / 100, rest = fen % 100;
    uint32_t form = hedui_demo_random_below(random, 16);
    int below =
        c->flags & HEDUI_DEMO_NEGATIVE && nth % 2 == 1 && hedui_demo_random_chance(random, 20);
    if (!below && form == 3)
        rest = 0;
    (void)snprintf(meant, sizeof meant, "%s%d.%02d", below && fen ? "-" : "", yuan, rest);
    if (below)
        (void)snprintf(text, sizeof text, "-%d.%02d", yuan, rest);
    else if (form == 0 && yuan >= 1000)
        (void)snprintf(text, sizeof text, "%d,%03d.%02d", yuan / 1000, yuan % 1000, rest);
    else if (form == 1)
        (void)snprintf(text, sizeof text, "￥%d.%02d", yuan, rest);
    else if (form == 2)
        (void)snprintf(text, sizeof text, "%d.%02d元", yuan, rest);
    else if (form == 3)
        (void)snprintf(text, sizeof text, "%d", yuan);
    else if (form == 4)
        (void)snprintf(text, sizeof text, "　%d.%02d０ ", yuan, rest);
    else
        (void)snprintf(text, sizeof text, "%d.%02d", yuan, rest);
    write_meant(row, c, text, meant);
}

static void write_day(hedui_demo_row *row, hedui_demo_random *random, const hedui_demo_column *c,
                      int32_t day)
{
    char text[48], meant[48];
    int year = 0, month = 0, dom = 0;
    hedui_date_to_civil(&year, &month, &dom, day);
    (void)snprintf(meant, sizeof meant, "%04d-%02d-%02d", year, month, dom);
    switch (hedui_demo_random_below(random, c->flags & HEDUI_DEMO_SERIALS ? 14 : 12)) {
    case 12:
        (void)snprintf(text, sizeof text, "%d", (int)day + 25569);
        break;
    case 13:
        (void)snprintf(text, sizeof text, "%d.4375", (int)day + 25569);
        break;
    case 5:
        (void)snprintf(text, sizeof text, "%d-%d-%d 8:05", year, month, dom);
        break;
    case 6:
        (void)snprintf(text, sizeof text, " %04d年%02d月%02d日 23:59:59", year, month, dom);
        break;
    case 7:
        (void)snprintf(text, sizeof text, "%04d-%02d-%02dT00:00:00.000", year, month, dom);
        break;
    case 0:
        (void)snprintf(text, sizeof text, "%04d%02d%02d", year, month, dom);
        break;
    case 1:
        (void)snprintf(text, sizeof text, "%d/%d/%d", year, month, dom);
        break;
    case 2:
        (void)snprintf(text, sizeof text, "%04d.%02d.%02d", year, month, dom);
        break;
    case 3:
        (void)snprintf(text, sizeof text, "%d年%d月%d日", year, month, dom);
        break;
    case 4:
        (void)snprintf(text, sizeof text, "%04d-%02d-%02d 10:20:30", year, month, dom);
        break;
    default:
        (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, dom);
        break;
    }
    write_meant(row, c, text, meant);
}

static void write_month(hedui_demo_row *row, hedui_demo_random *random, const hedui_demo_column *c,
                        int32_t as_of, int back)
{
    char text[48], meant[48];
    int year = 0, month = 0, dom = 0;
    hedui_date_to_civil(&year, &month, &dom, as_of);
    month += year * 12 - 1 - back;
    year = month / 12;
    month = month % 12 + 1;
    (void)snprintf(meant, sizeof meant, "%04d-%02d", year, month);
    switch (hedui_demo_random_below(random, 4)) {
    case 0:
        (void)snprintf(text, sizeof text, "%04d-%02d", year, month);
        break;
    case 1:
        (void)snprintf(text, sizeof text, "%d年%d月", year, month);
        break;
    default:
        (void)snprintf(text, sizeof text, "%04d%02d", year, month);
        break;
    }
    write_meant(row, c, text, meant);
}

/* Noon in China, in milliseconds. */
static void write_epoch(hedui_demo_row *row, const hedui_demo_column *c, int32_t day)
{
    char text[24], meant[HEDUI_DATE_TEXT];
    (void)snprintf(text, sizeof text, "%" PRId64, ((int64_t)day * 24 + 4) * 3600000);
    hedui_date_print(meant, day);
    write_meant(row, c, text, meant);
}

/* A cooperative's code: weights are the powers of three modulo 31. */
static void write_uscc(hedui_demo_row *row, hedui_demo_random *random, const hedui_demo_column *c)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char text[24];
    int sum = 0, weight = 1;
    (void)snprintf(text, sizeof text, "93659000MA%07u", hedui_demo_random_below(random, 10000000));
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
        sum += (int)(strchr(alphabet, text[i]) - alphabet) * weight;
    text[17] = alphabet[(31 - sum % 31) % 31];
    text[18] = '\0';
    write_meant(row, c, text, text);
}

static void write_number(hedui_demo_row *row, hedui_demo_random *random, const hedui_demo_column *c)
{
    char text[48], meant[48];
    int32_t number = hedui_demo_random_between(random, c->least, c->most);
    int32_t part = hedui_demo_random_between(random, 0, 3) * 25;
    int sign = hedui_demo_random_chance(random, 40);
    if (c->made == HEDUI_MAKE_COUNT)
        (void)snprintf(text, sizeof text, "%d", (int)number);
    else if (c->made == HEDUI_MAKE_FEN)
        (void)snprintf(text, sizeof text, "%d%02d", (int)number, (int)part);
    else if (c->made == HEDUI_MAKE_STATED && sign)
        (void)snprintf(text, sizeof text, "%d.%04d%02d万元", (int)number / 10000,
                       (int)number % 10000, (int)part);
    else if (c->made == HEDUI_MAKE_STATED)
        (void)snprintf(text, sizeof text, "%d.%02d 元", (int)number, (int)part);
    else if (c->made == HEDUI_MAKE_WAN)
        (void)snprintf(text, sizeof text, "%d.%02d", (int)number, (int)part);
    else
        (void)snprintf(text, sizeof text, "%d.%02d%s", (int)number, (int)part, sign ? "㎡" : "");
    if (c->made == HEDUI_MAKE_COUNT)
        (void)snprintf(meant, sizeof meant, "%d%.9s", (int)number, c->values ? c->values : "");
    else if (c->made == HEDUI_MAKE_WAN)
        (void)snprintf(meant, sizeof meant, "%d.00", (int)(number * 10000 + part * 100));
    else
        (void)snprintf(meant, sizeof meant, "%d.%02d", (int)number, (int)part);
    write_meant(row, c, text, meant);
}

static void write_numbered(hedui_demo_row *row, const hedui_demo_column *c, const char *before,
                           uint64_t number, int digits)
{
    char text[160];
    (void)snprintf(text, sizeof text, "%s%0*llu", before, digits, (unsigned long long)number);
    const char *meant = text;
    while (strncmp(meant, "　", strlen("　")) == 0) /* blanks around are no part of a text */
        meant += strlen("　");
    write_meant(row, c, text, meant);
}

/* A name as written, without the blanks around. */
static void write_name(hedui_demo_row *row, const hedui_demo_column *c, const char *name)
{
    char meant[HEDUI_DEMO_CELL];
    (void)snprintf(meant, sizeof meant, "%s", name);
    for (size_t n = strlen(meant); n && meant[n - 1] == ' '; n--)
        meant[n - 1] = '\0';
    write_meant(row, c, name, *meant ? meant : nothing(c));
}

static const char *person_cell(const hedui_demo_column *c, const hedui_demo_subject *s)
{
    const char *const cells[] = {
        [HEDUI_MAKE_ID] = s->id,
        [HEDUI_MAKE_NAME] = s->name,
        [HEDUI_MAKE_OTHER_ID] = s->other_id,
        [HEDUI_MAKE_OTHER_NAME] = s->other_name,
        [HEDUI_MAKE_MAN_ID] = s->male ? s->id : s->other_id,
        [HEDUI_MAKE_MAN_NAME] = s->male ? s->name : s->other_name,
        [HEDUI_MAKE_WOMAN_ID] = s->male ? s->other_id : s->id,
        [HEDUI_MAKE_WOMAN_NAME] = s->male ? s->other_name : s->name,
    };
    return cells[c->made];
}

/* The number that a cell means: the first person's is written in many forms. */
static const char *number_of(const hedui_demo_column *c, const hedui_demo_subject *s)
{
    const char *written = person_cell(c, s);
    if (!*written)
        return nothing(c);
    return written == s->id && s->number ? s->number : written;
}

static void write_cell(hedui_demo_row *row, hedui_demo_random *random, const hedui_demo_column *c,
                       const hedui_demo_subject *s)
{
    switch (c->made) {
    case HEDUI_MAKE_CHOICE:
        choose(row, hedui_demo_random_below(random, choices(c)), c, s->nth);
        break;
    case HEDUI_MAKE_TURN:
        choose(row, s->serial, c, s->nth);
        break;
    case HEDUI_MAKE_MONEY:
        write_money(row, random, c, s->nth);
        break;
    case HEDUI_MAKE_COUNT:
    case HEDUI_MAKE_FEN:
    case HEDUI_MAKE_STATED:
    case HEDUI_MAKE_WAN:
    case HEDUI_MAKE_AREA:
        write_number(row, random, c);
        break;
    case HEDUI_MAKE_DAY:
        write_day(row, random, c, s->as_of - hedui_demo_random_between(random, c->least, c->most));
        break;
    case HEDUI_MAKE_EPOCH:
        write_epoch(row, c, s->as_of - hedui_demo_random_between(random, c->least, c->most));
        break;
    case HEDUI_MAKE_MONTH:
        write_month(row, random, c, s->as_of, hedui_demo_random_between(random, c->least, c->most));
        break;
    case HEDUI_MAKE_NTH_MONTH:
        write_month(row, random, c, s->as_of, c->least + (int)s->nth);
        break;
    case HEDUI_MAKE_TEXT:
        write_numbered(row, c, c->values, hedui_demo_random_below(random, 10000), 4);
        break;
    case HEDUI_MAKE_SERIAL:
        if (c->flags & HEDUI_DEMO_IF_JOINED && !s->joined) {
            write_meant(row, c, "", nothing(c));
            break;
        }
        write_numbered(row, c, c->values, s->serial, 8);
        break;
    case HEDUI_MAKE_CARD:
        write_numbered(row, c, s->id, 42, 2);
        break;
    case HEDUI_MAKE_USCC:
        write_uscc(row, random, c);
        break;
    case HEDUI_MAKE_EMPTY:
        write_meant(row, c, "", c->values);
        break;
    case HEDUI_MAKE_DOCUMENT:
        if (s->company)
            write_meant(row, c, "统一社会信用代码", "uscc");
        else
            choose(row, hedui_demo_random_below(random, choices(c)), c, s->nth);
        break;
    case HEDUI_MAKE_HOUSEHOLD:
        write_meant(row, c, s->household, s->household);
        break;
    case HEDUI_MAKE_ID:
    case HEDUI_MAKE_OTHER_ID:
    case HEDUI_MAKE_MAN_ID:
    case HEDUI_MAKE_WOMAN_ID:
        write_meant(row, c, person_cell(c, s), number_of(c, s));
        break;
    case HEDUI_MAKE_NAME:
    case HEDUI_MAKE_OTHER_NAME:
    case HEDUI_MAKE_MAN_NAME:
    case HEDUI_MAKE_WOMAN_NAME:
        write_name(row, c, person_cell(c, s));
        break;
    }
}

static const hedui_demo_set *set_of(const hedui_demo_claim *claim, const char *header)
{
    for (int i = 0; claim && i < claim->set_count; i++)
        if (strcmp(claim->sets[i].header, header) == 0)
            return &claim->sets[i];
    return NULL;
}

void hedui_demo_further_row(hedui_demo_row *row, hedui_demo_random *random, hedui_demo_feed feed,
                            const hedui_demo_subject *subject, int varied)
{
    const hedui_demo_registry *registry = hedui_demo_registry_of(feed);
    const hedui_demo_fault *fault = subject->fault;
    const hedui_demo_column *struck =
        fault && fault->text ? hedui_demo_fault_column(registry, fault) : NULL;
    hedui_demo_row unused = {.cells = 0};
    size_t starts[HEDUI_DEMO_MOST + 1];
    for (uint32_t i = 0; i < registry->column_count; i++) {
        starts[i] = row->text.length;
        const hedui_demo_column *c = &registry->columns[i];
        const char *instead = c == struck ? fault->text : NULL;
        if (varied && c->flags & HEDUI_DEMO_VARIES)
            instead = c->made == HEDUI_MAKE_DAY ? "1999-09-09" : "777.77";
        const hedui_demo_set *set = set_of(subject->claim, c->header);
        if (set) {
            write_meant(row, c, set->written, set->meant);
            write_cell(&unused, random, c, subject);
            continue;
        }
        if (instead) /* a fault, all of which say nothing; or a contradiction, which is no fact */
            write_meant(row, c, instead, nothing(c));
        /* drawn all the same, so that the cells behind it stay what they are */
        write_cell(instead ? &unused : row, random, c, subject);
    }
    hedui_buffer_free(&unused.text);
    hedui_demo_dress_row(row, feed, starts, registry->column_count, "第二批");
}
