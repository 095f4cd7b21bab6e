# Form of a file as data: one line per field of the registry, with the names its column may bear in the header.
# column FIELD required|optional "header" "other header" …   headers are compared folded (width, case, spaces do not matter)
# drop "part of a header" …                                  columns never taken, because they name persons
# Columns not named here are kept as they are under `extra`.
profile kaigo-jigyosho
about   "介護サービス情報公表システム オープンデータ"
source  "介護サービス情報公表システム（厚生労働省）"

column located_in          required "都道府県コード又は市町村コード" "都道府県コード又は市区町村コード"
column number              required "事業所番号"
column prefecture_name     optional "都道府県名"
column city_name           optional "市区町村名" "市町村名"
column name                required "事業所名" "介護サービス事業所名称"
column name_kana           optional "事業所名カナ" "介護サービス事業所名称_カナ"
column service             required "サービスの種類" "実施サービス"
column address             optional "住所"
column building            optional "方書（ビル名等）" "方書"
column latitude            optional "緯度"
column longitude           optional "経度"
column phone               optional "電話番号"
column fax                 optional "FAX番号"
column corporation_number  optional "法人番号"
column corporation_name    optional "法人の名称"
column days                optional "利用可能曜日"
column days_note           optional "利用可能曜日特記事項"
column capacity            optional "定員"
column url                 optional "URL"
column shared_service      optional "高齢者の方と障害者の方が同時一体的に利用できるサービス"
column care_standard       optional "介護保険の通常の指定基準を満たしている"
column disability_standard optional "障害福祉の通常の指定基準を満たしている"
column remark              optional "備考"
column unused              optional "No" "_id"
drop "氏名" "代表者" "管理者" "開設者"
