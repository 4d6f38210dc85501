/* People outside the caseload: most of every registry, and most of what is wrong with it. Their
 * rows are checked for structure and number only, so only such faults are planted here. */
#include "demo/registry.h"
#include "demo/rows.h"

#include <stdio.h>

static const hedui_demo_stray strays[] = {
    {"stray_company", "单位车辆", HEDUI_DEMO_VEHICLE, 30000, NULL},
    {"stray_twice", "名册外的重复行", HEDUI_DEMO_VEHICLE, 300, NULL},
    {"stray_old_15", "名册外的 15 位号码", HEDUI_DEMO_VEHICLE, 3000, NULL},
    {"stray_lower_x", "名册外的小写 x", HEDUI_DEMO_VEHICLE, 2000, NULL},
    {"stray_check", "校验位错误", HEDUI_DEMO_VEHICLE, 150, "id_check"},
    {"stray_date", "出生日期不存在", HEDUI_DEMO_VEHICLE, 80, "id_date"},
    {"stray_scientific", "号码为科学计数", HEDUI_DEMO_VEHICLE, 60, "id_format"},
    {"stray_masked", "号码已脱敏", HEDUI_DEMO_VEHICLE, 60, "id_masked"},
    {"stray_empty", "号码为空", HEDUI_DEMO_VEHICLE, 80, "missing"},
    {"stray_broken", "号码中字符损坏", HEDUI_DEMO_VEHICLE, 60, "encoding"},
    {"stray_broken_name", "名册外的姓名字符损坏，不解码", HEDUI_DEMO_VEHICLE, 60, NULL},
    {"stray_few", "少列", HEDUI_DEMO_VEHICLE, 40, "csv_columns"},
    {"stray_many", "多列", HEDUI_DEMO_VEHICLE, 40, "csv_columns"},
    {"stray_quote", "引号错乱", HEDUI_DEMO_VEHICLE, 40, "csv_quote"},
    {"stray_trailing", "行末多出空列", HEDUI_DEMO_VEHICLE, 300, NULL},
    {"stray_no_plate", "名册外的号牌号码为空，不解码", HEDUI_DEMO_VEHICLE, 60, NULL},
    {"stray_document", "身份证明名称不在代码表内", HEDUI_DEMO_VEHICLE, 40, "id_type"},
    {"stray_long", "字段过长", HEDUI_DEMO_VEHICLE, 1, "field_too_long"},
    {"stray_control", "含控制字符", HEDUI_DEMO_VEHICLE, 40, "control_char"},
    {"register_stray_15", "名册外的 15 位号码", HEDUI_DEMO_REGISTER, 3000, NULL},
    {"register_stray_check", "校验位错误", HEDUI_DEMO_REGISTER, 100, "id_check"},
    {"register_stray_broken_name", "名册外的姓名字符损坏，不解码", HEDUI_DEMO_REGISTER, 60, NULL},
    {"register_stray_broken", "号码中字符损坏", HEDUI_DEMO_REGISTER, 60, "encoding"},
    {"register_stray_control", "含控制字符", HEDUI_DEMO_REGISTER, 40, "control_char"},
    {"register_stray_few", "少列", HEDUI_DEMO_REGISTER, 40, "csv_columns"},
    {"cremation_stray_check", "校验位错误", HEDUI_DEMO_CREMATION, 120, "id_check"},
    {"cremation_stray_empty", "号码为空", HEDUI_DEMO_CREMATION, 120, "missing"},
    {"cremation_stray_quote", "引号错乱", HEDUI_DEMO_CREMATION, 60, "csv_quote"},
    {"stray_old_15", "名册外的 15 位号码", HEDUI_DEMO_FURTHER, 2000, NULL},
    {"stray_lower_x", "名册外的小写 x", HEDUI_DEMO_FURTHER, 2000, NULL},
    {"stray_twice", "名册外的重复行", HEDUI_DEMO_FURTHER, 600, NULL},
    {"stray_broken_name", "名册外的姓名字符损坏，不解码", HEDUI_DEMO_FURTHER, 600, NULL},
    {"stray_trailing", "行末多出空列", HEDUI_DEMO_FURTHER, 600, NULL},
};
/* Of these every further feed has one, so that a county has them all and no delivery is held. */
static const hedui_demo_stray costly[] = {
    {"stray_few", "少列", HEDUI_DEMO_FURTHER, 100, "csv_columns"},
    {"stray_many", "多列", HEDUI_DEMO_FURTHER, 100, "csv_columns"},
    {"stray_quote", "引号错乱", HEDUI_DEMO_FURTHER, 100, "csv_quote"},
    {"stray_control", "含控制字符", HEDUI_DEMO_FURTHER, 100, "control_char"},
    {"stray_long", "字段过长", HEDUI_DEMO_FURTHER, 1, "field_too_long"},
    {"stray_check", "校验位错误", HEDUI_DEMO_FURTHER, 100, "id_check"},
    {"stray_date", "出生日期不存在", HEDUI_DEMO_FURTHER, 100, "id_date"},
    {"stray_scientific", "号码为科学计数", HEDUI_DEMO_FURTHER, 100, "id_format"},
    {"stray_masked", "号码已脱敏", HEDUI_DEMO_FURTHER, 100, "id_masked"},
    {"stray_empty", "号码为空", HEDUI_DEMO_FURTHER, 100, "missing"},
    {"stray_broken", "号码中字符损坏", HEDUI_DEMO_FURTHER, 100, "encoding"},
};
static const hedui_demo_stray of_company = {"stray_company", "单位名下", HEDUI_DEMO_FURTHER, 20000,
                                            NULL};
enum { LEAST_STRANGERS = 800 };
enum { COSTLY = sizeof costly / sizeof *costly, COSTLY_STRUCTURE = 5 };

static int has_documents(hedui_demo_feed feed)
{
    const hedui_demo_registry *registry = hedui_demo_registry_of(feed);
    for (uint32_t i = 0; i < registry->column_count; i++)
        if (registry->columns[i].made == HEDUI_MAKE_DOCUMENT)
            return 1;
    return 0;
}

const hedui_demo_stray *hedui_demo_stray_at(hedui_demo_feed feed, uint32_t index)
{
    hedui_demo_feed listed = feed < HEDUI_DEMO_FURTHER ? feed : HEDUI_DEMO_FURTHER;
    for (uint32_t i = 0; i < sizeof strays / sizeof *strays; i++)
        if (strays[i].feed == listed && index-- == 0)
            return &strays[i];
    if (listed != HEDUI_DEMO_FURTHER || index > 1)
        return NULL;
    if (index)
        return has_documents(feed) ? &of_company : NULL;
    /* a number that is not required costs no row */
    uint32_t kinds = hedui_demo_registry_of(feed)->optional_persons ? COSTLY_STRUCTURE : COSTLY;
    return &costly[(uint32_t)feed % kinds];
}

uint64_t hedui_demo_stray_count(const hedui_demo_stray *stray, uint64_t strangers)
{
    uint64_t count = stray->per_million * strangers / 1000000;
    return count ? count : 1;
}

uint64_t hedui_demo_stranger_count(hedui_demo_feed feed, const hedui_demo_options *options)
{
    static const uint32_t shares[HEDUI_DEMO_FURTHER] = {
        [HEDUI_DEMO_VEHICLE] = 56, [HEDUI_DEMO_CREMATION] = 10, [HEDUI_DEMO_REGISTER] = 34};
    uint64_t share =
        feed < HEDUI_DEMO_FURTHER ? shares[feed] : hedui_demo_registry_of(feed)->strangers;
    uint64_t count = (uint64_t)options->households * options->strangers * share / 100;
    /* a small county's further registers would be refused for a handful of bad rows */
    return feed >= HEDUI_DEMO_FURTHER && count < LEAST_STRANGERS ? LEAST_STRANGERS : count;
}

static const hedui_demo_stray *stray_of(hedui_demo_feed feed, uint64_t place, uint64_t count)
{
    const hedui_demo_stray *stray = NULL;
    for (uint32_t i = 0; (stray = hedui_demo_stray_at(feed, i)); i++) {
        uint64_t rows = hedui_demo_stray_count(stray, count);
        if (place < rows)
            return stray;
        place -= rows;
    }
    return NULL;
}

typedef struct stranger {
    char id[HEDUI_DEMO_CELL], name[HEDUI_DEMO_CELL];
    int32_t birth;
    int male;
} stranger;

static int ends(const char *name, const char *end)
{
    size_t n = strlen(name), e = strlen(end);
    return n >= e && strcmp(name + n - e, end) == 0;
}

static void spoil(stranger *who, const char *quirk)
{
    size_t n = strlen(who->id);
    if (ends(quirk, "_15")) {
        memmove(who->id + 6, who->id + 8, 9);
        who->id[15] = '\0';
    }
    if (ends(quirk, "_lower_x") && who->id[n - 1] == 'X')
        who->id[n - 1] = 'x';
    else if (ends(quirk, "_check"))
        who->id[n - 1] = who->id[n - 1] == '5' ? '6' : '5';
    else if (ends(quirk, "_date"))
        memcpy(who->id + 10, "1345", 4);
    else if (ends(quirk, "_scientific"))
        (void)snprintf(who->id, sizeof who->id, "6.59E+17");
    else if (ends(quirk, "_masked"))
        memset(who->id + 6, '*', 8);
    else if (ends(quirk, "_empty"))
        who->id[0] = '\0';
    else if (ends(quirk, "_broken"))
        who->id[9] = '~';
    else if (ends(quirk, "_broken_name"))
        (void)snprintf(who->name, sizeof who->name, "张~~");
    else if (ends(quirk, "_control"))
        (void)snprintf(who->name, sizeof who->name, "李\x01");
}

static void car_row(hedui_demo_row *row, hedui_demo_random *random, const stranger *who,
                    const char *quirk, int32_t as_of)
{
    static const char *const types[] = {"K33", "K31", "H31", "M21", "K33", "K43", "M22", "T22"};
    static const char *const statuses[] = {"A", "A", "A", "AG", "Q", "E", "B", "P", "A", ""};
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    hedui_demo_car car = {.registered_on = as_of - hedui_demo_random_between(random, 30, 6000)};
    (void)snprintf(car.type, sizeof car.type, "%s", types[hedui_demo_random_below(random, 8)]);
    (void)snprintf(car.plate_type, sizeof car.plate_type, "%s", *car.type == 'M' ? "07" : "02");
    (void)snprintf(car.plate_no, sizeof car.plate_no, "新Z%c%04u",
                   letters[hedui_demo_random_below(random, 24)],
                   hedui_demo_random_below(random, 10000));
    memcpy(car.about.id, who->id, sizeof car.about.id);
    memcpy(car.about.name, who->name, sizeof car.about.name);
    if (ends(quirk, "_no_plate"))
        car.plate_no[0] = '\0';
    int company = ends(quirk, "_company");
    if (company) {
        (void)snprintf(car.about.id, sizeof car.about.id, "65900%04u",
                       hedui_demo_random_below(random, 10000));
        (void)snprintf(car.about.name, sizeof car.about.name, "示例县%.30s运输有限公司", who->name);
    }
    hedui_demo_car_row(row, &car, statuses[hedui_demo_random_below(random, 10)],
                       company                    ? "B"
                       : ends(quirk, "_document") ? "社员证"
                                                  : "A",
                       hedui_demo_random_below(random, 6));
}

static void register_row(hedui_demo_row *row, hedui_demo_random *random, const stranger *who,
                         int32_t as_of)
{
    char number[32];
    int gone = hedui_demo_random_chance(random, 5);
    (void)snprintf(number, sizeof number, "%010u", hedui_demo_random_below(random, 1000000000));
    hedui_demo_cell(row, who->id);
    hedui_demo_cell(row, who->name);
    hedui_demo_cell(row, who->male ? "1" : "2");
    hedui_demo_date_cell(row, who->birth, "compact");
    hedui_demo_cell(row, number);
    hedui_demo_cell(row, hedui_demo_random_chance(random, 40) ? "02" : "20");
    hedui_demo_cell(row, "659000");
    hedui_demo_cell(row, gone ? "是" : "否");
    hedui_demo_cell(row, gone ? hedui_demo_random_chance(random, 60) ? "死亡" : "迁出" : "");
    hedui_demo_date_cell(
        row, gone ? as_of - hedui_demo_random_between(random, 10, 900) : HEDUI_DEMO_NEVER,
        "compact");
    hedui_demo_cell(row, "");
}

static void cremation_row(hedui_demo_row *row, hedui_demo_random *random, const stranger *who,
                          uint64_t index, int32_t as_of)
{
    char number[32];
    int32_t died = as_of - hedui_demo_random_between(random, 10, 2000);
    (void)snprintf(number, sizeof number, "HB%09llu", (unsigned long long)index);
    hedui_demo_cell(row, number);
    hedui_demo_cell(row, who->name);
    hedui_demo_cell(row, who->id);
    hedui_demo_date_cell(row, died, "iso");
    hedui_demo_date_cell(row, died + hedui_demo_random_between(random, 1, 6), "iso");
    hedui_demo_cell(row, hedui_demo_random_chance(random, 90) ? "示例县殡仪馆"
                                                              : "示例县\"归园\"殡仪馆,河东分馆");
}

static void further_row(hedui_demo_row *row, hedui_demo_out *out, const stranger *who,
                        uint64_t index, int company, const hedui_demo_options *options)
{
    char household[16], id[19] = "", name[HEDUI_DEMO_CELL] = "";
    const hedui_demo_registry *registry = hedui_demo_registry_of(out->feed);
    int32_t birth = 0;
    (void)snprintf(household, sizeof household, "DX%010llu", (unsigned long long)index);
    /* one number of somebody is enough for a row to stand: beside an empty one there is none */
    if (registry->second && *who->id && (registry->optional_persons || index % 2 == 0)) {
        hedui_demo_citizen(id, &birth, 400000 + index, who->birth, !who->male, 1);
        hedui_demo_name(name, &out->random, !who->male, 1970);
    }
    hedui_demo_subject subject = {.id = who->id,
                                  .name = who->name,
                                  .other_id = id,
                                  .other_name = name,
                                  .household = household,
                                  .male = who->male,
                                  .company = company,
                                  .serial = 20000000 + index,
                                  .as_of = options->as_of};
    hedui_demo_further_row(row, &out->random, out->feed, &subject, 0);
}

/* The last delimiter: one within quotes is part of a cell. */
static const char *last_mark(hedui_span row, char mark)
{
    const char *last = NULL;
    int quoted = 0;
    for (const char *at = row.at; at < row.at + row.length; at++) {
        quoted ^= *at == '"';
        if (*at == mark && !quoted)
            last = at;
    }
    return last;
}

/* Faults of the row's structure. Quotes stay even in number: no reader is led past the line. */
static void damage(hedui_demo_row *row, const char *quirk)
{
    if (ends(quirk, "_few")) {
        /* behind the last cell there may be a delimiter too: two of them go then */
        for (int again = 0; again < 2 && row->text.length; again++) {
            hedui_span left = hedui_buffer_span(&row->text);
            const char *last = last_mark(left, row->mark);
            int trailing = last && last + 1 == left.at + left.length;
            row->text.length = last ? (size_t)(last - left.at) : 0;
            if (!trailing)
                break;
        }
    } else if (ends(quirk, "_many")) {
        hedui_demo_raw_cell(row, "多出的");
        hedui_demo_raw_cell(row, "两格");
    } else if (ends(quirk, "_trailing")) {
        hedui_demo_raw_cell(row, "");
        hedui_demo_raw_cell(row, "");
    } else if (ends(quirk, "_long")) {
        for (int i = 0; i < 66000; i++) /* the limit is 64 KiB */
            hedui_buffer_byte(&row->text, 'A');
    } else if (ends(quirk, "_quote")) {
        char *comma = row->text.data ? strchr(row->text.data, row->mark) : NULL;
        if (comma && comma > row->text.data + 1) {
            char first[64];
            size_t length = (size_t)(comma - row->text.data);
            hedui_span rest = {comma, row->text.length - length};
            hedui_buffer all;
            hedui_buffer_init(&all);
            (void)snprintf(first, sizeof first, "\"%.*s\"x", (int)length, row->text.data);
            hedui_buffer_text(&all, first);
            hedui_buffer_add(&all, rest);
            hedui_buffer_free(&row->text);
            row->text = all;
        }
    }
}

hedui_status hedui_demo_stranger_row(hedui_demo_out *out, uint64_t index, uint64_t count,
                                     const hedui_demo_options *options, hedui_err *err)
{
    hedui_demo_slot *slot = NULL;
    hedui_demo_random *random = &out->random;
    hedui_status status = hedui_demo_out_slot(&slot, out, err);
    if (status)
        return status;
    uint64_t place = hedui_demo_scatter(index, count, options->seed ^ (uint64_t)out->feed << 40);
    const hedui_demo_stray *stray = stray_of(out->feed, place, count);
    const char *quirk = stray ? stray->name : "";
    stranger who;
    who.male = hedui_demo_random_chance(random, 50);
    int32_t age = hedui_demo_random_between(random, 20, 88);
    hedui_demo_citizen(who.id, &who.birth, index, options->as_of - age * 365, who.male, 1);
    hedui_demo_name(who.name, random, who.male, 2014 - age);
    spoil(&who, quirk);
    slot->row.quirk = stray ? stray->name : NULL;
    slot->row.reason = stray ? stray->reason : NULL;
    slot->row.fate = slot->row.reason          ? HEDUI_DEMO_REJECTED
                     : ends(quirk, "_company") ? HEDUI_DEMO_OTHER_DOCUMENT
                                               : HEDUI_DEMO_STRANGER;
    if (out->feed == HEDUI_DEMO_VEHICLE)
        car_row(&slot->row, random, &who, quirk, options->as_of);
    else if (out->feed == HEDUI_DEMO_REGISTER)
        register_row(&slot->row, random, &who, options->as_of);
    else if (out->feed == HEDUI_DEMO_CREMATION)
        cremation_row(&slot->row, random, &who, index, options->as_of);
    else
        further_row(&slot->row, out, &who, index, ends(quirk, "_company"), options);
    damage(&slot->row, quirk);
    int whole = out->feed >= HEDUI_DEMO_FURTHER && hedui_demo_registry_of(out->feed)->whole;
    if (whole && !slot->row.reason) { /* a household that the caseload does not have */
        slot->row.fate = HEDUI_DEMO_REJECTED;
        slot->row.reason = ends(quirk, "_broken_name") ? "encoding" : "household_unknown";
    }
    if (ends(quirk, "_twice")) {
        hedui_demo_row *second = hedui_demo_slot_then(slot);
        second->quirk = quirk;
        second->fate = whole ? HEDUI_DEMO_DUPLICATE : HEDUI_DEMO_STRANGER;
        hedui_buffer_add(&second->text, hedui_buffer_span(&slot->row.text));
    }
    return HEDUI_OK;
}
