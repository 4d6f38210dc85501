/* hedui.yaml: one table, then names to whole paths. */
#include <hedui/file.h>
#include <hedui/workspace.h>

#include "job/workspace_keys.h"
#include "value/decimal_text.h"
#include "yaml/bind.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct publish_text {
    hedui_span flags_change, rule_change;
    int64_t compare_from;
} publish_text;

typedef struct workspace_text {
    int64_t format;
    hedui_span unit, area, areas, inbox, archive, out, store;
    hedui_yaml_texts feeds, packs, need;
    publish_text publish;
    int64_t visit_within;
} workspace_text;

#define TEXT(key, member, flags, doc)                                                              \
    {                                                                                              \
        key, HEDUI_YAML_TEXT, offsetof(workspace_text, member), flags, NULL, doc                   \
    }
static const hedui_yaml_field publish_fields[] = {
    {"flags_change", HEDUI_YAML_TEXT, offsetof(publish_text, flags_change), 0, NULL,
     "有疑点的户数比上次发布的变化超过这个比例，就留作草稿"},
    {"rule_change", HEDUI_YAML_TEXT, offsetof(publish_text, rule_change), 0, NULL,
     "一条规则的疑点条数比上次发布的变化超过这个比例，就留作草稿"},
    {"compare_from", HEDUI_YAML_INTEGER, offsetof(publish_text, compare_from), 0, NULL,
     "前后都不满这么多的不比"},
    {0},
};
const hedui_yaml_field hedui_workspace_keys[] = {
    {"hedui", HEDUI_YAML_INTEGER, offsetof(workspace_text, format), HEDUI_YAML_REQUIRED, NULL,
     "格式版本，现为 1"},
    TEXT("unit", unit, HEDUI_YAML_REQUIRED, "核对机构名称，印在报表上"),
    TEXT("area", area, HEDUI_YAML_REQUIRED, "本县区划代码，区划树的根"),
    TEXT("areas", areas, HEDUI_YAML_REQUIRED, "区划表 CSV：code,name,parent,urban_rural"),
    TEXT("inbox", inbox, HEDUI_YAML_REQUIRED, "各部门数据放这里"),
    TEXT("archive", archive, HEDUI_YAML_REQUIRED, "结论所依据的数据存这里"),
    TEXT("out", out, HEDUI_YAML_REQUIRED, "报表输出"),
    TEXT("store", store, HEDUI_YAML_REQUIRED, "数据库"),
    {"feeds", HEDUI_YAML_TEXTS, offsetof(workspace_text, feeds), 0, NULL,
     "本地数据格式，优先于随程序提供的"},
    {"packs", HEDUI_YAML_TEXTS, offsetof(workspace_text, packs), HEDUI_YAML_REQUIRED, NULL,
     "采用的规则包"},
    {"need", HEDUI_YAML_TEXTS, offsetof(workspace_text, need), 0, NULL, "缺了就不核对的数据"},
    {"visit_within", HEDUI_YAML_INTEGER, offsetof(workspace_text, visit_within), 0, NULL,
     "核查期限：疑点首次发现那一批的基准日后多少天内核查；0：不定，各表留空"},
    {"publish", HEDUI_YAML_STRUCT, offsetof(workspace_text, publish), 0, publish_fields,
     "发布条件"},
    {0},
};

typedef struct builder {
    hedui_workspace *w;
    hedui_arena *arena;
    hedui_err *err;
    const char *share;
} builder;

static const char *path_of(builder *b, hedui_span name)
{
    hedui_span copy = hedui_arena_copy(b->arena, name);
    return copy.at ? hedui_path_join(b->w->folder, copy.at, b->arena) : NULL;
}

static const char *join3(builder *b, const char *folder, const char *middle, hedui_span name)
{
    hedui_span last = hedui_arena_copy(b->arena, name);
    const char *inner = hedui_path_join(folder, middle, b->arena);
    return last.at && inner ? hedui_path_join(inner, last.at, b->arena) : NULL;
}

static hedui_status find_packs(builder *b, const hedui_yaml *yaml, const workspace_text *text)
{
    const char **folders = hedui_arena_array(b->arena, text->packs.count, sizeof *folders);
    if (!folders)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < text->packs.count; i++) {
        const char *own = join3(b, b->w->folder, "rules/packs", text->packs.items[i]);
        const char *shipped = join3(b, b->share, "rules/packs", text->packs.items[i]);
        if (!own || !shipped)
            return hedui_fail_memory(b->err);
        folders[i] = hedui_file_exists(own) ? own : shipped;
        if (!hedui_file_exists(folders[i]))
            return hedui_yaml_fail(b->err, yaml, hedui_yaml_find(yaml->root, "packs"), HEDUI_E8002,
                                   HEDUI_ARG_SPAN(text->packs.items[i]));
    }
    const char **homes = hedui_arena_array(b->arena, 3, sizeof *homes);
    if (!homes || !(homes[0] = hedui_path_join(b->w->folder, "rules/packs", b->arena)) ||
        !(homes[1] = hedui_path_join(b->share, "rules/packs", b->arena)))
        return hedui_fail_memory(b->err);
    b->w->pack_homes = homes;
    b->w->pack_folders = folders;
    b->w->pack_count = text->packs.count;
    return HEDUI_OK;
}

static hedui_status list_feed_folders(builder *b, const workspace_text *text)
{
    const char **folders = hedui_arena_array(b->arena, text->feeds.count + 1u, sizeof *folders);
    uint32_t count = 0;
    if (!folders)
        return hedui_fail_memory(b->err);
    for (uint32_t i = 0; i < text->feeds.count; i++)
        if (!(folders[count++] = path_of(b, text->feeds.items[i])))
            return hedui_fail_memory(b->err);
    folders[count] = hedui_path_join(b->share, "feeds", b->arena);
    if (!folders[count++])
        return hedui_fail_memory(b->err);
    b->w->feed_folders = folders;
    b->w->feed_folder_count = count;
    return HEDUI_OK;
}

/* "30%" to millionths; a share that is not given limits nothing. */
static hedui_status read_share(builder *b, int64_t *share, const hedui_yaml *yaml, const char *key,
                               hedui_span text)
{
    hedui_cell cell;
    *share = -1;
    if (!text.length)
        return HEDUI_OK;
    if (hedui_cell_read(&cell, text) && hedui_cell_skip_end(&cell, '%') &&
        hedui_decimal_read(share, &cell, 4) == HEDUI_MONEY_OK && *share >= 0)
        return HEDUI_OK;
    const hedui_yaml_node *publish = hedui_yaml_find(yaml->root, "publish");
    return hedui_yaml_fail(b->err, yaml, hedui_yaml_find(publish, key), HEDUI_E8026,
                           HEDUI_ARG_SPAN(text));
}

static hedui_status read_publish(builder *b, const hedui_yaml *yaml, const publish_text *text)
{
    hedui_publish *publish = &b->w->publish;
    hedui_status status =
        read_share(b, &publish->flags_change, yaml, "flags_change", text->flags_change);
    if (!status)
        status = read_share(b, &publish->rule_change, yaml, "rule_change", text->rule_change);
    publish->compare_from = text->compare_from;
    return status;
}

static hedui_status read_visits(builder *b, const hedui_yaml *yaml, int64_t days)
{
    enum { YEAR = 366 };
    b->w->visit_within = days;
    return days >= 0 && days <= YEAR
               ? HEDUI_OK
               : hedui_yaml_fail(b->err, yaml, hedui_yaml_find(yaml->root, "visit_within"),
                                 HEDUI_E2011, HEDUI_ARG_TEXT("visit_within"),
                                 HEDUI_ARG_TEXT("0 至 366"));
}

static hedui_status fill(builder *b, const hedui_yaml *yaml, const workspace_text *text)
{
    hedui_workspace *w = b->w;
    const struct {
        const char **path;
        hedui_span name;
    } paths[] = {{&w->areas, text->areas},
                 {&w->inbox, text->inbox},
                 {&w->archive, text->archive},
                 {&w->out, text->out},
                 {&w->store, text->store}};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (!(*paths[i].path = path_of(b, paths[i].name)))
            return hedui_fail_memory(b->err);
    w->unit = text->unit;
    w->area = text->area;
    w->need = text->need.items;
    w->need_count = text->need.count;
    if (text->format != 1)
        return hedui_yaml_fail(b->err, yaml, hedui_yaml_find(yaml->root, "hedui"), HEDUI_E1109,
                               HEDUI_ARG_TEXT("hedui"), HEDUI_ARG_TEXT("1"));
    hedui_status status = read_publish(b, yaml, &text->publish);
    if (!status)
        status = read_visits(b, yaml, text->visit_within);
    if (!status)
        status = list_feed_folders(b, text);
    return status ? status : find_packs(b, yaml, text);
}

hedui_status hedui_workspace_load(const hedui_workspace **workspace, const char *folder,
                                  const char *share, hedui_arena *arena, hedui_err *err)
{
    builder b = {.arena = arena, .err = err, .share = share};
    const hedui_yaml *yaml = NULL;
    workspace_text text = {0};
    b.w = hedui_arena_take(arena, sizeof *b.w);
    hedui_span name = hedui_arena_copy(arena, hedui_span_of(folder ? folder : "."));
    if (!b.w || !name.at)
        return hedui_fail_memory(err);
    b.w->folder = name.at;
    b.w->file = hedui_path_join(name.at, "hedui.yaml", arena);
    if (!b.w->file)
        return hedui_fail_memory(err);
    if (!hedui_file_exists(b.w->file))
        return hedui_fail(err, errno == EACCES ? HEDUI_E8004 : HEDUI_E8001, hedui_place_none(),
                          HEDUI_ARG_TEXT(name.at));
    hedui_status status = hedui_yaml_load(&yaml, b.w->file, arena, err);
    if (!status)
        status = hedui_yaml_bind(&text, hedui_workspace_keys, yaml, yaml->root, arena, err);
    if (!status)
        status = fill(&b, yaml, &text);
    if (!status)
        *workspace = b.w;
    return status;
}

static const char template_yaml[] =
    "hedui: 1\n"
    "unit: 示例县居民家庭经济状况核对中心   # 印在报表上\n"
    "area: \"659000\"          # 本县区划代码，区划树的根\n"
    "areas: areas.csv        # 区划表：code,name,parent,urban_rural\n"
    "inbox: inbox            # 各部门数据（*.csv.gz）放这里\n"
    "archive: archive        # 结论所依据的数据存这里\n"
    "out: out                # 报表输出\n"
    "store: hedui.db\n"
    "feeds: [feeds]          # 本地数据格式，优先于随程序提供的\n"
    "packs: [cleanup-2014]   # 规则包：先找本目录 rules/packs/，再找随程序提供的\n"
    "need: [household_register, death_cremation]   # 缺了就不核对的数据\n"
    "visit_within: 0         # 核查期限：疑点首次发现后多少天内核查；0 是不定，各表留空\n"
    "publish:                # "
    "与上次发布的批次相比，变化超过下列比例就留作草稿，由负责人核实后发布\n"
    "  flags_change: 30%     # 有疑点的户数\n"
    "  rule_change: 50%      # 任何一条规则的疑点条数\n"
    "  compare_from: 20      # 前后都不满 20 的不比\n";
static const char template_areas[] = "code,name,parent,urban_rural\n"
                                     "659000,示例县,,\n"
                                     "659000001,城关街道,659000,urban\n";

hedui_status hedui_workspace_init(const char *folder, hedui_err *err)
{
    static const char *const folders[] = {"inbox", "archive",     "out",
                                          "feeds", "feeds/codes", "rules/packs"};
    hedui_arena *arena = hedui_arena_open(0);
    const char *file = arena ? hedui_path_join(folder, "hedui.yaml", arena) : NULL;
    const char *areas = arena ? hedui_path_join(folder, "areas.csv", arena) : NULL;
    hedui_status status = file && areas ? HEDUI_OK : hedui_fail_memory(err);
    if (!status && hedui_file_exists(file))
        status = hedui_fail(err, HEDUI_E8003, hedui_place_none(), HEDUI_ARG_TEXT(folder));
    if (!status)
        status = hedui_folder_make(folder, err);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && !status; i++) {
        const char *path = hedui_path_join(folder, folders[i], arena);
        status = path ? hedui_folder_make(path, err) : hedui_fail_memory(err);
    }
    if (!status && !hedui_file_exists(areas))
        status = hedui_file_replace(areas, hedui_span_of(template_areas), err);
    if (!status) /* last, so that a workspace with hedui.yaml is a whole one */
        status = hedui_file_replace(file, hedui_span_of(template_yaml), err);
    hedui_arena_close(arena);
    return status;
}
