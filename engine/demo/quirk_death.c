/* Deaths: reported, unreported, contradicted, and those of somebody else. */
#include "demo/quirk.h"

#include <hedui/date.h>

#include <stdio.h>

/* A register entry of the member; the ordinary one is there in most families, not in all. */
static hedui_demo_entry *entry_of(hedui_demo_member *member)
{
    hedui_demo_entry *entry = &member->entries[0];
    if (member->entry_count == 0) {
        member->entry_count = 1;
        memcpy(entry->about.id, member->id, sizeof member->id);
        memcpy(entry->about.name, member->name, sizeof member->name);
        entry->reason_text = "";
        entry->cancelled_on = entry->died_on = HEDUI_DEMO_NEVER;
    }
    return entry;
}

static hedui_demo_death *death_of(hedui_demo_member *member, int32_t died_on)
{
    hedui_demo_death *death = &member->deaths[member->death_count++];
    memcpy(death->about.id, member->id, sizeof member->id);
    memcpy(death->about.name, member->name, sizeof member->name);
    death->died_on = died_on;
    hedui_date_print(death->died_text, died_on);
    return death;
}

static hedui_demo_cancel meaning(const char *reason)
{
    if (!reason || !*reason)
        return HEDUI_DEMO_CANCEL_NONE;
    if (strcmp(reason, "死亡") == 0)
        return HEDUI_DEMO_CANCEL_DEATH;
    return strcmp(reason, "待查") == 0 ? HEDUI_DEMO_CANCEL_UNREADABLE : HEDUI_DEMO_CANCEL_OTHER;
}

static void die(hedui_demo_case *made, hedui_demo_member *member, const hedui_demo_quirk *quirk)
{
    int32_t day = made->as_of - hedui_demo_random_between(&made->random, 40, 500);
    hedui_demo_entry *entry = entry_of(member);
    entry->cancelled = quirk->cancelled ? HEDUI_DEMO_YES : HEDUI_DEMO_NO;
    entry->reason = meaning(quirk->reason);
    entry->reason_text = quirk->reason ? quirk->reason : "";
    if (quirk->cancelled)
        entry->cancelled_on = day + hedui_demo_random_between(&made->random, 8, 30);
    if (quirk->died)
        entry->died_on = day;
    hedui_demo_form(&entry->about, member, quirk->form);
    if (quirk->cremated) {
        hedui_demo_death *death = death_of(member, day + quirk->gap);
        hedui_demo_form(&death->about, member, quirk->also);
        if (hedui_demo_random_chance(&made->random, 30)) {
            int year = 0, month = 0, dom = 0;
            hedui_date_to_civil(&year, &month, &dom, death->died_on);
            (void)snprintf(death->died_text, sizeof death->died_text, "%d年%d月%d日", year, month,
                           dom);
        }
    }
}

static void one_death(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    hedui_demo_fit(made, member, quirk->form ? quirk->form : quirk->also);
    die(made, member, quirk);
}

static void of_uncounted(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_at_least(made, &made->households[0], 2);
    hedui_demo_member *member = &made->households[0].members[1];
    member->counted = 0;
    die(made, member, quirk);
}

static void of_old_number(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    (void)snprintf(member->id_cell, sizeof member->id_cell, "%.6s%.9s", member->id, member->id + 8);
    member->upgraded = 1;
    die(made, member, quirk);
}

static void of_exited(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    one_death(made, quirk);
    made->households[0].status = "已退出";
}

/* The day cannot be read, or nobody wrote one; with or without a day in the register. */
static void bad_day(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    hedui_demo_death *death = death_of(member, made->as_of - 60);
    (void)snprintf(death->died_text, sizeof death->died_text, "%s", quirk->also);
    death->died_on = HEDUI_DEMO_NEVER;
    death->died_reasons = *quirk->also ? HEDUI_DEMO_BAD_FIELD : HEDUI_DEMO_EMPTY_FIELD;
    if (quirk->died)
        entry_of(member)->died_on = made->as_of - 60;
}

static void rejected_row(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    hedui_demo_death *death = death_of(member, made->as_of - 60);
    death->number = quirk->also;
    death->about.reject = quirk->reason;
}

static void broken_entry(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_entry *entry = entry_of(hedui_demo_adult(made, &made->households[0]));
    (void)snprintf(entry->about.name, sizeof entry->about.name, "%s", quirk->also);
    entry->about.reject = quirk->reason;
}

static void bad_flag(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_entry *entry = entry_of(hedui_demo_adult(made, &made->households[0]));
    entry->cancelled = HEDUI_DEMO_UNKNOWN;
    entry->cancelled_text = quirk->also;
    entry->cancelled_reasons = *quirk->also ? HEDUI_DEMO_BAD_FIELD : HEDUI_DEMO_EMPTY_FIELD;
    entry->reason = meaning(quirk->reason);
    entry->reason_text = quirk->reason ? quirk->reason : "";
}

/* Registered in two places: two entries that say different things. */
static void registered_twice(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_member *member = hedui_demo_adult(made, &made->households[0]);
    if (quirk->cancelled)
        die(made, member, quirk);
    entry_of(member)->about.conflict = 1;
}

static void car_too(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    one_death(made, quirk);
    (void)hedui_demo_add_car(made, hedui_demo_adult(made, &made->households[0]));
}

static const hedui_demo_quirk quirks[] = {
    {"death_police", "公安因死亡注销", 30, .plant = one_death, .cancelled = 1, .reason = "死亡"},
    {"death_police_day", "公安因死亡注销，有死亡日期", 16, .plant = one_death, .cancelled = 1,
     .reason = "死亡", .died = 1},
    {"death_police_car", "死亡未注销低保，家中另有车", 6, .plant = car_too, .cancelled = 1,
     .reason = "死亡"},
    {"death_cremation", "只有火化记录", 24, .plant = one_death, .cremated = 1},
    {"death_agree", "两来源死亡日期一致", 16, .plant = one_death, .died = 1, .cremated = 1},
    {"death_agree_7", "两来源相差正好七天", 6, .plant = one_death, .died = 1, .cremated = 1,
     .gap = 7},
    {"death_agree_before", "火化记录早七天", 6, .plant = one_death, .died = 1, .cremated = 1,
     .gap = -7},
    {"death_apart_8", "两来源相差八天", 6, .plant = one_death, .died = 1, .cremated = 1, .gap = 8},
    {"death_apart_30", "两来源相差三十天", 10, .plant = one_death, .died = 1, .cremated = 1,
     .gap = -30},
    {"death_day_only", "户籍有死亡日期但未注销", 8, .plant = one_death, .died = 1},
    {"cancelled_moved", "因迁出注销", 20, .plant = one_death, .cancelled = 1, .reason = "迁出"},
    {"cancelled_enlisted", "因入伍注销", 6, .plant = one_death, .cancelled = 1, .reason = "入伍"},
    {"cancelled_no_reason", "注销但未写原因", 14, .plant = one_death, .cancelled = 1},
    {"cancelled_unreadable", "注销原因不在代码表内", 6, .plant = one_death, .cancelled = 1,
     .reason = "待查"},
    {"cremation_relative", "火化记录误登亲属的号码", 8, .plant = one_death, .cremated = 1,
     .also = "other_name"},
    {"police_relative", "公安死亡注销的号码相同姓名不同", 10, .plant = one_death, .cancelled = 1,
     .reason = "死亡", .form = "other_name"},
    {"police_old_15", "公安死亡注销为 15 位号码", 8, .plant = one_death, .cancelled = 1,
     .reason = "死亡", .form = "old_15"},
    {"police_lower_x", "公安死亡注销，末位小写 x", 6, .plant = one_death, .cancelled = 1,
     .reason = "死亡", .form = "lower_x"},
    {"police_round_dot", "姓名间隔号为 •", 4, .plant = one_death, .cancelled = 1, .reason = "死亡",
     .form = "round_dot"},
    {"police_middle_dot", "姓名间隔号为 ・", 4, .plant = one_death, .cancelled = 1,
     .reason = "死亡", .form = "middle_dot"},
    {"police_wide_stop", "姓名间隔号为 ．", 4, .plant = one_death, .cancelled = 1, .reason = "死亡",
     .form = "wide_stop"},
    {"police_plain_stop", "姓名间隔号为 .", 4, .plant = one_death, .cancelled = 1, .reason = "死亡",
     .form = "plain_stop"},
    {"police_no_dot", "姓名无间隔号", 4, .plant = one_death, .cancelled = 1, .reason = "死亡",
     .form = "no_dot"},
    {"police_blank_name", "姓名中有空格", 4, .plant = one_death, .cancelled = 1, .reason = "死亡",
     .form = "blank_name"},
    {"police_former_name", "姓名后注曾用名", 4, .plant = one_death, .cancelled = 1,
     .reason = "死亡", .form = "former_name"},
    {"cremation_no_name", "火化记录无姓名，两来源一致", 4, .plant = one_death, .died = 1,
     .cremated = 1, .also = "no_name"},
    {"agree_weak", "两来源一致但火化记录姓名不同", 4, .plant = one_death, .died = 1, .cremated = 1,
     .gap = 3, .also = "other_name"},
    {"death_caseload_15", "名册为 15 位号码，公安因死亡注销", 6, .plant = of_old_number,
     .cancelled = 1, .reason = "死亡"},
    {"uncounted_death", "非保障对象死亡", 8, .plant = of_uncounted, .cancelled = 1,
     .reason = "死亡"},
    {"exited_death", "已退出的家庭有人死亡", 8, .plant = of_exited, .cancelled = 1,
     .reason = "死亡"},
    {"cremation_bad_day", "火化记录死亡日期不存在", 6, .plant = bad_day, .also = "2014-02-30"},
    {"cremation_words", "火化记录死亡日期为文字", 4, .plant = bad_day, .also = "去年冬天"},
    {"cremation_no_day", "火化记录无死亡日期", 4, .plant = bad_day, .also = ""},
    {"cremation_bad_day_dated", "户籍有死亡日期，火化记录日期不存在", 4, .plant = bad_day,
     .also = "2014-02-30", .died = 1},
    {"cremation_no_day_dated", "户籍有死亡日期，火化记录无日期", 4, .plant = bad_day, .also = "",
     .died = 1},
    {"cremation_no_number", "火化证编号为空，整行退回", 2, .plant = rejected_row,
     .reason = "missing", .also = ""},
    {"register_broken_name", "户籍姓名字符损坏，整行退回", 2, .plant = broken_entry,
     .reason = "encoding", .also = "王~~"},
    {"register_flag_unreadable", "注销标识无法识别", 6, .plant = bad_flag, .also = "不清楚"},
    {"register_flag_empty", "注销标识为空", 6, .plant = bad_flag, .also = ""},
    {"register_flag_empty_death", "注销标识为空但原因为死亡", 4, .plant = bad_flag, .also = "",
     .reason = "死亡"},
    {"registered_twice", "两处户籍登记内容不同", 4, .plant = registered_twice},
    {"registered_twice_dead", "两处户籍登记，先一处因死亡注销", 4, .plant = registered_twice,
     .cancelled = 1, .reason = "死亡"},
};

const hedui_demo_topic hedui_demo_death_quirks = {quirks, sizeof quirks / sizeof *quirks};
