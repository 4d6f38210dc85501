/* Further registries: what a row says is drawn column by column from a table. No rule of the line
 * reads them; their truth is which rows are used, which are not, and why. */
#include "demo/rows.h"

#include <hedui/date.h>

#include <stdio.h>

/* One column: how its cells are made. */
typedef struct column {
    const char *header;
    enum { NUMBER, NAME, CHOICE, MONEY, LAST_MONTH, PAST_MONTH, PAST_DAY, TEXT, CARD, EMPTY } made;
    const char *values; /* CHOICE: between bars; TEXT: what stands before a running number */
    int least, most;    /* MONEY: yuan */
} column;

static const column pension[] = {
    {"公民身份号码", NUMBER, NULL, 0, 0},     {"姓名", NAME, NULL, 0, 0},
    {"险种", CHOICE, "110|110|120", 0, 0},    {"发放状态", CHOICE, "1|1|1|2|3", 0, 0},
    {"待遇起始年月", PAST_MONTH, NULL, 0, 0}, {"月养老金", MONEY, NULL, 900, 3200},
    {"发放年月", LAST_MONTH, NULL, 0, 0},     {"暂停原因", EMPTY, NULL, 0, 0},
    {"终止原因", EMPTY, NULL, 0, 0},          {NULL, EMPTY, NULL, 0, 0},
};
/* who draws has ended contributing (AAC031 is 3) and has not left (AAC008 is 1) */
static const column resident_pension[] = {
    {"AAC002", NUMBER, NULL, 0, 0},        {"AAC003", NAME, NULL, 0, 0},
    {"AAC008", CHOICE, "1", 0, 0},         {"AAC031", CHOICE, "3", 0, 0},
    {"AAE116", CHOICE, "1|1|1|2|3", 0, 0}, {"待遇起始年月", PAST_MONTH, NULL, 0, 0},
    {"基础养老金", MONEY, NULL, 55, 90},   {"个人账户养老金", MONEY, NULL, 0, 60},
    {"发放年月", LAST_MONTH, NULL, 0, 0},  {NULL, EMPTY, NULL, 0, 0},
};
static const column contribution[] = {
    {"公民身份号码", NUMBER, NULL, 0, 0},
    {"姓名", NAME, NULL, 0, 0},
    {"险种", CHOICE, "110|310", 0, 0},
    {"缴费年月", LAST_MONTH, NULL, 0, 0},
    {"缴费日期", PAST_DAY, NULL, 0, 0},
    {"缴费基数", MONEY, NULL, 1800, 5200},
    {"个人缴费", MONEY, NULL, 140, 420},
    {"单位编号", TEXT, "DW", 0, 0},
    {"单位名称", TEXT, "示例县某公司", 0, 0},
    {"参保状态", CHOICE, "1|1|2|正常参保", 0, 0},
    {NULL, EMPTY, NULL, 0, 0},
};
static const column housing_fund[] = {
    {"身份证号", NUMBER, NULL, 0, 0},
    {"姓名", NAME, NULL, 0, 0},
    {"单位代码", TEXT, "0", 0, 0},
    {"单位名称", TEXT, "示例县某厂", 0, 0},
    {"汇缴状态", CHOICE, "正常|正常|封存|销户|", 0, 0},
    {"汇缴年月", LAST_MONTH, NULL, 0, 0},
    {"月缴额", MONEY, NULL, 200, 900},
    {"职工缴交率", CHOICE, "8%|0.08|0.05", 0, 0},
    {"开户日期", PAST_DAY, NULL, 0, 0},
    {"账户余额", MONEY, NULL, 0, 40000},
    {NULL, EMPTY, NULL, 0, 0},
};
static const column disability[] = {
    {"残疾人证号码", CARD, NULL, 0, 0},
    {"身份证号", NUMBER, NULL, 0, 0},
    {"姓名", NAME, NULL, 0, 0},
    {"残疾类别", CHOICE, "肢体|智力|视力|4|6", 0, 0},
    {"残疾等级", CHOICE, "一级|二级|三级|四级|2", 0, 0},
    {"发证日期", PAST_DAY, NULL, 0, 0},
    {"证件状态", CHOICE, "有效|有效|注销", 0, 0},
    {NULL, EMPTY, NULL, 0, 0},
};
static const column sole_trader[] = {
    {"身份证号", NUMBER, NULL, 0, 0},
    {"经营者", NAME, NULL, 0, 0},
    {"字号名称", TEXT, "示例县便民店", 0, 0},
    {"在业状态", CHOICE, "存续|存续|吊销|注销|在营", 0, 0},
    {"成立日期", PAST_DAY, NULL, 0, 0},
    {"资金数额(万元)", CHOICE, "0.3|1|5|10.5", 0, 0},
    {"经营范围", CHOICE, "小吃|日用百货、烟草零售|理发", 0, 0},
    {NULL, EMPTY, NULL, 0, 0},
};

/* Who stands in a registry: ages, and one in how many of them. */
static const struct {
    const column *columns;
    int youngest, oldest;
    uint32_t one_in;
} registries[HEDUI_DEMO_FEEDS] = {
    [HEDUI_DEMO_PENSION] = {pension, 55, 120, 12},
    [HEDUI_DEMO_RESIDENT_PENSION] = {resident_pension, 60, 120, 2},
    [HEDUI_DEMO_CONTRIBUTION] = {contribution, 18, 59, 8},
    [HEDUI_DEMO_HOUSING_FUND] = {housing_fund, 18, 59, 25},
    [HEDUI_DEMO_DISABILITY] = {disability, 3, 120, 9},
    [HEDUI_DEMO_SOLE_TRADER] = {sole_trader, 18, 70, 40},
};

void hedui_demo_further_header(hedui_demo_row *row, hedui_demo_feed feed)
{
    for (const column *c = registries[feed].columns; c->header; c++)
        hedui_demo_cell(row, c->header);
}

static void choose(hedui_demo_row *row, hedui_demo_random *random, const char *values)
{
    char text[64];
    uint32_t count = 1;
    for (const char *c = values; *c; c++)
        count += *c == '|';
    for (uint32_t skip = hedui_demo_random_below(random, count); skip; skip--)
        values = strchr(values, '|') + 1;
    (void)snprintf(text, sizeof text, "%.*s", (int)strcspn(values, "|"), values);
    hedui_demo_cell(row, text);
}

static void write_month(hedui_demo_row *row, int32_t day)
{
    char text[16];
    int year = 0, month = 0, dom = 0;
    hedui_date_to_civil(&year, &month, &dom, day);
    (void)snprintf(text, sizeof text, "%04d%02d", year, month);
    hedui_demo_cell(row, text);
}

void hedui_demo_further_row(hedui_demo_row *row, hedui_demo_random *random, hedui_demo_feed feed,
                            const char *id, const char *name, int32_t as_of)
{
    char text[200];
    for (const column *c = registries[feed].columns; c->header; c++) {
        switch (c->made) {
        case NUMBER:
            hedui_demo_cell(row, id);
            break;
        case NAME:
            hedui_demo_cell(row, name);
            break;
        case CHOICE:
            choose(row, random, c->values);
            break;
        case MONEY:
            hedui_demo_money_cell(row,
                                  hedui_demo_random_between(random, c->least * 100, c->most * 100));
            break;
        case LAST_MONTH:
            write_month(row, as_of - 31);
            break;
        case PAST_MONTH:
            write_month(row, as_of - hedui_demo_random_between(random, 60, 4000));
            break;
        case PAST_DAY:
            hedui_demo_date_cell(row, as_of - hedui_demo_random_between(random, 60, 4000), "slash");
            break;
        case TEXT:
            (void)snprintf(text, sizeof text, "%s%04u", c->values,
                           hedui_demo_random_below(random, 10000));
            hedui_demo_cell(row, text);
            break;
        case CARD:
            (void)snprintf(text, sizeof text, "%s42", id);
            hedui_demo_cell(row, text);
            break;
        case EMPTY:
            hedui_demo_cell(row, "");
            break;
        }
    }
}

int hedui_demo_further_has(hedui_demo_random *random, hedui_demo_feed feed, int age)
{
    return age >= registries[feed].youngest && age <= registries[feed].oldest &&
           hedui_demo_random_below(random, registries[feed].one_in) == 0;
}
