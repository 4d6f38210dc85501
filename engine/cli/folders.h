/** @file
 * Which folder is the workspace, and where layouts are looked for.
 */
#ifndef HEDUI_CLI_FOLDERS_H
#define HEDUI_CLI_FOLDERS_H

#include "cli/cli.h"

#include <hedui/store.h>
#include <hedui/workspace.h>

/**
 * Settle which folder is the workspace: `option` if not NULL, else $HEDUI_FOLDER, else the current
 * one, else the nearest above it that has a hedui.yaml and belongs to the user: nobody is to make
 * the program read his own by leaving one in a folder for all. Without any, the current one.
 */
void hedui_cli_folder_settle(hedui_cli *cli, const char *option);

/** The workspace that stands here or that -C names; NULL and HEDUI_OK outside of one. */
hedui_status hedui_cli_workspace_find(const hedui_workspace **workspace, hedui_cli *cli,
                                      hedui_err *err);

/** Open the store of the workspace, which must be there; the caller closes it. */
hedui_status hedui_cli_store_open(hedui_store **store, hedui_cli *cli, hedui_err *err);

/** Folders of layouts: the workspace's, or only the shipped one outside of a workspace. */
hedui_status hedui_cli_feed_folders(const char *const **folders, uint32_t *count, hedui_cli *cli,
                                    hedui_err *err);

#endif
