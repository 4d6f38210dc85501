/** @file
 * The parts of a visit sheet (R2) and how much room they take on paper, in tenths of a millimetre.
 *
 * Heights are estimated before a browser has seen the page, and never too low: what was put on a
 * page stays on it.
 */
#ifndef HEDUI_REPORT_VISIT_PAGE_H
#define HEDUI_REPORT_VISIT_PAGE_H

#include "report/visit_sources.h"

/** One page being written, and what of the household is still to come. */
typedef struct hedui_visit_page {
    hedui_buffer *out;
    const hedui_report_order *order;
    const hedui_visit *visit;
    const hedui_visit_sources *sources;
    size_t number, total; /**< 第 number / 共 total 份 */
    int sheet;            /**< page of the household, from 1 */
    const hedui_visit_member *member;
    const hedui_visit_flag *flag;
    const hedui_visit_question *question;
    int spare;       /**< room of the page that nothing needs */
    int flag_number; /**< of the last flag that was written */
    hedui_buffer words;
} hedui_visit_page;

/** Room that is left for lists on the first page, and on a further one. */
int hedui_visit_room_first(const hedui_visit_page *p);
int hedui_visit_room_further(const hedui_visit_page *p);

/** Room of a list's heading with the head of its table, of the head alone, of the line that tells
 * of further pages, and of one item. */
enum { HEDUI_VISIT_LIST = 123, HEDUI_VISIT_LIST_HEAD = 56, HEDUI_VISIT_REST = 46 };
int hedui_visit_member_height(const hedui_visit_member *m);
int hedui_visit_flag_height(hedui_visit_page *p, const hedui_visit_flag *f);
int hedui_visit_question_height(hedui_visit_page *p, const hedui_visit_question *q);

/** Title, mark, numbers; on the first page with what the caseload says of the household. */
void hedui_visit_put_head(hedui_visit_page *p);

/** Write the next `count` of a list and step over them. */
void hedui_visit_put_members(hedui_visit_page *p, size_t count);
void hedui_visit_put_flags(hedui_visit_page *p, size_t count);
void hedui_visit_put_questions(hedui_visit_page *p, size_t count);

/** What the sources have, where the page's lists end: in as many words as `spare` has room for, of
 * which they are taken. For the fewest there is room on every page. */
void hedui_visit_put_sources(hedui_visit_page *p);

/** What is looked at, opinion, signatures, what the family is told; on a further page the
 * signatures. */
void hedui_visit_put_looks(hedui_visit_page *p);
void hedui_visit_put_end(hedui_visit_page *p);

#endif
