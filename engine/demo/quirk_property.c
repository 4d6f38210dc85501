/* Homes, premises, firms, exemptions on record. */
#include "demo/claim.h"

#define PLANT .plant = hedui_demo_plant_claims
#define HOME "规划用途=住宅>residential;权属状态=现势>current"

static const hedui_demo_quirk quirks[] = {
    {"homes_two", "两套住房", 6, PLANT, .also = "real_estate:" HOME "|real_estate:" HOME},
    {"homes_one", "一套住房", 6, PLANT, .also = "real_estate:" HOME},
    {"homes_shared", "一套住房两人共有，各有权证", 6, PLANT, .died = 2,
     .also = "real_estate:不动产单元号=D659001;不动产权证号=Z659001;" HOME
             "|2real_estate:不动产单元号=D659001;不动产权证号=Z659002;" HOME},
    {"homes_one_paper", "一套住房两人共有，一本权证", 4, PLANT, .died = 2,
     .also = "real_estate:不动产单元号=D659003;不动产权证号=Z659003;" HOME
             "|2real_estate:不动产单元号=D659003;不动产权证号=Z659003;" HOME},
    {"homes_sold", "第二套已经转移", 4, PLANT,
     .also =
         "real_estate:" HOME "|real_estate:规划用途=住宅>residential;权属状态=转移>transferred"},
    {"homes_old_paper", "新旧两本权证，旧证没有单元号", 5, PLANT,
     .also = "real_estate:" HOME "|real_estate:不动产单元号=>unknown;" HOME},
    {"homes_no_unit", "一套住房，没有单元号", 4, PLANT,
     .also = "real_estate:不动产单元号=>unknown;" HOME},
    {"homes_danger", "第二套已认定为危房", 4, PLANT,
     .also = "real_estate:" HOME "|real_estate:不动产权证号=Z659010;" HOME
             "|exemption:豁免种类=危房>dangerous_home;对象=Z659010;起始日期=@-90d;"
             "截止日期=9999-12-31"},
    {"homes_danger_over", "危房认定已经过期", 3, PLANT,
     .also = "real_estate:" HOME "|real_estate:不动产权证号=Z659011;" HOME
             "|exemption:豁免种类=危房>dangerous_home;对象=Z659011;起始日期=@-900d;"
             "截止日期=@-1d"},
    {"homes_uncounted", "第二套属于非保障对象", 3, PLANT, .died = 2, .gap = 1,
     .also = "real_estate:" HOME "|2real_estate:" HOME},
    {"shop", "一处店面", 6, PLANT,
     .also = "real_estate:规划用途=店面>commercial;权属状态=现势>current"},
    {"garage", "一个车库", 4, PLANT,
     .also = "real_estate:规划用途=车库>parking;权属状态=抵押>mortgaged"},
    {"shop_sold", "店面已经转让", 4, PLANT,
     .also = "real_estate:规划用途=店面>commercial;权属状态=已过户>transferred"},
    {"shop_mixed", "商住两用", 4, PLANT,
     .also = "real_estate:规划用途=商住>mixed;权属状态=现势>current"},
    {"shop_state_empty", "店面的权属状态空着", 3, PLANT,
     .also = "real_estate:规划用途=店面>commercial;权属状态=>unknown"},
    {"company_runs", "在业公司的负责人", 5, PLANT,
     .also = "company_role:职务=执行董事>chairman;在业状态=存续>active"},
    {"company_gone", "公司已注销，名册上还有名字", 6, PLANT,
     .also = "company_role:职务=法定代表人>legal_representative;在业状态=注销>cancelled"},
    {"company_member", "合作社社员", 4, PLANT,
     .also = "company_role:职务=社员>member;在业状态=存续>active"},
    {"company_stolen", "身份被冒用，已认定", 4, PLANT,
     .also = "company_role:职务=法定代表人>legal_representative;在业状态=存续>active|"
             "exemption:豁免种类=身份被冒用>identity_misuse;起始日期=@-60d;截止日期=9999-12-31"},
    {"company_state_empty", "公司登记状态空着", 3, PLANT,
     .also = "company_role:职务=法定代表人>legal_representative;在业状态=>unknown"},
    {"trader_runs", "在业的个体工商户", 5, PLANT, .also = "sole_trader:在业状态=存续>active"},
    {"trader_exempt", "无雇员的小卖部，已认定", 4, PLANT,
     .also = "sole_trader:在业状态=存续>active|"
             "exemption:豁免种类=小卖部>small_trade;起始日期=@-60d;截止日期=@+60d"},
    {"trader_moved", "个体工商户迁出", 3, PLANT, .also = "sole_trader:在业状态=迁出>moved"},
    {"trader_name", "个体工商户的姓名不符", 2, PLANT, .also = "sole_trader:在业状态=存续>active",
     .form = "other_name"},
    {"car_exempt", "已认定的残疾人专用车", 5, PLANT, .cremated = 1,
     .also = "exemption:豁免种类=残疾人专用车>disability_vehicle;对象=@plate;起始日期=@-60d;"
             "截止日期=9999-12-31"},
    {"car_exempt_other", "认定的是另一辆车", 3, PLANT, .cremated = 1,
     .also = "exemption:豁免种类=残疾人专用车>disability_vehicle;对象=新Z00000;起始日期=@-60d;"
             "截止日期=9999-12-31"},
    {"car_exempt_over", "车辆认定已经过期", 3, PLANT, .cremated = 1,
     .also = "exemption:豁免种类=残疾人专用车>disability_vehicle;对象=@plate;起始日期=@-900d;"
             "截止日期=@-1d"},
    {"car_exempt_any", "认定没有写哪一辆", 3, PLANT, .cremated = 1,
     .also = "exemption:豁免种类=车辆灭失>vehicle_gone;对象=>absent;起始日期=@-60d;"
             "截止日期=9999-12-31"},
};

const hedui_demo_topic hedui_demo_property_quirks = {quirks, sizeof quirks / sizeof *quirks};
