/** @file
 * The text files that the program carries with it (cmake/embed.cmake), by their path below engine/.
 */
#ifndef HEDUI_BASE_EMBEDDED_H
#define HEDUI_BASE_EMBEDDED_H

typedef struct hedui_embedded {
    const char *path; /**< e.g. store/views/flags.sql; NULL ends the list */
    const char *text; /**< NUL-terminated */
} hedui_embedded;

/** In byte order of the paths, ended by an entry of NULLs. */
extern const hedui_embedded hedui_embedded_files[];

#endif
