/* From a line of a table to the rows of a case. */
#include "demo/claim.h"
#include "demo/registry.h"

#include <hedui/date.h>

#include <stdio.h>
#include <string.h>

static void copy(char *to, size_t room, const char *from, size_t length)
{
    size_t fits = strnlen(from, length < room ? length : room - 1);
    memcpy(to, from, fits);
    to[fits] = '\0';
}

static void put_month(hedui_demo_set *set, int32_t as_of, int months)
{
    char compact[16], plain[16];
    int year = 0, month = 0, day = 0;
    hedui_date_to_civil(&year, &month, &day, as_of);
    month += year * 12 - 1 + months;
    (void)snprintf(compact, sizeof compact, "%04d%02d", month / 12, month % 12 + 1);
    (void)snprintf(plain, sizeof plain, "%04d-%02d", month / 12, month % 12 + 1);
    memcpy(set->written, compact, sizeof compact);
    memcpy(set->meant, plain, sizeof plain);
}

static void put_day(hedui_demo_set *set, int32_t day)
{
    hedui_date_print(set->meant, day);
    memcpy(set->written, set->meant, sizeof set->written);
}

static int64_t line_of(const hedui_demo_household *household)
{
    int64_t counted = 0;
    for (int i = 0; i < household->member_count; i++)
        counted += household->members[i].counted;
    return hedui_demo_standard(household) * counted;
}

/* "@-2m", "@+30d", "@line", "@under", "@year", "@plate". */
static void put_token(hedui_demo_set *set, const hedui_demo_case *made, const char *token)
{
    const hedui_demo_household *household = &made->households[0];
    int64_t fen = line_of(household);
    if (token[0] == '-' || token[0] == '+') {
        int number = 0, sign = token[0] == '-' ? -1 : 1;
        for (token++; *token >= '0' && *token <= '9'; token++)
            number = number * 10 + (*token - '0');
        if (*token == 'm')
            put_month(set, made->as_of, sign * number);
        else
            put_day(set, made->as_of + sign * number);
        return;
    }
    if (strncmp(token, "plate", 5) == 0) {
        memcpy(set->written, household->members[0].cars[0].plate_no,
               sizeof household->members[0].cars[0].plate_no);
    } else {
        char amount[32];
        fen *= strncmp(token, "year", 4) == 0 ? 12 : 1;
        fen -= strstr(token, "under") != NULL;
        (void)snprintf(amount, sizeof amount, "%d.%02d", (int)(fen / 100), (int)(fen % 100));
        memcpy(set->written, amount, sizeof amount);
    }
    memcpy(set->meant, set->written, sizeof set->meant);
}

static void put_value(hedui_demo_set *set, const hedui_demo_case *made, const char *at,
                      size_t length)
{
    char value[64];
    copy(value, sizeof value, at, length);
    char *means = strchr(value, '>');
    if (value[0] == '@') {
        put_token(set, made, value + 1);
        return;
    }
    copy(set->written, sizeof set->written, value, means ? (size_t)(means - value) : strlen(value));
    copy(set->meant, sizeof set->meant, means ? means + 1 : value, sizeof value);
}

static void put_claim(hedui_demo_case *made, const char *at, size_t length, const char *form)
{
    char text[400], feed[64];
    copy(text, sizeof text, at, length);
    hedui_demo_claim *claim = &made->claims[made->claim_count++];
    const char *next = text;
    claim->member = *next >= '1' && *next <= '9' ? *next++ - '1' : 0;
    claim->form = form;
    size_t name = strcspn(next, ":");
    copy(feed, sizeof feed, next, name);
    claim->feed = hedui_demo_feed_named(feed);
    next += name;
    while (*next) {
        next++;
        hedui_demo_set *set = &claim->sets[claim->set_count++];
        size_t header = strcspn(next, "="), whole = strcspn(next, ";");
        copy(set->header, sizeof set->header, next, header);
        put_value(set, made, next + header + 1, whole - header - 1);
        next += whole;
    }
}

void hedui_demo_plant_claims(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_household *household = &made->households[0];
    hedui_demo_at_least(made, household, quirk->died ? quirk->died : 1);
    household->status = "在享";
    for (int i = 0; quirk->cancelled && i < household->member_count; i++)
        household->members[i].income_fen = 0;
    if (quirk->cremated)
        (void)hedui_demo_add_car(made, &household->members[0]);
    if (quirk->gap == 1) /* the second member is not counted */
        household->members[1].counted = 0;
    for (const char *at = quirk->also; *at;) {
        size_t length = strcspn(at, "|");
        put_claim(made, at, length, quirk->form);
        at += length + (at[length] == '|');
    }
}
