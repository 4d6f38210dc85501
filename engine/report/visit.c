/* R2, the sheet that goes to a household and is signed there: one page a household, with further
 * pages 续表 for what does not fit. The family reads it, so it tells only of the family itself;
 * what is for the inspector alone stands in notes.c. */
#include "report/html.h"
#include "report/visit_page.h"

extern const char hedui_text_report_visit_css[];

enum { MEMBERS_ON_FIRST = 6 };

/* How many of each list go onto a page. */
typedef struct share {
    size_t members, flags, questions;
    int complete; /* nothing is left for another page */
    int spare;    /* room that is left */
} share;

/* A list begins behind the end of the one before. What is higher than an empty further page goes
 * onto it all the same. */
static share divide(hedui_visit_page *p, int room, size_t most_members)
{
    share s = {0};
    const hedui_visit_member *m = p->member;
    const hedui_visit_flag *f = p->flag;
    const hedui_visit_question *q = p->question;
    const int is_first = p->sheet == 1;
    const int empty = room - HEDUI_VISIT_LIST;
    room -= m || is_first ? HEDUI_VISIT_LIST : 0;
    for (; m && s.members < most_members; m = m->next, s.members++) {
        int height = hedui_visit_member_height(m);
        if (height > room && (is_first || room < empty))
            break;
        room -= height;
    }
    if (m && !is_first)
        return s;
    room -= f || is_first ? HEDUI_VISIT_LIST : 0;
    for (; f; f = f->next, s.flags++) {
        int height = hedui_visit_flag_height(p, f);
        if (height > room && (is_first || room < empty))
            break;
        room -= height;
    }
    if (q)
        room -= is_first ? HEDUI_VISIT_LIST_HEAD : HEDUI_VISIT_LIST;
    for (; !f && q; q = q->next, s.questions++) {
        int height = hedui_visit_question_height(p, q);
        if (height > room && (is_first || room < empty))
            break;
        room -= height;
    }
    s.complete = !m && !f && !q;
    s.spare = room;
    return s;
}

static void put_rest(hedui_visit_page *p)
{
    hedui_buffer_text(p->out, "<p class=\"rest\">还有");
    if (p->member)
        hedui_buffer_text(p->out, "家庭成员、");
    if (p->flag)
        hedui_buffer_text(p->out, "疑点、");
    if (p->question)
        hedui_buffer_text(p->out, "需要了解的事项、");
    p->out->length -= strlen("、");
    hedui_buffer_text(p->out, "，见续表。</p>\n");
}

static void put_visit(hedui_visit_page *p)
{
    const int room = hedui_visit_room_first(p);
    p->sheet = 1;
    share s = divide(p, room, SIZE_MAX);
    if (!s.complete)
        s = divide(p, room - HEDUI_VISIT_REST, MEMBERS_ON_FIRST);
    p->spare = s.spare;
    hedui_visit_put_head(p);
    hedui_visit_put_members(p, s.members);
    hedui_visit_put_flags(p, s.flags);
    if (s.complete)
        hedui_visit_put_sources(p);
    hedui_visit_put_looks(p);
    hedui_visit_put_questions(p, s.questions);
    if (!s.complete)
        put_rest(p);
    hedui_visit_put_end(p);
    while (p->member || p->flag || p->question) {
        p->sheet++;
        s = divide(p, hedui_visit_room_further(p), SIZE_MAX);
        hedui_visit_put_head(p);
        hedui_visit_put_members(p, s.members);
        p->spare = s.spare;
        hedui_visit_put_flags(p, s.flags);
        hedui_visit_put_questions(p, s.questions);
        if (s.complete)
            hedui_visit_put_sources(p);
        hedui_visit_put_end(p);
    }
}

hedui_status hedui_report_visit(hedui_buffer *out, const hedui_report_order *order, hedui_err *err)
{
    hedui_visits visits = {0};
    const hedui_visit_sources *sources = NULL;
    hedui_status status = hedui_visits_load(&visits, order, err);
    if (!status)
        status = hedui_visit_sources_load(&sources, &visits, order, err);
    if (status)
        return status;
    hedui_report_html_begin(out, hedui_span_of("入户核查表"), hedui_text_report_visit_css);
    for (size_t i = visits.from; i < visits.to; i++) {
        const hedui_visit *v = &visits.list[i];
        hedui_visit_page page = {.out = out,
                                 .order = order,
                                 .visit = v,
                                 .sources = &sources[i - visits.from],
                                 .number = i + 1,
                                 .total = visits.count,
                                 .member = v->first_member,
                                 .flag = v->first_flag,
                                 .question = v->first_question};
        hedui_buffer_init(&page.words);
        put_visit(&page);
        int failed = hedui_buffer_failed(&page.words);
        hedui_buffer_free(&page.words);
        if (failed)
            return hedui_fail_memory(err);
    }
    hedui_report_html_end(out);
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}
