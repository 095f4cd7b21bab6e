# 都道府県・保健所が渡す「表1」の一覧（手引きの表1の項目名が見出し）。○・×などで答える。空欄は未把握で、今ある内容を消さない。
profile hyou1-prefecture
about   "都道府県から届いた表1の一覧"
source  "都道府県（表1の一覧）"
scheme  hyou1-prefecture
number  iryo
gives   prefecture

column located_in  optional "市区町村コード" "都道府県コード又は市区町村コード"
column number      optional "医療機関コード" "事業所番号" "番号"
column name        required "名称" "医療機関名・薬局名" "事業所名"
column name_kana   optional "名称カナ" "フリガナ"
column service     required "種類" "サービスの種類" "医療機関の種類"
column address     required "住所" "所在地"
column phone       optional "電話番号"
column fax         optional "FAX番号" "ＦＡＸ番号"
column url         optional "URL"
column remark      optional "備考"

item home_medical_visits "在宅患者訪問診療"
item house_calls "往診"
item dental_visits "歯科訪問診療"
item pharmacist_visits "訪問薬剤管理指導"
item out_of_hours "時間外における対応"
item terminal_care "在宅ターミナルケアの対応"
item central_venous_nutrition "中心静脈栄養"
item tube_feeding "経管栄養"
item tracheostomy_care "気管切開部の処置"
item pain_management "疼痛の管理"
item respirator "レスピレーター（人工呼吸器）等"
item emergency_visits "緊急時の訪問体制"
item end_of_life_nursing "看取りの対応"
item special_management "気管切開患者等への対応"
item departments "診療科"
drop "氏名" "代表者" "管理者" "開設者"
