// The words of the residents' page in three ways of speaking: Japanese, plain Japanese (やさしい日本語) and English. In plain Japanese a reading stands
// behind its characters: {医師|いし}. A page of its own, read once by somebody who is not a professional: its words are not in the catalogues.
export type Way = 'ja' | 'easy' | 'en';
export type Said = readonly [ja: string, easy: string, en: string];

export const WAYS: readonly { value: Way; text: string; lang: 'ja' | 'en' }[] = [
  { value: 'ja', text: '日本語', lang: 'ja' },
  { value: 'easy', text: 'やさしい日本語', lang: 'ja' },
  { value: 'en', text: 'English', lang: 'en' },
];
export const say = (said: Said, way: Way): string => said[way === 'ja' ? 0 : way === 'easy' ? 1 : 2];

export const S = {
  title: ['家で受けられる医療と介護をさがす', '{家|いえ}で {受|う}けられる {医療|いりょう}と {介護|かいご}を さがす', 'Find medical and nursing care at home'],
  emergency: [
    '意識がない、息が苦しいなど、急いで助けが必要なときは119番に電話してください。',
    '{急|いそ}いで {助|たす}けが ほしい ときは、119に {電話|でんわ}して ください。',
    'If somebody needs help at once, for example is unconscious or cannot breathe, call 119.',
  ],
  language: ['ことば', 'ことば', 'Language'],
  need: ['何が必要ですか', '{何|なに}が ほしいですか', 'What do you need?'],
  need_help: ['1つ選ぶと、下に一覧が出ます。', '1つ えらんで ください。', 'Choose one; the list is below.'],
  visits: ['家に来てもらう', '{家|いえ}に {来|き}て もらう', 'Somebody comes to your home'],
  goes: ['通う・泊まる・借りる・相談する', '{通|かよ}う・{泊|と}まる・{借|か}りる・{相談|そうだん}する', 'Go there, stay, borrow, ask'],
  heavy: ['重い病気でも家で過ごす', '{重|おも}い {病気|びょうき}でも {家|いえ}で くらす', 'At home with a serious illness'],
  where: ['どこで', 'どこで', 'Where?'],
  municipality: ['市町村', '{市|し}・{町|まち}・{村|むら}', 'Municipality'],
  anywhere: ['地域のすべて', 'ぜんぶ', 'All of the region'],
  name: ['名前の一部', '{名前|なまえ}', 'Part of the name'],
  near: ['今いる場所から近い順に見る', '{近|ちか}い {所|ところ}から {見|み}る', 'Nearest to where I am first'],
  near_off: ['名前の順に戻す', '{名前|なまえ}の {順|じゅん}に {見|み}る', 'Back to the order of names'],
  near_no: [
    '場所が分かりませんでした。市町村を選んでください。',
    '{場所|ばしょ}が わかりません。{市|し}・{町|まち}・{村|むら}を えらんで ください。',
    'Your place is not known. Please choose a municipality.',
  ],
  near_note: ['場所は、この検索のほかには使わず、残しません。', 'あなたの {場所|ばしょ}は {残|のこ}しません。', 'Your place is used for this search only and not kept.'],
  found: ['{count}件', '{count}か {所|しょ}', '{count} found'],
  found_more: ['1,000件以上', '1,000より {多|おお}い', '1,000 or more'],
  none: ['見つかりませんでした', '{見|み}つかりません', 'Nothing found'],
  none_hint: [
    'この一覧に載るのは、載せることに同意した事業所だけです。ほかの市町村も見るか、下の窓口に電話してください。',
    'ほかの {町|まち}も {見|み}て ください。{下|した}の {窓口|まどぐち}に {電話|でんわ}しても いいです。',
    'Only those who agreed are listed here. Look in other municipalities, or call one of the desks below.',
  ],
  more: ['続きを見る', 'もっと {見|み}る', 'Show more'],
  print: ['この一覧を印刷する', '{紙|かみ}に {印刷|いんさつ}する', 'Print this list'],
  printed: ['{date}現在', '{date}', 'As of {date}'],
  can: ['できること', 'できる こと', 'What they do'],
  done: ['実績あり', 'した ことが あります', 'has been done'],
  hours: ['開いている日と時間', '{開|あ}いて いる {日|ひ}と {時間|じかん}', 'Days and hours'],
  departments: ['診療科', 'みる {病気|びょうき}', 'Departments'],
  fax: ['FAX', 'FAX', 'FAX'],
  phone: ['電話', '{電話|でんわ}', 'Telephone'],
  address: ['住所', '{場所|ばしょ}', 'Address'],
  page: ['ホームページ', 'ホームページ', 'Home page'],
  unconfirmed: ['事業所の確認がまだです', 'まだ {確認|かくにん}して いません', 'not yet confirmed by the office'],
  call_first: [
    '内容は変わることがあります。行く前に、電話で確かめてください。',
    '{行|い}く {前|まえ}に {電話|でんわ}で {聞|き}いて ください。',
    'Things change. Please call before you go.',
  ],
  proofed: [
    '載っている{all}件のうち、{share}％は事業所が内容を確認しました。',
    '{all}の うち {share}％は {確認|かくにん}しました。',
    '{share} % of the {all} listed here have confirmed what is said of them.',
  ],
  desks: ['相談できる窓口', '{相談|そうだん}できる {所|ところ}', 'Desks where you can ask'],
  desks_note: [
    'どこに頼めばよいか分からないときは、まず窓口に電話してください。相談は無料です。',
    'わからない ときは {電話|でんわ}して ください。お{金|かね}は いりません。',
    'If you do not know whom to ask, call a desk first. Asking costs nothing.',
  ],
  desk_of: ['{name}の窓口', '{name}の {窓口|まどぐち}', 'Desk of {name}'],
  region_desk: ['地域の窓口', '{地域|ちいき}の {窓口|まどぐち}', 'Desk of the region'],
  serves: ['担当する地域', '{場所|ばしょ}', 'Serves'],
  how: ['家で医療や介護を受けるには', '{家|いえ}で {医療|いりょう}や {介護|かいご}を {受|う}ける には', 'How care at home works'],
  words: ['ことばの説明', 'ことばの {説明|せつめい}', 'Words explained'],
  wrong: [
    '違っているところを見つけたら、上の窓口に知らせてください。',
    'まちがいが あったら、{窓口|まどぐち}に {教|おし}えて ください。',
    'If something is wrong here, please tell one of the desks.',
  ],
  all: ['一覧に戻る', 'もどる', 'Back to the list'],
  staff: ['医療・介護の関係者の方はこちら', '{医療|いりょう}・{介護|かいご}の {仕事|しごと}を して いる {人|ひと}', 'For professionals: log in'],
} as const satisfies Record<string, Said>;

export interface Need {
  key: string;
  said: Said;
  services?: readonly string[];
  items?: readonly string[];
}

export const NEEDS: readonly { said: Said; needs: readonly Need[] }[] = [
  {
    said: S.visits,
    needs: [
      {
        key: 'doctor',
        said: ['決まった日に医師に来てほしい（訪問診療）', '{医師|いし}に いつも {来|き}て ほしい', 'A doctor on regular days'],
        items: ['home_medical_visits'],
      },
      {
        key: 'call',
        said: ['具合が悪いときに医師に来てほしい（往診）', '{具合|ぐあい}が {悪|わる}い とき {医師|いし}に {来|き}て ほしい', 'A doctor when I am ill (house call)'],
        items: ['house_calls'],
      },
      {
        key: 'nurse',
        said: ['看護師に来てほしい', '{看護師|かんごし}に {来|き}て ほしい', 'A nurse'],
        services: ['訪問看護', '看護小規模多機能型居宅介護', '定期巡回・随時対応型訪問介護看護'],
      },
      {
        key: 'night',
        said: ['夜や休みの日も連絡したい', '{夜|よる}や {休|やす}みの {日|ひ}も {連絡|れんらく}したい', 'Somebody to call at night and on holidays'],
        items: ['out_of_hours', 'emergency_visits'],
      },
      {
        key: 'helper',
        said: ['入浴・食事・掃除などを手伝ってほしい', 'おふろ・ごはん・そうじを {手伝|てつだ}って ほしい', 'Help with bathing, meals, cleaning'],
        services: ['訪問介護', '訪問入浴介護', '夜間対応型訪問介護', '定期巡回・随時対応型訪問介護看護'],
      },
      { key: 'dentist', said: ['歯の治療をしてほしい', '{歯|は}を なおして ほしい', 'A dentist'], items: ['dental_visits'] },
      { key: 'drugs', said: ['薬を届けて説明してほしい', '{薬|くすり}を {持|も}って {来|き}て ほしい', 'Medicines brought and explained'], items: ['pharmacist_visits'] },
      { key: 'rehab', said: ['リハビリをしたい', 'リハビリを したい', 'Rehabilitation'], services: ['訪問リハビリテーション'] },
    ],
  },
  {
    said: S.goes,
    needs: [
      {
        key: 'plan',
        said: ['介護の計画を立ててほしい（ケアマネジャー）', '{介護|かいご}の {計画|けいかく}を つくって ほしい', 'Somebody to plan care (care manager)'],
        services: ['居宅介護支援', '介護予防支援'],
      },
      {
        key: 'day',
        said: ['昼間に通いたい', '{昼|ひる}に {通|かよ}いたい', 'A place for the day'],
        services: ['通所介護', '地域密着型通所介護', '通所リハビリテーション', '認知症対応型通所介護', '小規模多機能型居宅介護'],
      },
      {
        key: 'stay',
        said: ['家族が休めるよう短く泊まりたい', '{少|すこ}しの {間|あいだ} {泊|と}まりたい', 'A short stay, so that family can rest'],
        services: ['短期入所生活介護', '短期入所療養介護'],
      },
      {
        key: 'tools',
        said: ['ベッドや手すりを借りたい', 'ベッドや {手|て}すりを {借|か}りたい', 'A bed, handrails and the like'],
        services: ['福祉用具貸与', '特定福祉用具販売'],
      },
    ],
  },
  {
    said: S.heavy,
    needs: [
      {
        key: 'last',
        said: ['最期まで家で過ごしたい', '{最期|さいご}まで {家|いえ}に いたい', 'To stay at home to the end of life'],
        items: ['terminal_care', 'end_of_life_nursing'],
      },
      { key: 'pain', said: ['痛みをやわらげてほしい', '{痛|いた}みを {軽|かる}く して ほしい', 'Relief of pain'], items: ['pain_management'] },
      {
        key: 'breath',
        said: ['人工呼吸器や気管切開がある', '{息|いき}を する {機械|きかい}が ある', 'Respirator or tracheostomy'],
        items: ['respirator', 'tracheostomy_care', 'special_management'],
      },
      {
        key: 'food',
        said: ['管や点滴で栄養をとっている', '{管|くだ}や {点滴|てんてき}で {栄養|えいよう}を とる', 'Fed by tube or drip'],
        items: ['tube_feeding', 'central_venous_nutrition'],
      },
    ],
  },
];
export const needOf = (key: string): Need | undefined => NEEDS.flatMap(({ needs }) => needs).find((one) => one.key === key);

// What an item of table 1 means for somebody at home; in Japanese and English the words everybody uses do.
export const ITEMS: Readonly<Record<string, Said>> = {
  home_medical_visits: ['決まった日に医師が訪問（訪問診療）', '{医師|いし}が いつも {来|き}ます', 'regular visits by a doctor'],
  house_calls: ['具合が悪いときに医師が訪問（往診）', '{具合|ぐあい}が {悪|わる}い とき {医師|いし}が {来|き}ます', 'house calls'],
  dental_visits: ['歯科医師が訪問', '{歯医者|はいしゃ}が {来|き}ます', 'visits by a dentist'],
  pharmacist_visits: ['薬剤師が訪問', '{薬|くすり}の {人|ひと}が {来|き}ます', 'visits by a pharmacist'],
  out_of_hours: ['夜間・休日も対応', '{夜|よる}と {休|やす}みも できます', 'nights and holidays'],
  terminal_care: ['家で最期まで過ごすための医療', '{最期|さいご}まで {家|いえ}で みます', 'care at the end of life'],
  central_venous_nutrition: ['点滴による栄養', '{点滴|てんてき}の {栄養|えいよう}', 'feeding by drip'],
  tube_feeding: ['管による栄養', '{管|くだ}の {栄養|えいよう}', 'feeding by tube'],
  tracheostomy_care: ['気管切開の処置', 'のどの {管|くだ}の {手当|てあて}', 'care of a tracheostomy'],
  pain_management: ['痛みをやわらげる治療', '{痛|いた}みを {軽|かる}く します', 'relief of pain'],
  respirator: ['人工呼吸器', '{息|いき}を する {機械|きかい}', 'respirators'],
  emergency_visits: ['急なときに看護師が訪問', '{急|きゅう}な とき {看護師|かんごし}が {来|き}ます', 'visits by a nurse in an emergency'],
  end_of_life_nursing: ['家で最期まで過ごすための看護', '{最期|さいご}まで {看護師|かんごし}が {来|き}ます', 'nursing at the end of life'],
  special_management: ['気管切開などのある方の看護', 'のどの {管|くだ}などの {看護|かんご}', 'nursing with tracheostomy and the like'],
};

export const HOW: readonly Said[] = [
  [
    'まず相談します。入院中なら病院の相談室、家にいるなら下の窓口か、かかりつけの医師に話してください。',
    'まず {相談|そうだん}します。{病院|びょういん}か {窓口|まどぐち}で {話|はな}して ください。',
    'First you ask: the advice office of the hospital while you are there, or a desk below or your own doctor when you are at home.',
  ],
  [
    '介護を使うには、市町村に「要介護認定」を申請します。申請は窓口が手伝います。',
    '{介護|かいご}を {使|つか}う {前|まえ}に、{市役所|しやくしょ}に {申|もう}し{込|こ}みます。{窓口|まどぐち}が {手伝|てつだ}います。',
    'For nursing care you apply to your municipality, which says how much care you need. The desk helps you apply.',
  ],
  [
    'ケアマネジャーが、あなたと家族の話を聞いて、いつ誰が来るかの計画を立てます。計画づくりに自己負担はありません。',
    'ケアマネジャーが あなたの {話|はなし}を {聞|き}いて、{計画|けいかく}を つくります。お{金|かね}は いりません。',
    'A care manager listens to you and your family and plans who comes when. The planning costs you nothing.',
  ],
  [
    '医師・看護師・ヘルパーなどが家に来ます。急に具合が悪くなったときの連絡先は、はじめに決めておきます。',
    '{医師|いし}や {看護師|かんごし}が {家|いえ}に {来|き}ます。{急|きゅう}な ときの {電話|でんわ}を {先|さき}に {決|き}めます。',
    'Doctor, nurse, helper come to your home. Whom to call when you suddenly feel worse is agreed from the beginning.',
  ],
  [
    '費用は医療保険と介護保険から出て、その1〜3割を払います。高くなったときに戻る制度もあります。',
    'お{金|かね}は ぜんぶでは なく、1{割|わり}から 3{割|わり}を {払|はら}います。',
    'Health and care insurance pay most of it; you pay 10 to 30 %, with a limit when it becomes much.',
  ],
];

export const TERMS: readonly { term: Said; means: Said }[] = [
  {
    term: ['訪問診療', '{訪問診療|ほうもんしんりょう}', 'Home medical visits (訪問診療)'],
    means: ['医師が、決まった日に計画して家に来ること。', '{医師|いし}が {決|き}めた {日|ひ}に {家|いえ}に {来|き}ます。', 'A doctor comes on days planned ahead.'],
  },
  {
    term: ['往診', '{往診|おうしん}', 'House call (往診)'],
    means: [
      '具合が悪いときに、頼まれて医師が家に来ること。',
      '{具合|ぐあい}が {悪|わる}い とき、{医師|いし}が {家|いえ}に {来|き}ます。',
      'A doctor comes when asked because somebody is unwell.',
    ],
  },
  {
    term: ['休日当番医', '{休日当番医|きゅうじつとうばんい}', 'Doctor on holiday duty (休日当番医)'],
    means: [
      '休みの日に開いている診療所。家には来ません。こちらから行きます。',
      '{休|やす}みの {日|ひ}に {開|あ}いて いる {医院|いいん}。{家|いえ}には {来|き}ません。',
      'A clinic that is open on a holiday. Its doctor does not visit: you go there.',
    ],
  },
  {
    term: ['訪問看護', '{訪問看護|ほうもんかんご}', 'Home nursing (訪問看護)'],
    means: [
      '看護師が家に来て、体の様子をみて、医師の指示で手当てをすること。',
      '{看護師|かんごし}が {家|いえ}に {来|き}て、{体|からだ}を みます。',
      'A nurse comes, looks after you and treats you as the doctor has ordered.',
    ],
  },
  {
    term: ['訪問介護（ヘルパー）', '{訪問介護|ほうもんかいご}（ヘルパー）', 'Home help (訪問介護)'],
    means: [
      '入浴・食事・トイレや掃除などを手伝う人が家に来ること。',
      'おふろ・ごはん・そうじを {手伝|てつだ}う {人|ひと}が {来|き}ます。',
      'Somebody comes and helps with bathing, meals, the toilet, cleaning.',
    ],
  },
  {
    term: ['ケアマネジャー（介護支援専門員）', 'ケアマネジャー', 'Care manager (ケアマネジャー)'],
    means: [
      '介護の計画を立て、事業所と調整する人。居宅介護支援事業所にいます。',
      '{介護|かいご}の {計画|けいかく}を つくる {人|ひと}。',
      'Plans care and arranges it with the offices; works in a 居宅介護支援 office.',
    ],
  },
  {
    term: ['地域包括支援センター', '{地域包括支援|ちいきほうかつしえん}センター', 'Community support centre (地域包括支援センター)'],
    means: [
      '高齢の方と家族のための、住んでいる地域の相談窓口。',
      'お{年寄|としよ}りと {家族|かぞく}の {相談|そうだん}の {場所|ばしょ}。',
      'The desk of your neighbourhood for older people and their families.',
    ],
  },
  {
    term: ['実績あり', 'した ことが あります', 'Has been done (実績あり)'],
    means: [
      'できるというだけでなく、実際に行ったことがあること。',
      '{本当|ほんとう}に した ことが ある、という {意味|いみ}です。',
      'Not only possible: it has really been done.',
    ],
  },
];
