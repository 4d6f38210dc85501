/* Cars, and what only looks like one. */
#include "demo/quirk.h"

#include <stdio.h>

static hedui_demo_tri owned(const char *status, uint32_t *reasons)
{
    hedui_demo_tri answer = HEDUI_DEMO_YES;
    if (!*status) {
        *reasons = HEDUI_DEMO_EMPTY_FIELD;
        return HEDUI_DEMO_UNKNOWN;
    }
    for (; *status; status++) {
        if (!strchr("AGDHIJKLNOZQCBEMP", *status)) {
            *reasons = HEDUI_DEMO_BAD_FIELD;
            return HEDUI_DEMO_UNKNOWN;
        }
        if (strchr("BEMP", *status))
            answer = HEDUI_DEMO_NO;
    }
    return answer;
}

static hedui_demo_tri car_or_lorry(const char *type)
{
    if (*type == 'K' || *type == 'H')
        return HEDUI_DEMO_YES;
    return *type == 'V' ? HEDUI_DEMO_UNKNOWN : HEDUI_DEMO_NO;
}

static hedui_demo_car *car_of(hedui_demo_case *made, hedui_demo_member *member,
                              const hedui_demo_quirk *quirk)
{
    hedui_demo_car *car = hedui_demo_add_car(made, member);
    if (quirk->type)
        (void)snprintf(car->type, sizeof car->type, "%s", quirk->type);
    if (quirk->status)
        (void)snprintf(car->status, sizeof car->status, "%s", quirk->status);
    if (*car->type == 'M')
        (void)snprintf(car->plate_type, sizeof car->plate_type, "07");
    car->kind = car_or_lorry(car->type);
    car->owned = owned(car->status, &car->owned_reasons);
    hedui_demo_form(&car->about, member, quirk->form);
    return car;
}

static void one_car(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    hedui_demo_fit(made, member, quirk->form);
    (void)car_of(made, member, quirk);
}

/* Under a kind of document that is no citizen's the number is not looked at. */
static void by_document(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_car *car = car_of(made, hedui_demo_adult(made, &made->households[0]), quirk);
    car->document = quirk->also;
    car->other_document = *quirk->also == 'C';
    car->about.reject = quirk->reason;
}

static void two_cars(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    (void)car_of(made, hedui_demo_adult(made, &made->households[0]), quirk);
    hedui_demo_car *second = car_of(made, hedui_demo_adult(made, &made->households[0]), quirk);
    if (quirk->also) {
        (void)snprintf(second->status, sizeof second->status, "%s", quirk->also);
        second->owned = owned(second->status, &second->owned_reasons);
    }
}

static void double_row(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    car_of(made, hedui_demo_adult(made, &made->households[0]), quirk)->about.copies = 1;
}

static void conflicting_rows(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    car_of(made, hedui_demo_adult(made, &made->households[0]), quirk)->about.conflict = 1;
}

static void rejected_row(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_car *car = car_of(made, hedui_demo_adult(made, &made->households[0]), quirk);
    car->about.reject = quirk->reason;
    if (strcmp(quirk->reason, "encoding") == 0)
        (void)snprintf(car->about.name, sizeof car->about.name, "%s", quirk->also);
    else if (strcmp(quirk->reason, "code_value") == 0)
        (void)snprintf(car->plate_type, sizeof car->plate_type, "%s", quirk->also);
    else
        (void)snprintf(car->plate_no, sizeof car->plate_no, "%s", quirk->also);
}

static void out_of_scope(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    (void)car_of(made, hedui_demo_adult(made, household), quirk);
    if (quirk->also)
        household->programme = quirk->also;
    else
        household->status = "已退出";
}

static void moved_to_exited(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    made->households[1].status = "已退出";
    (void)car_of(made, hedui_demo_adult(made, &made->households[1]), quirk);
}

static void of_uncounted(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_at_least(made, &made->households[0], 2);
    hedui_demo_member *member = &made->households[0].members[1];
    member->counted = 0;
    (void)car_of(made, member, quirk);
}

static void of_two_households(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *other = &made->households[1];
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    (void)car_of(made, member, quirk);
    if (other->member_count == HEDUI_DEMO_MEMBERS)
        other->member_count--;
    hedui_demo_member *copy = &other->members[other->member_count++];
    *copy = *member;
    copy->elsewhere = 1;
    copy->relation = "99";
    copy->income_fen = 0;
    if (quirk->also) {
        copy->has_number = copy->authorised = 0;
        copy->until_style = NULL;
    }
}

static void namesake(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    (void)quirk;
    made->households[0].counted_namesake = 1;
}

static const hedui_demo_quirk quirks[] = {
    {"car", "名下有小轿车", 90, .plant = one_car, .type = "K33", .status = "A"},
    {"car_van", "名下有小型普通客车", 20, .plant = one_car, .type = "K31", .status = "A"},
    {"car_lorry", "名下有轻型货车", 20, .plant = one_car, .type = "H31", .status = "A"},
    {"car_owned_letters", "状态为多个字母，均不影响所有权", 16, .plant = one_car, .status = "AGQ"},
    {"car_overdue", "逾期未检验", 8, .plant = one_car, .status = "Q"},
    {"car_cancelled", "已注销", 20, .plant = one_car, .status = "E"},
    {"car_cancelled_letters", "状态含注销字母", 10, .plant = one_car, .status = "GE"},
    {"car_forced", "强制注销", 8, .plant = one_car, .status = "M"},
    {"car_scrapped", "达到报废标准", 10, .plant = one_car, .status = "P"},
    {"car_sold", "已转出", 16, .plant = one_car, .status = "B"},
    {"motorcycle", "只有摩托车", 80, .plant = one_car, .type = "M21", .status = "A"},
    {"tractor", "只有手扶拖拉机", 10, .plant = one_car, .type = "T22", .status = "A"},
    {"status_empty", "机动车状态为空", 16, .plant = one_car, .status = ""},
    {"status_unlisted", "状态字母不在代码表内", 8, .plant = one_car, .status = "AY"},
    {"type_unlisted", "车辆类型不在代码表内", 10, .plant = one_car, .type = "V77"},
    {"type_unlisted_sold", "车辆类型不明但已转出", 6, .plant = one_car, .type = "V77",
     .status = "B"},
    {"motorcycle_no_status", "摩托车且状态为空", 6, .plant = one_car, .type = "M21", .status = ""},
    {"car_lower_x", "号码末位为小写 x", 12, .plant = one_car, .form = "lower_x"},
    {"car_full_width", "号码为全角数字", 6, .plant = one_car, .form = "full_width"},
    {"car_apostrophe", "号码前有撇号", 6, .plant = one_car, .form = "apostrophe"},
    {"car_formula", "号码写成 =\"…\"", 6, .plant = one_car, .form = "formula"},
    {"car_blanks", "号码前后有空格", 6, .plant = one_car, .form = "blanks"},
    {"car_old_15", "15 位旧号码", 10, .plant = one_car, .form = "old_15"},
    {"car_other_name", "号码相同姓名不同", 10, .plant = one_car, .form = "other_name"},
    {"cars_two", "名下两辆车", 16, .plant = two_cars},
    {"cars_one_sold", "两辆车，一辆已转出", 10, .plant = two_cars, .also = "B"},
    {"cars_one_unknown", "两辆车，一辆状态为空", 6, .plant = two_cars, .also = ""},
    {"row_twice", "同一行重复出现", 12, .plant = double_row},
    {"key_conflict_hidden", "同一号牌两行内容不同，先注销后正常", 4, .plant = conflicting_rows,
     .status = "E"},
    {"key_conflict_seen", "同一号牌两行内容不同，先正常", 2, .plant = conflicting_rows},
    {"row_no_plate", "号牌号码为空，整行退回", 4, .plant = rejected_row, .reason = "missing",
     .also = ""},
    {"row_long_plate", "号牌号码过长，整行退回", 2, .plant = rejected_row,
     .reason = "field_too_long", .also = "新Z1234567890123456"},
    {"row_plate_type", "号牌种类不在代码表内，整行退回", 2, .plant = rejected_row,
     .reason = "code_value", .also = "77"},
    {"row_broken_name", "姓名字符损坏，整行退回", 2, .plant = rejected_row, .reason = "encoding",
     .also = "王~~"},
    {"car_household_book", "凭户口簿登记", 6, .plant = by_document, .also = "H"},
    {"car_no_document", "身份证明名称为空", 6, .plant = by_document, .also = ""},
    {"officer_card", "凭军官证登记，号码不作身份证号看", 4, .plant = by_document, .also = "C"},
    {"row_document", "身份证明名称不在代码表内，整行退回", 2, .plant = by_document,
     .reason = "id_type", .also = "社员证"},
    {"exited_car", "已退出的家庭有车", 20, .plant = out_of_scope},
    {"margin_car", "低保边缘家庭有车", 20, .plant = out_of_scope, .also = "低保边缘"},
    {"car_moved", "车已过户给已退出的家庭", 10, 2, .plant = moved_to_exited},
    {"uncounted_car", "非保障对象名下有车", 20, .plant = of_uncounted},
    {"two_households", "一人在两户，名下有车", 10, 2, .plant = of_two_households},
    {"two_households_half", "一人在两户，只有一户有授权", 4, 2, .plant = of_two_households,
     .also = "half"},
    {"namesake", "同名不同号的人有车", 24, .plant = namesake},
};

const hedui_demo_topic hedui_demo_vehicle_quirks = {quirks, sizeof quirks / sizeof *quirks};
