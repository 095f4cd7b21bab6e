# 推奨データセット「医療機関一覧」：電話番号・FAX番号・診療時間・時間外における対応があるのはこの形だけ。
profile suisho-medical
about   "推奨データセット 医療機関一覧"
source  "医療機関一覧（推奨データセット）"
scheme  suisho-medical
number  iryo

column located_in          optional "都道府県コード又は市区町村コード" "都道府県コード又は市町村コード"
column unused              optional "NO" "_id"
column prefecture_name     optional "都道府県名"
column city_name           optional "市区町村名" "市町村名"
column name                required "名称"
column name_kana           optional "名称_カナ"
column service             required "医療機関の種類"
column address             required "住所"
column building            optional "方書" "方書（ビル名等）"
column latitude            optional "緯度"
column longitude           optional "経度"
column phone               optional "電話番号"
column fax                 optional "FAX番号"
column corporation_number  optional "法人番号"
column corporation_name    optional "法人の名称"
column number              optional "医療機関コード"
column open_days           optional "診療曜日"
column opens               optional "診療開始時間"
column closes              optional "診療終了時間"
column open_note           optional "診療日時特記事項"
column url                 optional "URL"
column remark              optional "備考"

item out_of_hours "時間外における対応"
item departments  "診療科目"
drop "氏名" "代表者" "管理者" "開設者"
