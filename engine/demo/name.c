/* Names and numbers of people who do not exist. Surnames by their frequency, given names by the
 * generation, a few with characters that old systems cannot write. */
#include "demo/world.h"

#include <hedui/citizen_id.h>
#include <hedui/date.h>

#include <stdio.h>

static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",   "胡",   "朱",
    "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐",   "冯",   "于",
    "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕",   "苏",   "卢",
    "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘", "杜", "欧阳", "司马",
};
static const uint16_t surname_weights[] = {
    72, 72, 68, 54, 45, 31, 23, 22, 21, 20, 17, 15, 13, 13, 12, 11, 11, 11, 10,
    9,  9,  8,  8,  8,  7,  7,  7,  7,  6,  6,  6,  6,  5,  5,  5,  5,  5,  5,
    5,  5,  5,  5,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  4,  1,  1,  0,
};
_Static_assert(sizeof surname_weights / sizeof *surname_weights ==
                   sizeof surnames / sizeof *surnames + 1,
               "a weight for each surname, and the end");

/* [sex][generation: before 1965, before 1990, later] */
static const char *const given[2][3][12] = {
    {{"秀英", "桂兰", "玉珍", "淑华", "凤英", "素珍", "桂英", "翠花", "兰英", "玉兰", "秀珍",
      "菊香"},
     {"丽", "艳", "红霞", "晓燕", "静", "海燕", "春梅", "丽娟", "敏", "雪梅", "玲", "小红"},
     {"欣怡", "梓涵", "诗涵", "雨桐", "佳怡", "思琪", "子萱", "梦瑶", "可欣", "一诺", "语嫣",
      "若曦"}},
    {{"建国", "国强", "志明", "德福", "长山", "永贵", "福生", "大柱", "树林", "万财", "有才",
      "宝山"},
     {"伟", "强", "军", "建军", "勇", "海涛", "志刚", "磊", "建平", "晓东", "小明", "立新"},
     {"浩然", "子轩", "宇航", "俊杰", "梓豪", "博文", "天佑", "皓轩", "一鸣", "嘉豪", "思远",
      "鹏飞"}},
};

/* U+4DAE is two bytes in GB18030 and missing in GBK; the others take four bytes. */
static const char *const rare[] = {"䶮", "𠅤", "𬱖", "𫖯"};

static const char *const minority[2][8] = {
    {"阿依古丽", "古丽娜尔", "热依汗", "帕提古丽", "阿依努尔", "米热古丽", "左热姆", "迪丽娜尔"},
    {"买买提", "吐尔逊", "艾力", "阿不都", "玉素甫", "库尔班", "阿迪力", "艾尔肯"},
};

void hedui_demo_minority_name(char name[HEDUI_DEMO_CELL], hedui_demo_random *random, int male)
{
    (void)snprintf(name, HEDUI_DEMO_CELL, "%s·%s",
                   minority[male ? 1 : 0][hedui_demo_random_below(random, 8)],
                   minority[1][hedui_demo_random_below(random, 8)]);
}

void hedui_demo_name(char name[HEDUI_DEMO_CELL], hedui_demo_random *random, int male, int year)
{
    int generation = year < 1965 ? 0 : year < 1990 ? 1 : 2;
    uint32_t draw = hedui_demo_random_below(random, 100);
    if (draw < 4) {
        hedui_demo_minority_name(name, random, male);
        return;
    }
    const char *last = surnames[hedui_demo_random_weighted(random, surname_weights)];
    const char *first = draw < 6
                            ? rare[hedui_demo_random_below(random, 4)]
                            : given[male ? 1 : 0][generation][hedui_demo_random_below(random, 12)];
    (void)snprintf(name, HEDUI_DEMO_CELL, "%s%s", last, first);
}

/* Uniqueness without a table: day within a window of three years, sequence and area digits are the
 * places of a mixed-radix number. The lower half of the sequence numbers is the caseload's, the
 * upper half the strangers', so that no stranger ever carries a caseload number by chance. */
void hedui_demo_citizen(char id[19], int32_t *birth, uint64_t unique, int32_t about, int male,
                        int owner)
{
    enum { WINDOW = 1095, SEQUENCES = 249 };
    int year = 0, month = 0, day = 0;
    uint64_t spread = unique * 7919u; /* prime to the radix: neighbours are born far apart */
    int32_t window = about >= 0 ? about / WINDOW : -((-about + WINDOW - 1) / WINDOW);
    *birth = window * WINDOW + (int32_t)(spread % WINDOW);
    uint64_t above = unique / WINDOW;
    uint64_t sequence = (above * 101 + unique) % SEQUENCES;
    uint64_t area = above / SEQUENCES;
    hedui_date_to_civil(&year, &month, &day, *birth);
    char first[24];
    (void)snprintf(first, sizeof first, "659%03u%04u%02u%02u%03u", (unsigned)(area % 1000),
                   (unsigned)year % 10000u, (unsigned)month % 100u, (unsigned)day % 100u,
                   (unsigned)((owner ? 500 : 0) + sequence * 2 + (male ? 1 : 0) + (owner ? 0 : 2)) %
                       1000u);
    hedui_citizen_id number = 0;
    for (int i = 0; i < 17; i++)
        number = number * 10 + (hedui_citizen_id)(first[i] - '0');
    hedui_citizen_id_print(id, number);
}
