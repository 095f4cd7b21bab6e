# 熊本市 薬局一覧（市のオープンデータ）：市が自分の一覧のために書く対応表の例。_id 列のある形（BODIK）もない形も、これひとつで読める。
# 許可番号は市ごとの番号なので、番号の体系（scheme）を市と名簿で名付ける。市区町村は所在地から読み取り、県の名が省かれていてもよい。
# 開設者氏名には個人の名が含まれるため、取り込まない。
profile kumamoto-yakkyoku
about   "熊本市 薬局一覧"
source  "熊本市 薬局一覧（熊本市オープンデータ）"
scheme  kumamoto-yakkyoku
number  any
prefecture 43

column unused  optional "_id"
column service required "業務種別"
column number  required "許可番号"
column name    required "名称"
column address required "所在地"
column valid   optional "有効期間"
drop "氏名"
