/* A folder held in memory, and put back with the very files it had. */
#ifndef HEDUI_FAULT_TREE_H
#define HEDUI_FAULT_TREE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TREE_PATH = 512, TREE_FILES = 1024 };

struct tree_file {
    char path[TREE_PATH]; /* below the folder */
    mode_t mode;
    ino_t number;
    size_t at, size; /* in `bytes`; 0 of a folder */
};

struct tree {
    struct tree_file *files; /* by path */
    size_t count;
    char *bytes;
    size_t used, room;
};

/* All of `root`; what a tree held before is forgotten, its memory used again. Ends the process when
 * there is no memory, or something is neither file nor folder. */
void tree_read(struct tree *tree, const char *root);

/* A digest of paths, modes and bytes. */
uint64_t tree_digest(const struct tree *tree);

/* 1 when two hold the same, in the same files. */
int tree_same(const struct tree *a, const struct tree *b);

/* Have a second name in `keep` for each file, so that none goes when its name does. */
void tree_keep(const struct tree *tree, const char *root, const char *keep);

/* From `now`, which is what `root` holds, back to `before`; both were kept in `keep`. */
void tree_put_back(const struct tree *before, const struct tree *now, const char *root,
                   const char *keep);

/* Write it to `root`, in files of its own. */
void tree_write(const struct tree *tree, const char *root);

/* Ends the process, 125, with what failed. */
_Noreturn void give_up(const char *what, const char *about);

/* Delete a folder and all below it. */
void tree_remove(const char *root);

#endif
