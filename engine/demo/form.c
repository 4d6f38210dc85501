/* How registries write a number or a name: what is the same person, what is only perhaps. */
#include "demo/quirk.h"

#include <hedui/date.h>

#include <stdio.h>

static int is(const char *form, const char *name)
{
    return form && strcmp(form, name) == 0;
}

/* Full-width digits and X: U+FF10 + n and U+FF38. */
static void widen(char out[HEDUI_DEMO_CELL], const char *id)
{
    size_t n = 0;
    for (; *id; id++) {
        out[n++] = '\xEF';
        out[n++] = '\xBC';
        out[n++] = (char)(*id == 'X' ? 0xB8 : 0x90 + (*id - '0'));
    }
    out[n] = '\0';
}

static void replace_dot(char out[HEDUI_DEMO_CELL], const char *name, const char *dot)
{
    const char *at = strstr(name, "·");
    if (at)
        (void)snprintf(out, HEDUI_DEMO_CELL, "%.*s%s%s", (int)(at - name), name, dot,
                       at + sizeof "·" - 1);
}

static void form_number(char out[HEDUI_DEMO_CELL], const char *id, const char *form)
{
    size_t length = strlen(id);
    if (is(form, "lower_x") && id[length - 1] == 'X') {
        out[length - 1] = 'x';
    } else if (is(form, "full_width")) {
        widen(out, id);
    } else if (is(form, "apostrophe")) {
        (void)snprintf(out, HEDUI_DEMO_CELL, "'%s", id);
    } else if (is(form, "formula")) {
        (void)snprintf(out, HEDUI_DEMO_CELL, "=\"%s\"", id);
    } else if (is(form, "blanks")) {
        (void)snprintf(out, HEDUI_DEMO_CELL, "　%s ", id);
    } else if (is(form, "old_15")) {
        (void)snprintf(out, HEDUI_DEMO_CELL, "%.6s%.9s", id, id + 8);
    }
}

void hedui_demo_form(hedui_demo_about *about, const hedui_demo_member *member, const char *form)
{
    form_number(about->id, member->id, form);
    if (is(form, "old_15"))
        about->weak = 1;
    if (is(form, "other_name")) {
        (void)snprintf(about->name, sizeof about->name, "%s", "丁满仓");
        about->weak = 1;
    } else if (is(form, "no_name")) {
        about->name[0] = '\0';
        about->weak = 1;
    } else if (is(form, "round_dot")) {
        replace_dot(about->name, member->name, "•");
    } else if (is(form, "middle_dot")) {
        replace_dot(about->name, member->name, "・");
    } else if (is(form, "wide_stop")) {
        replace_dot(about->name, member->name, "．");
    } else if (is(form, "plain_stop")) {
        replace_dot(about->name, member->name, ".");
    } else if (is(form, "no_dot")) {
        replace_dot(about->name, member->name, "");
    } else if (is(form, "blank_name")) {
        (void)snprintf(about->name, sizeof about->name, "%.3s　%s ", member->name,
                       member->name + 3);
    } else if (is(form, "rare_name")) { /* U+20C53: four bytes in either character set */
        (void)snprintf(about->name, sizeof about->name, "%.3s𠱓", member->name);
        about->weak = 1;
    } else if (is(form, "private_name")) { /* U+E001, which every system draws in its own way */
        (void)snprintf(about->name, sizeof about->name, "%.3s\xEE\x80\x81", member->name);
        about->weak = 1;
    } else if (is(form, "former_name")) {
        (void)snprintf(about->name, sizeof about->name, "%.60s（曾用名小毛）", member->name);
    }
}

static void renumber(hedui_demo_member *member)
{
    memcpy(member->id_cell, member->id, sizeof member->id);
    for (int i = 0; i < member->entry_count; i++)
        memcpy(member->entries[i].about.id, member->id, sizeof member->id);
}

static void rename_member(hedui_demo_member *member, const char *name)
{
    (void)snprintf(member->name, sizeof member->name, "%s", name);
    (void)snprintf(member->name_cell, sizeof member->name_cell, "%s", name);
    for (int i = 0; i < member->entry_count; i++)
        (void)snprintf(member->entries[i].about.name, HEDUI_DEMO_CELL, "%s", name);
}

void hedui_demo_fit(hedui_demo_case *made, hedui_demo_member *member, const char *form)
{
    char name[HEDUI_DEMO_CELL];
    if (is(form, "lower_x")) {
        /* spare numbers of the case, in windows of birth days nine years wide */
        int32_t about = member->birth;
        for (int i = 0; i < 64 && member->id[17] != 'X'; i++)
            hedui_demo_citizen(member->id, &member->birth,
                               made->index * 32 + 16 + (uint64_t)(i % 15), about - i / 15 * 1095,
                               member->male, 0);
        renumber(member);
    } else if (form && (strstr(form, "_dot") || strstr(form, "_stop"))) {
        hedui_demo_minority_name(name, &made->random, member->male);
        rename_member(member, name);
    } else if (is(form, "blank_name") || is(form, "former_name")) {
        rename_member(member, member->male ? "何长顺" : "何秀莲");
    }
}
