/* The shelves in order, and what is planted among a registry's rows about the caseload. */
#include "demo/registry.h"

static const hedui_demo_shelf *const shelves[] = {
    &hedui_demo_work_shelf, &hedui_demo_money_shelf,  &hedui_demo_property_shelf,
    &hedui_demo_life_shelf, &hedui_demo_county_shelf,
};

const hedui_demo_registry *hedui_demo_registry_of(hedui_demo_feed feed)
{
    uint32_t index = (uint32_t)feed - HEDUI_DEMO_FURTHER;
    for (size_t s = 0; s < sizeof shelves / sizeof *shelves; s++) {
        if (index < shelves[s]->count)
            return &shelves[s]->registries[index];
        index -= shelves[s]->count;
    }
    return NULL;
}

hedui_demo_feed hedui_demo_feed_named(const char *name)
{
    int f = HEDUI_DEMO_FURTHER;
    while (f < HEDUI_DEMO_FEEDS &&
           strcmp(hedui_demo_registry_of((hedui_demo_feed)f)->feed, name) != 0)
        f++;
    return (hedui_demo_feed)f;
}

/* What the rules of cleanup-2014 read beside the five feeds of the line. */
static const char *const read_by_rules[] = {
    "pension",      "pension_resident",  "contribution",  "unemployment_benefit",
    "housing_fund", "income_tax",        "dibao_payment", "real_estate",
    "company_role", "sole_trader",       "marriage",      "school_enrolment",
    "exemption",    "death_certificate", "tip",           "death_suspected",
};

uint64_t hedui_demo_feeds_of(const hedui_demo_options *options)
{
    uint64_t bits = (UINT64_C(1) << (options->further ? HEDUI_DEMO_FEEDS : HEDUI_DEMO_FURTHER)) - 1;
    for (size_t i = 0; i < sizeof read_by_rules / sizeof *read_by_rules; i++)
        bits |= UINT64_C(1) << hedui_demo_feed_named(read_by_rules[i]);
    return bits;
}

enum {
    NAMES = 1 << HEDUI_MAKE_NAME,
    CODES = 1 << HEDUI_MAKE_CHOICE,
    DAYS = 1 << HEDUI_MAKE_DAY,
    DATES = DAYS | 1 << HEDUI_MAKE_MONTH | 1 << HEDUI_MAKE_NTH_MONTH | 1 << HEDUI_MAKE_EPOCH,
    AMOUNTS =
        1 << HEDUI_MAKE_MONEY | 1 << HEDUI_MAKE_WAN | 1 << HEDUI_MAKE_FEN | 1 << HEDUI_MAKE_STATED,
    OTHERS = 1 << HEDUI_MAKE_OTHER_ID | 1 << HEDUI_MAKE_MAN_ID | 1 << HEDUI_MAKE_WOMAN_ID,
    TEXTS = 1 << HEDUI_MAKE_TEXT | 1 << HEDUI_MAKE_SERIAL,
    NEEDED = HEDUI_DEMO_KEY | HEDUI_DEMO_REQUIRED
};

/* Whatever costs a row comes last: hedui_demo_faults_of takes two of them. */
static const hedui_demo_fault faults[] = {
    {"twice", "重复行", .second = 1},
    {"unlisted", "代码不在表内，该项不掌握", NULL, CODES, HEDUI_DEMO_MAYBE, .text = "不明类别"},
    {"bad_day", "选填日期不存在，该项不掌握", NULL, DAYS, HEDUI_DEMO_MAYBE, .text = "2014-02-30"},
    {"bad_amount", "选填金额为文字，该项不掌握", NULL, AMOUNTS, HEDUI_DEMO_MAYBE, .text = "约三百"},
    {"empty_amount", "金额为空，不掌握", NULL, AMOUNTS, HEDUI_DEMO_MAYBE, .text = ""},
    {"empty_day", "日期为空，不掌握", NULL, DATES, HEDUI_DEMO_MAYBE, .text = ""},
    {"unknown_day", "日期为 1900-01-01，不掌握", NULL, DAYS, HEDUI_DEMO_MAYBE, .text = "1900/1/1"},
    {"zero_day", "日期全是零，不掌握", NULL, DAYS, HEDUI_DEMO_MAYBE, .text = "00000000"},
    {"year_only", "选填日期只有年份，该项不掌握", NULL, DAYS, HEDUI_DEMO_MAYBE, .text = "2013"},
    {"short_year", "选填日期的年份两位，该项不掌握", NULL, DAYS, HEDUI_DEMO_MAYBE,
     .text = "13-06-07"},
    {"nan_amount", "选填金额为 NaN，该项不掌握", NULL, AMOUNTS, HEDUI_DEMO_MAYBE, .text = "NaN"},
    {"exponent_amount", "选填金额为科学计数，该项不掌握", NULL, AMOUNTS, HEDUI_DEMO_MAYBE,
     .text = "1.2E+3"},
    {"other_unread", "另一人的号码无法识别，行保留", NULL, OTHERS, 0, .text = "XX不详"},
    {"other_name", "号码相同，姓名不同", NULL, NAMES, 0, .form = "other_name"},
    {"blank_name", "姓名中有空格", NULL, NAMES, 0, .form = "blank_name"},
    {"rare_name", "姓名有四字节字符", NULL, NAMES, 0, .form = "rare_name"},
    {"private_name", "姓名有自造字", NULL, NAMES, 0, .form = "private_name"},
    {"old_15", "号码为 15 位", .form = "old_15"},
    {"full_width", "号码为全角", .form = "full_width"},
    {"apostrophe", "号码前有单引号", .form = "apostrophe"},
    {"formula", "号码写成 =\"…\"", .form = "formula"},
    {"blanks", "号码前后有空白", .form = "blanks"},
    {"lower_x", "末位小写 x", .form = "lower_x"},
    {"no_name", "无姓名", NULL, NAMES, 0, .form = "no_name"},
    {"conflict", "主键相同，内容不同", "key_conflict", .flags = HEDUI_DEMO_VARIES, .second = 2},
    {"missing", "必填项为空", "missing", CODES | DATES | AMOUNTS | TEXTS, NEEDED, .text = ""},
    {"code", "必填代码不在表内", "code_value", CODES, HEDUI_DEMO_REQUIRED, .text = "不明类别"},
    {"day_words", "必填日期为文字", "date_format", DATES, NEEDED, .text = "去年冬天"},
    {"day_never", "必填日期不存在", "date_value", DATES, NEEDED, .text = "2014-02-30"},
    {"amount_words", "必填金额为文字", "money_format", AMOUNTS, NEEDED, .text = "约八百"},
    {"amount_scale", "必填金额多于两位小数", "money_scale", AMOUNTS, NEEDED, .text = "12.345"},
    {"amount_range", "必填金额过大", "money_range", AMOUNTS, NEEDED,
     .text = "99999999999999999999"},
    {"amount_below", "必填金额为负", "money_negative", AMOUNTS, NEEDED, .text = "-5.00"},
    {"broken", "姓名字符损坏", "encoding", NAMES, 0, .text = "王~~"},
    {"long", "字段超过布局的字数", "field_too_long", TEXTS, HEDUI_DEMO_KEY,
     .text = "6590000000000000000000000000000000000000000000000000000000000000000000"
             "6590000000000000000000000000000000000000000000000000000000000000000000"
             "6590000000000000000000000000000000000000000000000000000000000000000000"},
};
enum { FAULTS = sizeof faults / sizeof *faults };
_Static_assert((int)FAULTS <= (int)HEDUI_DEMO_FAULTS, "one bit a fault");

const hedui_demo_fault *hedui_demo_fault_at(uint32_t index)
{
    return index < FAULTS ? &faults[index] : NULL;
}

const hedui_demo_column *hedui_demo_fault_column(const hedui_demo_registry *registry,
                                                 const hedui_demo_fault *fault)
{
    int below = fault->reason && strcmp(fault->reason, "money_negative") == 0;
    for (uint32_t i = 0; i < registry->column_count; i++) {
        const hedui_demo_column *c = &registry->columns[i];
        int befalls = (fault->makers ? fault->makers >> c->made & 1 : 1) &&
                      (!fault->flags || c->flags & fault->flags);
        if (befalls && !(below && c->flags & HEDUI_DEMO_NEGATIVE))
            return c;
    }
    return NULL;
}

static int fits(const hedui_demo_registry *registry, const hedui_demo_fault *fault)
{
    const hedui_demo_column *column = hedui_demo_fault_column(registry, fault);
    if (!column || (fault->second == 2 && !registry->keyed))
        return 0;
    /* a name that must be there */
    if (fault->form && strcmp(fault->form, "no_name") == 0 && column->flags & HEDUI_DEMO_REQUIRED)
        return 0;
    return !registry->optional_persons || (!fault->form && fault->makers != OTHERS);
}

uint64_t hedui_demo_faults_of(hedui_demo_feed feed)
{
    const hedui_demo_registry *registry = hedui_demo_registry_of(feed);
    uint64_t bits = 0, amounts = 0;
    uint32_t costly[FAULTS], count = 0;
    for (uint32_t i = 0; i < FAULTS; i++) {
        if (!fits(registry, &faults[i]))
            continue;
        if (!faults[i].reason)
            bits |= UINT64_C(1) << i;
        else if (faults[i].makers == AMOUNTS)
            amounts |= UINT64_C(1) << i;
        else
            costly[count++] = i;
    }
    /* few layouts require an amount: those that do have nothing else */
    if (amounts)
        count = 0;
    for (uint32_t i = 0; i < FAULTS; i++)
        if (amounts >> i & 1)
            costly[count++] = i;
    /* a different pair from one registry to the next, so that together they have every kind */
    uint32_t first = ((uint32_t)feed + 1) % count;
    bits |= UINT64_C(1) << costly[first];
    return bits | UINT64_C(1) << costly[(first + (count + 1) / 2) % count];
}
