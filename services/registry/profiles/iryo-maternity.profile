# 助産所：医療情報ネットのオープンデータ（UTF-8、見出しあり）。列の決まりは定義書（令和6年度 v1.0）による。
# 見出しは「休業」でも、値は 0：休業 1：就業。空欄は未記載。
profile iryo-maternity
about   "医療情報ネット 助産所"
source  "医療情報ネット（厚生労働省）"
scheme  navii
number  navii
values  "4" "助産所"

column number           required "ID"
column name             required "正式名称"
column name_kana        optional "正式名称（フリガナ）"
column service          required "機関区分"
column prefecture_code  required "都道府県コード"
column city_code        required "市区町村コード"
column address          optional "所在地"
column latitude         optional "所在地座標（緯度）"
column longitude        optional "所在地座標（経度）"
column url              optional "案内用ホームページアドレス"

open weekly  "毎週決まった曜日に休業（{day}）"
open nth     "決まった週に休業（定期週）第{week}週（{day}）"
open holiday "祝日に休業"
open note    "その他の休業日（GW、お盆等）"
slot "{day}_就業時間帯{slot}_開始時間" "{day}_就業時間帯{slot}_終了時間"
drop "氏名" "管理者" "開設者" "外来受付時間帯"
