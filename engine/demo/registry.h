/** @file
 * Further registries: what each delivery looks like, column by column, as tables. No rule of the
 * line reads them; their truth is which rows are used, which are not, and why.
 */
#ifndef HEDUI_DEMO_REGISTRY_H
#define HEDUI_DEMO_REGISTRY_H

#include "demo/out.h"

/** How the cells of a column are made. */
typedef enum hedui_demo_maker {
    HEDUI_MAKE_ID,   /**< number of the person the row is about */
    HEDUI_MAKE_NAME, /**< and the name */
    HEDUI_MAKE_OTHER_ID,
    HEDUI_MAKE_OTHER_NAME, /**< of the second person */
    HEDUI_MAKE_MAN_ID,
    HEDUI_MAKE_MAN_NAME,
    HEDUI_MAKE_WOMAN_ID,
    HEDUI_MAKE_WOMAN_NAME,
    HEDUI_MAKE_CHOICE, /**< one of `values`, with bars between them: "written=meant", or one word */
    HEDUI_MAKE_TURN,   /**< the same, by turns: nothing is drawn */
    HEDUI_MAKE_MONEY,  /**< yuan from `least` to `most`, in the forms that exports use */
    HEDUI_MAKE_FEN,    /**< the same in fen, no unit written */
    HEDUI_MAKE_STATED, /**< the same, each with its unit: 元 or 万元 */
    HEDUI_MAKE_WAN,    /**< 万元 from `least` to `most`, no unit written */
    HEDUI_MAKE_COUNT,  /**< a number from `least` to `most` */
    HEDUI_MAKE_AREA,   /**< square metres */
    HEDUI_MAKE_DAY,    /**< `least` to `most` days ago, in any form */
    HEDUI_MAKE_EPOCH,  /**< the same, in milliseconds since 1970 */
    HEDUI_MAKE_MONTH,  /**< `least` to `most` months ago, in any form */
    HEDUI_MAKE_NTH_MONTH, /**< `least` months ago and, for each further row, one more */
    HEDUI_MAKE_TEXT,      /**< `values` and four digits */
    HEDUI_MAKE_SERIAL,    /**< `values` and a number that no other row has */
    HEDUI_MAKE_CARD,      /**< a disability card: number, category, grade */
    HEDUI_MAKE_USCC,      /**< a valid social credit code */
    HEDUI_MAKE_DOCUMENT,  /**< kind of the document: one of `values`, or a company's */
    HEDUI_MAKE_HOUSEHOLD, /**< the person's household */
    HEDUI_MAKE_EMPTY      /**< nothing, which means `values`: absent or unknown */
} hedui_demo_maker;

/** What is so of a column, as its layout says. */
enum {
    HEDUI_DEMO_KEY = 1,        /**< tells rows apart; must not be empty */
    HEDUI_DEMO_REQUIRED = 2,   /**< must not be empty */
    HEDUI_DEMO_MAYBE = 4,      /**< may be empty: not known */
    HEDUI_DEMO_VARIES = 8,     /**< differs where two rows of one key contradict each other */
    HEDUI_DEMO_NEGATIVE = 16,  /**< corrections are negative */
    HEDUI_DEMO_IF_JOINED = 32, /**< empty of who did not authorise the check */
    HEDUI_DEMO_SERIALS = 64    /**< days are also written as a spreadsheet counts them */
};

typedef struct hedui_demo_column {
    const char *header;
    hedui_demo_maker made;
    const char *values;
    int least, most, flags;
} hedui_demo_column;

/** Of whom a registry has rows. */
typedef enum hedui_demo_who {
    HEDUI_DEMO_ANYBODY,
    HEDUI_DEMO_HEADS,
    HEDUI_DEMO_ALONE
} hedui_demo_who;

typedef struct hedui_demo_registry {
    const char *feed, *prefix; /**< name of the layout; of the file, before the date */
    const char *title;         /**< a line above the header, or NULL */
    const hedui_demo_column *columns;
    uint32_t column_count;
    int youngest, oldest;
    uint32_t one_in;    /**< of the people of that age */
    uint32_t rows;      /**< of each of them */
    uint32_t strangers; /**< of people outside the caseload, in a hundredth of all strangers */
    uint32_t dead_in;   /**< of those whom police or crematorium have as dead; 0: as of others */
    hedui_demo_who who; /**< ALONE: whose spouse is not the head: a couple has one row */
    uint8_t daily;      /**< named by a day, not by a month */
    uint8_t gb18030, crlf, footer, keyed;
    uint8_t second;           /**< 1: a second person; 2: who has a row of his own instead */
    uint8_t optional_persons; /**< no number of the row is required */
    uint8_t whole;            /**< read with the caseload: of every row, and by household */
    char mark;                /**< between cells; 0: a comma */
} hedui_demo_registry;

/** How a delivery is dressed, whatever its rows say. Bits. */
enum {
    HEDUI_DEMO_BOM = 1,          /**< a byte-order mark */
    HEDUI_DEMO_CR = 2,           /**< lines end at CR */
    HEDUI_DEMO_MIXED = 4,        /**< at CRLF and LF by turns */
    HEDUI_DEMO_TRAILING = 8,     /**< a delimiter behind the last cell, of the header too */
    HEDUI_DEMO_EXTRA = 16,       /**< a column that no layout knows */
    HEDUI_DEMO_ORDER = 32,       /**< columns in another order */
    HEDUI_DEMO_TWO_MEMBERS = 64, /**< two gzip members; the first head has all that one can have */
    HEDUI_DEMO_NO_END = 128,     /**< no line end behind the last line */
    HEDUI_DEMO_GB18030 = 256,
    HEDUI_DEMO_CRLF = 512,
    HEDUI_DEMO_TITLE = 1024,
    HEDUI_DEMO_FOOTER = 2048,
    HEDUI_DEMO_PIPE = 4096,
    HEDUI_DEMO_TAB = 8192,
    HEDUI_DEMO_CARET = 16384,
    HEDUI_DEMO_DRESSES = 15 /**< how many bits */
};

/** The bits of a further feed's delivery. */
uint32_t hedui_demo_dress_of(hedui_demo_feed feed);

/** The name of bit number `bit`: "file_bom". */
const char *hedui_demo_dress_name(uint32_t bit);

/** Layouts of the county's own, for feeds that no layout is shipped for: written to folder/feeds.
 */
hedui_status hedui_demo_own_layouts(const char *folder, hedui_arena *arena, hedui_err *err);

/** A registry's tables, by topic. */
typedef struct hedui_demo_shelf {
    const hedui_demo_registry *registries;
    uint32_t count;
} hedui_demo_shelf;

extern const hedui_demo_shelf hedui_demo_work_shelf, hedui_demo_money_shelf,
    hedui_demo_property_shelf, hedui_demo_life_shelf, hedui_demo_county_shelf;

#define HEDUI_DEMO_COLUMNS(table) (table), sizeof(table) / sizeof *(table)

/** The registry of a further feed. */
const hedui_demo_registry *hedui_demo_registry_of(hedui_demo_feed feed);

/** Something about a row: a quirk that is used all the same, or a reason to reject it. */
typedef struct hedui_demo_fault {
    const char *name, *zh;
    const char *reason; /**< rejected for, or NULL */
    uint32_t makers;    /**< columns it can befall: bits of hedui_demo_maker */
    int flags;          /**< and which of them: any of these; 0: whatever they are */
    const char *text;   /**< what is written there; NULL: nothing is written over */
    const char *form;   /**< how number or name are written, see form.c */
    int second;         /**< 1: the row comes twice; 2: once more with other content */
} hedui_demo_fault;

/** The faults in order; NULL past the end. */
const hedui_demo_fault *hedui_demo_fault_at(uint32_t index);

/** Set the bits of the faults planted among a feed's matched rows: all that cost no row, two that
 * do. */
uint64_t hedui_demo_faults_of(hedui_demo_feed feed);

/** The column of the registry that the fault befalls, or NULL. */
const hedui_demo_column *hedui_demo_fault_column(const hedui_demo_registry *registry,
                                                 const hedui_demo_fault *fault);

/** Whom and what a row is about. */
typedef struct hedui_demo_subject {
    const char *id, *name;             /**< as written */
    const char *number;                /**< what `id` means: 18 characters */
    const char *other_id, *other_name; /**< of the second person; empty: there is none */
    const char *household;
    int male;
    int joined;      /**< 1: the check was authorised */
    int company;     /**< 1: the row is a company's */
    uint64_t serial; /**< no other row of the delivery has it */
    uint32_t nth;    /**< of the person's rows */
    int32_t as_of;
    const hedui_demo_fault *fault; /**< or NULL */
    const hedui_demo_claim *claim; /**< what it must say, or NULL */
} hedui_demo_subject;

enum { HEDUI_DEMO_MOST = 40 }; /**< columns of a registry */

/** Put the cells of a row, of which number i begins at starts[i] of its text, into the order of the
 * delivery; add what else stands in its rows, `extra` in the column that no layout knows. */
void hedui_demo_dress_row(hedui_demo_row *row, hedui_demo_feed feed, size_t *starts, uint32_t count,
                          const char *extra);

/** The header line of a further feed. */
void hedui_demo_further_header(hedui_demo_row *row, hedui_demo_feed feed);

/** What a further feed says. `varied`: the row that contradicts the first. */
void hedui_demo_further_row(hedui_demo_row *row, hedui_demo_random *random, hedui_demo_feed feed,
                            const hedui_demo_subject *subject, int varied);

/** The feed of a layout's name. */
hedui_demo_feed hedui_demo_feed_named(const char *name);

/** The feeds written: those that a rule reads, or all. */
uint64_t hedui_demo_feeds_of(const hedui_demo_options *options);

/** 1 if somebody of that age, or known as dead, stands in a further feed; draws. */
int hedui_demo_further_has(hedui_demo_random *random, hedui_demo_feed feed, int age, int dead);

/** Rows of all further feeds about a member. */
hedui_status hedui_demo_further_rows(hedui_demo_out *outs, const hedui_demo_case *made,
                                     const hedui_demo_household *household,
                                     const hedui_demo_member *member, hedui_err *err);

#endif
