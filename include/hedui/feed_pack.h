/** @file
 * Making deliveries of what departments really hand over: workbooks, archives, plain texts.
 *
 * A delivery made so is one that hedui_feed_check accepts; it stands in the folder with its
 * manifest whole, or not at all. Nothing of the source is left out without being named.
 */
#ifndef HEDUI_FEED_PACK_H
#define HEDUI_FEED_PACK_H

#include <hedui/feed.h>

/** Faults shown of one table; all are counted. */
enum { HEDUI_FEED_PACK_FAULTS = 20 };

typedef struct hedui_feed_pack_options {
    const char *out;   /**< folder, usually the inbox; must exist */
    const char *feed;  /**< name of the layout; NULL: by the file's name */
    const char *sheet; /**< of a workbook; NULL: the only one with content */
    int has_cut_off;
    int32_t cut_off;     /**< day of the data; without it the file's name must tell */
    int replace;         /**< 1: a delivery of the same name may be replaced */
    int rehearse;        /**< 1: do all but the last step */
    size_t shared_bytes; /**< most bytes of a workbook's shared texts; 0: 256 MiB */
} hedui_feed_pack_options;

/** A cell or row that cannot be taken as it is. */
typedef struct hedui_feed_fault {
    const char *fault;                 /**< stable word: "number_destroyed", "error_cell" */
    const char *zh, *en;               /**< what is wrong … */
    const char *remedy_zh, *remedy_en; /**< … and what to do about it */
    int refuses;        /**< 1: the table is not packed; 0: the row goes along and is rejected */
    uint32_t row;       /**< as the sheet counts */
    hedui_span place;   /**< "B17", "A1:C3" or "17" */
    hedui_span column;  /**< its header; may be empty */
    hedui_span excerpt; /**< masked; may be empty */
} hedui_feed_fault;

/** One table and the delivery made of it. */
typedef struct hedui_feed_packed {
    hedui_span source; /**< file; of an archive also the name inside */
    hedui_span sheet;  /**< of a workbook, else empty */
    hedui_span feed, title;
    int32_t cut_off;
    const char *path, *manifest;    /**< where they stand, or would */
    const char *charset;            /**< of the delivery: "utf-8", "gb18030" */
    int converted;                  /**< 1: the source had another character set */
    const hedui_feed_report *check; /**< of the delivery; NULL if faults came before */
    int too_many_rejects;           /**< 1: beyond what the layout's guards refuse */
    int refused;                    /**< 1: not packed */
    const hedui_feed_fault *faults; /**< the first HEDUI_FEED_PACK_FAULTS */
    uint32_t fault_count;
    uint64_t faults_all;
} hedui_feed_packed;

typedef struct hedui_feed_pack_report {
    const hedui_feed_packed *packed;
    uint32_t packed_count;
    const hedui_span *left_out; /**< files of an archive that are no tables, sheets not asked for */
    uint32_t left_out_count;
    int refused; /**< 1: at least one table was refused, and nothing was written */
} hedui_feed_pack_report;

/**
 * Pack a file: .xlsx, .csv, .txt, .csv.gz, or a .zip of these (one delivery each).
 *
 * Told apart by content, not by name. Of a workbook the cells are written as its sheet shows them,
 * into the layout's character set. The same bytes give the same delivery.
 *
 * @param report  Set on success, also if a table is refused; in `arena`.
 * @return HEDUI_E2031, E2032 (layout), E2035 (another manifest names the delivery), E22xx (what
 *         cannot be packed and what to do about it), E10xx. Nothing is written then.
 */
hedui_status hedui_feed_pack(const hedui_feed_pack_report **report, const char *path,
                             const hedui_feed_pack_options *options, const char *const *folders,
                             size_t folder_count, hedui_arena *arena, hedui_err *err);

#endif
