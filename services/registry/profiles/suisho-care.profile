# 推奨データセット「介護サービス事業所一覧」：公表システムの形とは見出しの言葉が違う（実施サービス、方書、市区町村コード）。
profile suisho-care
about   "推奨データセット 介護サービス事業所一覧"
source  "介護サービス事業所一覧（推奨データセット）"
scheme  suisho-care
number  kaigo

column located_in          optional "都道府県コード又は市区町村コード" "都道府県コード又は市町村コード"
column unused              optional "NO" "_id"
column prefecture_name     optional "都道府県名"
column city_name           optional "市区町村名" "市町村名"
column name                required "介護サービス事業所名称" "事業所名"
column name_kana           optional "介護サービス事業所名称_カナ" "事業所名カナ"
column service             required "実施サービス" "サービスの種類"
column address             required "住所"
column building            optional "方書" "方書（ビル名等）"
column latitude            optional "緯度"
column longitude           optional "経度"
column phone               optional "電話番号"
column fax                 optional "FAX番号"
column corporation_number  optional "法人番号"
column corporation_name    optional "法人の名称"
column number              required "事業所番号"
column days                optional "利用可能曜日"
column days_note           optional "利用可能曜日特記事項"
column capacity            optional "定員"
column url                 optional "URL"
column remark              optional "備考"
drop "氏名" "代表者" "管理者" "開設者"
