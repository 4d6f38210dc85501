/* The shipped code lists against the published ones: which codes there are, how many, and what the
 * attributes that rules read say of those that are easily read wrong. The codes are copied from the
 * standards' lists, not from feeds/codes. */
#include "feed_file.h"

#include "feed/layout.h"

static const hedui_layouts *layouts;

static const hedui_code_list *list_of(const char *name)
{
    for (uint32_t i = 0; i < layouts->code_list_count; i++)
        if (hedui_span_is(layouts->code_lists[i]->name, name))
            return layouts->code_lists[i];
    fail_msg("no code list %s", name);
    return NULL;
}

static void has_every_published_code(void **state)
{
    static const struct {
        const char *list, *codes;
        uint32_t least; /* codes in the list altogether */
    } cases[] = {
        {"sex", "0 1 2 9", 4},
        {"marital_status", "10 20 21 22 23 30 40 90", 8},
        {"nation", "01 02 03 11 15 30 55 56 97 98", 58},
        {"relation", "0 1 2 3 4 5 6 7 8 01 02 10 20 30 40 50 之子 长子 儿媳", 60},
        {"register_kind", "01 02 09 居民户口", 4},
        {"cancel_reason", "死亡 迁出 重复户口 参军 出国定居", 5},
        {"person_document",
         "111 112 113 114 414 417 418 419 420 421 423 511 512 513 514 515 516 517 518", 19},
        {"bank_document", "01 110001 110019 110021", 8},
        {"document_kind", "A B C D E F G H J K L M N", 13},
        {"insurance_kind", "110 120 170 210 310 410 510", 7},
        {"participation", "0 1 2 4", 4},
        {"contribution_state", "1 2 3", 3},
        {"pension_payment_state", "1 2 3", 3},
        {"pension_stop_reason", "1201 1202 1299 1401 1406 1407 1499 6401", 7},
        {"fund_state", "正常 封存 销户", 3},
        {"vehicle_type",
         "K11 K21 K31 K32 K33 K34 K39 K41 K43 K49 H11 H21 H31 H41 H51 H52 H53 H54 Q11 Z11 D11 "
         "M11 M12 M13 M14 M15 M21 M22 N11 T11 T21 T22 T23 J11 J12 J13 B11 G11",
         140},
        {"plate_type", "01 02 03 04 05 06 07 08 13 14 15 16 17 20 21 22 23 24 51 52", 20},
        {"use_nature", "A B C D E F G H I J K L M N O P Q R S T U", 21},
        {"vehicle_status", "A B C D E G H I J K L M N O P Q Z", 17},
        {"registration_status", "存续 在营 在册 吊销未注销 吊销已注销 注销 撤销 迁出", 6},
        {"estate_use", "住宅 商业 车库车位 仓储 办公", 5},
        {"estate_nature", "商品房 房改 经适房 安置房 自建", 5},
        {"co_ownership", "单独 共同 按份", 3},
        {"marriage_event", "结婚 离婚 补领结婚证 补领离婚证 撤销", 5},
        {"disability_category", "1 2 3 4 5 6 7", 7},
        {"disability_grade", "1 2 3 4", 4},
        {"custody_kind", "服刑 强制隔离戒毒 社区矫正", 3},
        {"benefit_kind", "低保 特困 临时救助 困难残疾人生活补贴 重度残疾人护理补贴 高龄津贴 孤儿",
         7},
        {"review_class", "A B C", 3},
        {"change_mark", "A U D", 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const hedui_code_list *list = list_of(cases[i].list);
        char codes[512], *rest = codes;
        assert_in_range(strlen(cases[i].codes), 1, sizeof codes - 1);
        memcpy(codes, cases[i].codes, strlen(cases[i].codes) + 1);
        for (char *code = strtok_r(codes, " ", &rest); code; code = strtok_r(NULL, " ", &rest))
            if (hedui_code_list_find(list, hedui_span_of(code)) == HEDUI_CODE_NONE)
                fail_msg("%s has no %s", cases[i].list, code);
        if (list->count < cases[i].least)
            fail_msg("%s has %u codes only", cases[i].list, list->count);
    }
}

/* The value of a yes/no attribute: 1, 0, or -1 where the list does not judge. */
static int says(const hedui_code_list *list, const char *code, const char *attribute)
{
    uint32_t index = hedui_code_list_find(list, hedui_span_of(code));
    assert_int_not_equal(index, HEDUI_CODE_NONE);
    for (uint32_t i = 0; i < list->attribute_count; i++)
        if (hedui_span_is(list->attributes[i].name, attribute))
            return list->codes[index].values[i].given ? list->codes[index].values[i].yes : -1;
    fail_msg("%.*s has no %s", (int)list->name.length, list->name.at, attribute);
    return -1;
}

static void does_not_read_codes_wrong(void **state)
{
    static const struct {
        const char *list, *code, *attribute;
        int is;
    } cases[] = {
        /* who draws a resident pension has ended contributions, has not left, and is paid */
        {"contribution_state", "3", "contributing", 0},
        {"participation", "1", "left", 0},
        {"participation", "4", "left", 1},
        {"pension_payment_state", "1", "drawing", 1},
        {"pension_payment_state", "3", "drawing", 0},
        {"pension_stop_reason", "1401", "death", 1},
        {"pension_stop_reason", "6401", "death", 1},
        {"pension_stop_reason", "1406", "death", 0},
        {"pension_stop_reason", "1407", "death", 0},
        {"pension_stop_reason", "1499", "death", -1},
        {"pension_stop_reason", "1202", "sentenced", 1},
        {"cancel_reason", "迁出", "death", 0},
        {"cancel_reason", "重复户口", "death", 0},
        /* not owned: moved away, cancelled, forced cancellation, scrapped; to be asked: C and Q */
        {"vehicle_status", "A", "owned", 1},
        {"vehicle_status", "B", "owned", 0},
        {"vehicle_status", "E", "owned", 0},
        {"vehicle_status", "M", "owned", 0},
        {"vehicle_status", "P", "owned", 0},
        {"vehicle_status", "G", "owned", 1},
        {"vehicle_status", "K", "owned", 1},
        {"vehicle_status", "C", "doubtful", 1},
        {"vehicle_status", "Q", "doubtful", 1},
        {"fund_state", "封存", "paying", 0},
        {"fund_state", "封存", "open", 1},
        {"fund_state", "销户", "open", 0},
        {"registration_status", "吊销未注销", "in_business", 0},
        {"registration_status", "吊销未注销", "exists", 1},
        {"registration_status", "注销", "exists", 0},
        {"registration_status", "迁出", "in_business", -1},
        {"estate_use", "车位", "residential", 0},
        {"estate_use", "车位", "non_residential", 0},
        {"estate_use", "商住", "residential", -1},
        {"disability_category", "5", "intellectual", 1},
        {"disability_category", "6", "mental", 1},
        {"disability_category", "7", "mental", -1},
        {"disability_grade", "2", "severe", 1},
        {"disability_grade", "3", "severe", 0},
        {"marriage_event", "补领离婚证", "reissue", 1},
        {"custody_kind", "社区矫正", "confined", 0},
        {"custody_kind", "服刑", "confined", 1},
        {"person_document", "113", "citizen", 1},
        {"person_document", "516", "citizen", 0},
        {"currency", "840", "yuan", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int is = says(list_of(cases[i].list), cases[i].code, cases[i].attribute);
        if (is != cases[i].is)
            fail_msg("%s %s: %s is %d", cases[i].list, cases[i].code, cases[i].attribute, is);
    }
}

/* A list that nothing uses is one that a layout has forgotten. */
static void every_list_is_used(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < layouts->code_list_count; i++) {
        int used = 0;
        for (uint32_t l = 0; l < layouts->count; l++)
            for (uint32_t c = 0; c < layouts->list[l]->column_count; c++)
                used |= layouts->list[l]->columns[c].list == layouts->code_lists[i];
        if (!used)
            fail_msg("no layout uses %.*s", (int)layouts->code_lists[i]->name.length,
                     layouts->code_lists[i]->name.at);
    }
}

int main(void)
{
    static const char *const folders[] = {HEDUI_SOURCE_DIR "/feeds"};
    const struct CMUnitTest tests[] = {cmocka_unit_test(has_every_published_code),
                                       cmocka_unit_test(does_not_read_codes_wrong),
                                       cmocka_unit_test(every_list_is_used)};
    hedui_arena *arena = hedui_arena_open(0);
    if (!arena || hedui_layouts_load(&layouts, folders, 1, arena, NULL, NULL) != HEDUI_OK)
        return 1;
    int failed = cmocka_run_group_tests_name("feed/code_list", tests, NULL, NULL);
    hedui_arena_close(arena);
    return failed;
}
