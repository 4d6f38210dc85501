/** @file
 * Just enough YAML for feeds/: maps and lists by indent, maps and lists in brackets on one line.
 */
#ifndef HEDUI_ORACLE_YAML_H
#define HEDUI_ORACLE_YAML_H

typedef struct yaml {
    const char *key;  /**< in a map, else NULL */
    const char *text; /**< of a scalar, else NULL */
    struct yaml *child, *next;
} yaml;

/** Read a file; ends the program if it holds something else. */
yaml *yaml_read(const char *path);

/** Give everything back that was ever read. */
void yaml_forget(void);

/** The value under a key, or NULL. `map` may be NULL. */
const yaml *yaml_at(const yaml *map, const char *key);

/** The text under a key, or `otherwise`. */
const char *yaml_text(const yaml *map, const char *key, const char *otherwise);

/** 1 if the value under a key is "true". */
int yaml_is_true(const yaml *map, const char *key);

/** 1 if the list under a key has the text. */
int yaml_lists(const yaml *map, const char *key, const char *text);

#endif
