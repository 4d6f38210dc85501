/* The scenarios of a pack, read with it so that a check shows the faults of their form. */
#include "rule/pack_fields.h"
#include "rule/pack_load.h"

#include <hedui/file.h>

static int is_yaml(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

static hedui_status read_scenario(hedui_scenario *scenario, const hedui_pack_loader *l,
                                  const char *path)
{
    hedui_err fault;
    hedui_err_init(&fault);
    hedui_status status = hedui_yaml_load(&scenario->yaml, path, l->arena, &fault);
    hedui_pack_report(l, &fault);
    return status ? status
                  : hedui_pack_bind(l, scenario, hedui_scenario_fields, scenario->yaml,
                                    scenario->yaml->root);
}

hedui_status hedui_pack_scenarios(hedui_pack_loader *l, const char *folder)
{
    const char *const *names = NULL;
    size_t count = 0;
    hedui_status first = HEDUI_OK;
    const char *path = hedui_path_join(folder, "scenarios", l->arena);
    if (!path)
        return hedui_fail_memory(l->err);
    if (!hedui_file_exists(path))
        return HEDUI_OK;
    first = hedui_folder_list(&names, &count, path, l->arena, l->err);
    if (first)
        return first;
    hedui_scenario *list = hedui_arena_array(l->arena, count, sizeof *list);
    if (!list)
        return hedui_fail_memory(l->err);
    for (size_t i = 0; i < count; i++) {
        if (!is_yaml(names[i]))
            continue;
        const char *file = hedui_path_join(path, names[i], l->arena);
        hedui_scenario *scenario = &list[l->pack->scenario_count];
        *scenario = (hedui_scenario){0};
        hedui_status status = file ? read_scenario(scenario, l, file) : hedui_fail_memory(l->err);
        l->pack->scenario_count += !status;
        first = first ? first : status;
    }
    l->pack->scenarios = list;
    return first;
}
