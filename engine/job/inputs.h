/** @file
 * The files that a run rests on beside its deliveries: layouts, code lists, packs, areas,
 * manifests, the workspace and what earlier runs mean for this one. They are kept in the archive
 * by digest, with a listing of them, so that the run can be made again from what it read.
 *
 * The listing is text as `sha256sum -c` reads it, one file a line in byte order of the names:
 *
 *     <64 hexadecimal digits>  <name>
 *
 * Names are those under which a replay lays the files out: hedui.yaml, areas.csv, prior.tsv,
 * feeds/<n>/<file> and feeds/<n>/codes/<file> for the n-th feed folder, rules/packs/<pack>/<file>,
 * inbox/<manifest>.
 */
#ifndef HEDUI_JOB_INPUTS_H
#define HEDUI_JOB_INPUTS_H

#include <hedui/arena.h>
#include <hedui/digest.h>
#include <hedui/err.h>
#include <hedui/workspace.h>

#include "rule/pack.h"

#include <stdint.h>

typedef struct hedui_job_input {
    const char *name; /**< in the listing */
    hedui_span bytes;
    hedui_digest digest;
} hedui_job_input;

typedef struct hedui_job_inputs {
    const hedui_job_input *files;
    uint32_t count;
    hedui_span listing;
    hedui_digest digest; /**< of the listing */
} hedui_job_inputs;

/**
 * Read all of them.
 *
 * @param inputs  Set on success; lives in `arena`.
 * @param packs   Those that were loaded, inherited ones too; NULL before that: the workspace's.
 * @param prior   What stands in prior.tsv; NULL before it is known: none.
 * @param households  The list of a run about some households only; NULL: none.
 * @return HEDUI_E1002, E1003, E1005 of a file that cannot be read, HEDUI_E8024 of one that cannot
 * be archived under its name, HEDUI_E8025.
 */
hedui_status hedui_job_inputs_read(hedui_job_inputs *inputs, const hedui_workspace *workspace,
                                   const hedui_pack *const *packs, uint32_t pack_count,
                                   const hedui_span *prior, const hedui_span *households,
                                   hedui_arena *arena, hedui_err *err);

/** The name under which a list of households stands among the inputs. */
#define HEDUI_JOB_HOUSEHOLDS "households.txt"

/** HEDUI_E8022 with the first file of `before` that is gone from `now` or holds other bytes. */
hedui_status hedui_job_inputs_same(const hedui_job_inputs *before, const hedui_job_inputs *now,
                                   hedui_err *err);

/** The file of that name, or NULL. */
const hedui_job_input *hedui_job_inputs_find(const hedui_job_inputs *inputs, const char *name);

/** Put those that are not there yet into the archive, each as <digest>.input, and the listing.
 * HEDUI_E1004, E1006. */
hedui_status hedui_job_inputs_keep(const char *archive, const hedui_job_inputs *inputs,
                                   hedui_arena *arena, hedui_err *err);

/** What a listing names. @return HEDUI_E8020 if it is not in the archive, HEDUI_E8021 if it is
 * another. */
hedui_status hedui_job_inputs_named(const hedui_digest **digests, uint32_t *count,
                                    const char *archive, const hedui_digest *listing,
                                    hedui_arena *arena, hedui_err *err);

/**
 * Lay the files of a listing out below `folder`, which exists, and describe the workspace they
 * make.
 *
 * @param workspace  Set on success: inbox, areas, feed and pack folders below `folder`; unit, area
 *                   and needed feeds by the laid-out hedui.yaml. Store, archive and out are not
 * set.
 * @param prior      Set to the bytes of prior.tsv.
 * @return HEDUI_E8020 if the listing or a file of it is no longer in the archive, HEDUI_E8021 if
 *         what is there has another digest; E10xx.
 */
hedui_status hedui_job_inputs_lay_out(const hedui_workspace **workspace, hedui_span *prior,
                                      const char *folder, const char *archive,
                                      const hedui_digest *listing, hedui_arena *arena,
                                      hedui_err *err);

#endif
