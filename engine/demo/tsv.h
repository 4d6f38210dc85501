/** @file
 * A file of tab-separated lines being written. What goes wrong is remembered and told at the end.
 */
#ifndef HEDUI_DEMO_TSV_H
#define HEDUI_DEMO_TSV_H

#include <hedui/buffer.h>
#include <hedui/err.h>

#include <stdio.h>

typedef struct hedui_demo_tsv {
    FILE *file;
    hedui_buffer text; /**< append to it, then call hedui_demo_tsv_end */
    int error;         /**< errno of the first failure */
} hedui_demo_tsv;

/** HEDUI_E1004. */
hedui_status hedui_demo_tsv_open(hedui_demo_tsv *tsv, const char *path, hedui_err *err);

/** A line has been appended: write when enough has come together. */
void hedui_demo_tsv_end(hedui_demo_tsv *tsv);

/** Write the rest and close. HEDUI_E1004, HEDUI_E1001. A second call is harmless. */
hedui_status hedui_demo_tsv_close(hedui_demo_tsv *tsv, const char *path, hedui_err *err);

#endif
