/* One answer that is open for two reasons of different kinds: each of them must be told. */
#include "demo/claim.h"

static void not_declared(hedui_demo_case *made, const hedui_demo_quirk *quirk)
{
    hedui_demo_plant_claims(made, quirk);
    hedui_demo_declare(&made->households[0].members[0], "");
}

static const hedui_demo_quirk quirks[] = {
    {"income_and_pension_open", "收入未申报，养老金发放状态看不懂", 2, .plant = not_declared,
     .cancelled = 1, .also = "pension:险种=110;发放状态=不明类别>unknown;发放年月=@-1m"},
    {"pension_and_benefit_open", "养老金金额空着，失业保险金领取状态看不懂", 2,
     .plant = hedui_demo_plant_claims, .cancelled = 1,
     .also = "pension:险种=110;发放状态=1;发放年月=@-1m;月养老金=>unknown|"
             "unemployment_benefit:领取状态=不明类别>unknown;结束期=@+4m"},
};

const hedui_demo_topic hedui_demo_open_quirks = {quirks, sizeof quirks / sizeof *quirks};
