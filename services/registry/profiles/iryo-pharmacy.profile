# 薬局：医療情報ネットのオープンデータ（UTF-8、見出しあり）。列の決まりは定義書（令和6年度 v1.0）による。
# 見出しは「閉店」でも、値は 0：閉店 1：開店。空欄は未記載。
profile iryo-pharmacy
about   "医療情報ネット 薬局"
source  "医療情報ネット（厚生労働省）"
scheme  navii
number  navii
values  "5" "薬局"

column number           required "ID"
column name             required "名称"
column name_kana        optional "フリガナ"
column service          required "機関区分"
column prefecture_code  required "都道府県コード"
column city_code        required "市区町村コード"
column address          optional "所在地"
column latitude         optional "所在地座標（緯度）"
column longitude        optional "所在地座標（経度）"
column url              optional "薬局のホームページアドレス"

open weekly  "営業日（{day}）"
open weekly  "定期閉店毎週（{day}）"
open nth     "定期閉店第{week}週（{day}）"
open holiday "祝日"
open note    "その他の閉店日（GW、お盆等）"
slot "{day}_開店時間帯{slot}_開始時間" "{day}_開店時間帯{slot}_終了時間"
drop "氏名" "管理者" "開設者"
