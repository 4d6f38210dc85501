#!/bin/sh
# county.sh FOLDER PACK: a county of four invented households, small enough to add up by hand.
#   A1  three people, one of them not counted: pension 1,240.50, declared 300 and 55.05; a car
#   A2  two people; the amount of one pension is not written
#   A3  one person, 419.99 declared: a cent below the standard
#   A4  rural; the standard of its town is another one, and its car was scrapped
set -eu
hedui init "$1" -q
cp -r "$2" "$1/rules/packs/example"
cd "$1"
sed -i -e 's/^packs:.*/packs: [example]/' -e '/^need:/d' hedui.yaml
cat >areas.csv <<'END'
code,name,parent,urban_rural
659000,示例县,,
659000001,城关街道,659000,urban
659000002,白杨镇,659000,rural
END
gzip >inbox/caseload-household-20140630.csv.gz <<'END'
户编号,救助类型,城乡,行政区划,户主姓名,住址,救助状态,申请日期,享受起始年月,申报财产,保障金额
A1,低保,城市,659000001,王建国,城关街道一号,在享,2013-05-06,201307,0,860
A2,低保,城市,659000001,李秀英,城关街道二号,在享,2013-05-06,201307,0,300
A3,低保,城市,659000001,赵明,城关街道三号,在享,2013-05-06,201307,0,300
A4,低保,农村,659000002,周小明,白杨镇一号,在享,2013-05-06,201307,0,120
END
gzip >inbox/caseload-member-20140630.csv.gz <<'END'
户编号,公民身份号码,姓名,与户主关系,是否共同生活,授权书编号,授权有效期,申报月收入
A1,659000197001010018,王建国,户主,是,S1,,300
A1,659000197202020028,陈桂芳,配偶,是,S2,,55.05
A1,659000200003030033,王小军,子,否,S3,,
A2,659000196504040011,李卫东,配偶,是,S4,,0
A2,659000196605050024,李秀英,户主,是,S5,,100
A3,659000198006060019,赵明,户主,是,S6,,419.99
A4,659000198107070021,周小明,户主,是,S7,,100
END
gzip >inbox/pension-20140630.csv.gz <<'END'
身份证号,姓名,险种,发放状态,月养老金
659000197001010018,王建国,110,正常发放,1240.50
659000196504040011,李卫东,110,正常发放,
END
iconv -t GB18030 <<'END' | gzip >inbox/veh-20140630.csv.gz
身份证明号码,身份证明名称,机动车所有人,号牌种类,号牌号码,车辆类型,使用性质,机动车状态,初次登记日期,最近定检日期,检验有效期止,强制报废期止,中文品牌,车辆识别代号,核定载客,抵押标记
659000197202020028,A,陈桂芳,02,新Z12345,K33,A,A,2012-03-05,,,,示例牌,,,
659000198107070021,A,周小明,02,新Z54321,K33,A,E,2002-03-05,,,,示例牌,,,
END
