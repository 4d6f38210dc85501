/** @file
 * A workspace: the folder of one verification centre, described by its hedui.yaml.
 */
#ifndef HEDUI_WORKSPACE_H
#define HEDUI_WORKSPACE_H

#include <hedui/arena.h>
#include <hedui/err.h>

#include <stdint.h>

/** How far a run may be from the last published one and still be published by itself. Shares are
 * in millionths of what that one had; -1: any change is taken. */
typedef struct hedui_publish {
    int64_t flags_change; /**< of the number of flagged households */
    int64_t rule_change;  /**< of the number of flags of each rule */
    int64_t compare_from; /**< numbers that were and are below this are not compared */
} hedui_publish;

typedef struct hedui_workspace {
    const char *folder; /**< where hedui.yaml stands */
    const char *file;   /**< hedui.yaml itself */
    hedui_span unit;    /**< name of the verification centre */
    hedui_span area;    /**< code of the root of the area tree */
    /** Paths below are complete; relative ones in the file count from `folder`. */
    const char *areas, *inbox, *archive, *out, *store;
    const char *const *feed_folders; /**< searched in order, the shipped folder last */
    uint32_t feed_folder_count;
    const char *const *pack_folders; /**< one folder for each pack named, in order */
    uint32_t pack_count;
    /** Where packs are looked for that are inherited and not named: the workspace's rules/packs,
     * then the shipped ones; NULL-ended. NULL: beside their heirs only. */
    const char *const *pack_homes;
    /** 1: packs stand side by side, wherever they stood when a run read them: a path by which one
     * inherits another means the folder's name alone. */
    int packs_gathered;
    const hedui_span *need; /**< feeds without which nothing is published */
    uint32_t need_count;
    hedui_publish publish;
    int64_t visit_within; /**< days in which a new flag is to be looked at; 0: not settled */
} hedui_workspace;

/**
 * Load `folder`/hedui.yaml.
 *
 * @param workspace  Set on success; lives in `arena`.
 * @param folder     NULL: the current folder.
 * @param share      Folder with the shipped feeds/ and rules/packs/; packs are looked for in the
 *                   workspace's own rules/packs/ first.
 * @return HEDUI_E8001 if there is no hedui.yaml, E8004 if the folder may not be entered,
 * HEDUI_E8002 for a pack that is nowhere, E11xx for its content, E10xx.
 */
hedui_status hedui_workspace_load(const hedui_workspace **workspace, const char *folder,
                                  const char *share, hedui_arena *arena, hedui_err *err);

/** One key of hedui.yaml as it takes effect. */
typedef struct hedui_setting {
    const char *key;  /**< "publish.flags_change" */
    hedui_span value; /**< as written, a list joined by ", "; empty: not given, and no default */
    uint32_t line;    /**< in hedui.yaml; 0: not given there */
    const char *const
        *paths;          /**< files and folders it stands for, in the order of their search … */
    uint32_t path_count; /**< … 0: it names none */
} hedui_setting;

/** Every key that hedui.yaml may have, in the order of its reference; in `arena`. Reads the file
 * again. As hedui_workspace_load. */
hedui_status hedui_workspace_settings(const hedui_setting **settings, size_t *count,
                                      const hedui_workspace *workspace, hedui_arena *arena,
                                      hedui_err *err);

/**
 * Make a new workspace: hedui.yaml with comments, areas.csv, inbox/, archive/, out/, feeds/ and
 * rules/packs/ (mode 0700). HEDUI_E8003 if `folder` holds a hedui.yaml already.
 */
hedui_status hedui_workspace_init(const char *folder, hedui_err *err);

#endif
