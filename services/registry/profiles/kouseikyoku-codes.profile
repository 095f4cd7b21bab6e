# 地方厚生局 コード内容別医療機関一覧（医科）：見出しがなく、1行目からデータ。市区町村は住所から読み取る。
# 医療機関コードは 都道府県2桁＋7桁。点数表コード（医科＝1）を入れた10桁で登録する。
profile kouseikyoku-codes
about   "厚生局 医療機関コード一覧（医科）"
source  "地方厚生局（コード内容別医療機関一覧）"
scheme  kouseikyoku
number  kouseikyoku
service "病院・診療所"
header  "医療機関コード（9桁）" "医療機関コード（7桁）" "医療機関名称" "郵便番号" "住所"

column number      required "医療機関コード（9桁）"
column unused      optional "医療機関コード（7桁）"
column name        required "医療機関名称"
column postal_code optional "郵便番号"
column address     required "住所"
