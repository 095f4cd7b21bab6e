// sheets.mjs - what the invented sheets say.
import { pick } from './people.mjs';

const wishes = ['できるだけ最期まで家で過ごしたい。', '孫の卒業式までは自宅で頑張りたい。', '苦しくなければ家がよい。入院はしたくない。', '妻に負担をかけすぎないようにしたい。', '庭の柿の木を毎年見たい。'];
const familyWishes = ['本人の望むようにさせてあげたい。', '夜間が心配なので、すぐ相談できる先がほしい。', '痛みだけは取ってほしい。', '日中は仕事のため、通所を続けてほしい。'];
const diseases = ['慢性心不全、高血圧症', '脳梗塞後遺症（右片麻痺）', '胃がん術後、骨転移', 'アルツハイマー型認知症', '慢性閉塞性肺疾患（在宅酸素 1.5L）', 'パーキンソン病'];
const drugs = ['フロセミド 20mg 朝、アムロジピン 5mg 朝', 'クロピドグレル 75mg 朝、酸化マグネシウム 毎食後', 'オキシコドン徐放 10mg 12時間ごと', 'ドネペジル 5mg 朝', 'チオトロピウム吸入 朝'];
const levels = ['independent', 'watched', 'partly', 'fully'];

export function sectionsOf({ n }) {
  const day = `2026-${String(8 + n % 3).padStart(2, '0')}-${String(1 + n % 28).padStart(2, '0')}`;
  return [
    { section: 'wishes', by: 'manager', entries: [{ item: 'person_wish', text: pick(wishes, n), recorded_on: day, heard_by: '担当ケアマネジャー' }, { item: 'family_wish', text: pick(familyWishes, n), recorded_on: day }] },
    { section: 'condition', by: 'nurse', entries: [{ item: 'condition_now', text: pick(['血圧 128/74、浮腫なし。食欲あり。', '下腿に軽い浮腫。体重 +0.8kg。', '夜間の咳が増えた。SpO2 94%。', '変わりなし。笑顔多い。'], n), recorded_on: day },
      { item: 'medication_taking', text: pick(['飲み忘れなし', '夕方の飲み忘れ週1回', '一包化で管理'], n) }] },
    { section: 'daily_living', by: 'nurse', entries: ['meal', 'excretion', 'bathing', 'transfer', 'dressing'].map((item, i) => ({ item, level: levels[(n + i) % 4], ...(i === 0 ? { text: pick(['常食', '軟菜・一口大', 'きざみ・とろみ'], n) } : {}) })) },
    { section: 'housing', by: 'manager', entries: [{ item: 'house_layout', text: pick(['2階建て。寝室は1階。', '集合住宅3階、エレベーターなし。', '平屋。段差あり。'], n) }, { item: 'entry_method', text: pick(['呼び鈴のあと家族が開ける', '玄関横のキーボックス（番号は事業所に確認）', '勝手口から'], n) }] },
    { section: 'family_care', by: 'manager', entries: [{ item: 'caregiver', text: pick(['長女（同居・就労中）', '妻（82歳・腰痛あり）', '長男夫婦（隣町）'], n) }, { item: 'care_limit', text: pick(['夜間の体位変換は難しい', '入浴介助はできない', '日中は不在'], n) }] },
    { section: 'illness_and_drugs', by: 'nurse', entries: [{ item: 'disease', text: pick(diseases, n) }, { item: 'drug', text: pick(drugs, n), recorded_on: day }, { item: 'allergy', text: pick(['なし', 'ペニシリン', 'そば', '造影剤'], n) }] },
    { section: 'explanation', by: 'nurse', entries: [{ item: 'explained', text: '主治医より病状と今後の見通しを説明。', recorded_on: day }, { item: 'family_reception', text: pick(['落ち着いて受け止めている。', '不安が強い。再度の説明を希望。'], n) }] },
    { section: 'sudden_change', by: 'nurse', entries: [{ item: 'expected_change', text: pick(['呼吸苦の増強', '転倒', '発熱・誤嚥性肺炎', '痛みの増強'], n) }, { item: 'change_response', text: pick(['まず訪問看護へ電話。頓用薬を使用。', '半座位にして酸素を確認、訪問看護へ電話。'], n) },
      { item: 'emergency_hospital', text: 'みずき総合病院（架空）' }, { item: 'treatment_wish', text: pick(['未定', '心肺蘇生は希望しない（本人・2026年6月）', '入院治療を希望'], n) }] },
    { section: 'medical_cautions', by: 'nurse', entries: [{ item: 'medical_caution', text: pick(['塩分 6g/日', '左上肢での採血・血圧測定は避ける', '水分 1,000mL/日まで'], n) }] },
    { section: 'living_cautions', by: 'manager', entries: [{ item: 'living_caution', text: pick(['耳が遠いので右側から大きな声で', '初対面の人には緊張する', '犬がいる'], n) }] },
  ];
}
