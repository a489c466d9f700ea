/** Words that the invented posts are made of: twenty languages, common ones first. */
const WORDS: Record<string, string> = {
	en: 'work the house and for with school doctor paper permit rent child contract lawyer hospital appointment money language course help question office train city',
	it: 'lavoro la casa per con una scuola medico documento permesso affitto bambina contratto avvocata ospedale appuntamento soldi lingua corso aiuto domanda ufficio treno questura',
	es: 'trabajo la casa para con una escuela médica papel permiso alquiler niña contrato abogada hospital cita dinero idioma curso ayuda pregunta oficina tren ciudad',
	el: 'δουλειά το σπίτι για με μια σχολείο γιατρός χαρτί άδεια ενοίκιο παιδί σύμβαση δικηγόρος νοσοκομείο ραντεβού λεφτά γλώσσα μάθημα βοήθεια ερώτηση γραφείο τρένο πόλη',
	bg: 'работа на къща за със една училище лекар документ разрешение наем дете договор адвокат болница час пари език курс помощ въпрос служба влак град',
	uk: 'робота на дім для з одна школа лікар документ дозвіл оренда дитина договір адвокатка лікарня запис гроші мова курс допомога питання служба потяг місто',
	ru: 'работа на дом для с одна школа врач документ разрешение аренда ребёнок договор адвокат больница запись деньги язык курс помощь вопрос служба поезд город',
	ar: 'عمل في البيت من على إلى مدرسة طبيبة وثيقة إقامة إيجار طفل عقد محامية مستشفى موعد مال لغة دورة مساعدة سؤال مكتب قطار مدينة',
	fa: 'کار در خانه از با به مدرسه پزشک مدرک اقامت اجاره بچه قرارداد وکیل بیمارستان وقت پول زبان کلاس کمک سؤال اداره قطار شهر',
	ur: 'کام میں گھر سے کے لیے سکول ڈاکٹر کاغذ اجازت کرایہ بچہ معاہدہ وکیل ہسپتال وقت پیسے زبان کورس مدد سوال دفتر ٹرین شہر',
	ro: 'muncă la casă pentru cu una școală doctor act permis chirie copil contract avocată spital programare bani limbă curs ajutor întrebare birou tren oraș',
	sq: 'punë në shtëpi për me një shkollë mjek dokument leje qira fëmijë kontratë avokate spital takim para gjuhë kurs ndihmë pyetje zyrë tren qytet',
	fr: 'travail la maison pour avec une école médecin papier permis loyer enfant contrat avocate hôpital rendez argent langue cours aide question bureau train ville',
	tr: 'iş ev için ile bir ve okul doktor belge izin kira çocuk sözleşme avukat hastane randevu para dil kurs yardım soru ofis tren şehir',
	pt: 'trabalho a casa para com uma escola médica papel licença aluguel criança contrato advogada hospital consulta dinheiro língua curso ajuda pergunta escritório trem cidade',
	bn: 'কাজ বাড়ি জন্য সঙ্গে একটি এবং স্কুল ডাক্তার কাগজ অনুমতি ভাড়া শিশু চুক্তি উকিল হাসপাতাল সময় টাকা ভাষা কোর্স সাহায্য প্রশ্ন অফিস ট্রেন শহর',
	ka: 'სამუშაო სახლი და ერთი რომ თან სკოლა ექიმი საბუთი ნებართვა ქირა ბავშვი ხელშეკრულება ადვოკატი საავადმყოფო ვიზიტი ფული ენა კურსი დახმარება კითხვა ოფისი მატარებელი ქალაქი',
	so: 'shaqo guri iyo ka ku la dugsi dhakhtar warqad ogolaansho kiro ilmo heshiis qareen isbitaal ballan lacag luqad koorso caawimo su’aal xafiis tareen magaalo',
	ti: 'ስራሕ ገዛ ን ምስ ሓደ ከምኡ ቤትምህርቲ ሓኪም ወረቐት ፍቓድ ክራይ ቆልዓ ውዕል ጠበቓ ሆስፒታል ቆጸራ ገንዘብ ቋንቋ ትምህርቲ ሓገዝ ሕቶ ቤትጽሕፈት ባቡር ከተማ',
	'zh-Hans':
		'工作 在家 和我 一个 可以 为了 学校 医生 文件 许可 房租 孩子 合同 律师 医院 预约 语言 课程 帮助 问题 办公 火车 城市 护照',
}

/** Everywhere, and in hardly any post: what the measured searches look for beside the words of a language. */
export const COMMON = 'mimosa'
export const RARE = 'lampedusa'

const VOCABULARY = 3_000

/** The same numbers in every run (mulberry32). */
function numbersFrom(seed: number) {
	let state = seed
	return () => {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
}

/** The words of a language and, behind them, some thousand that look like them, put together from pairs of their letters. */
function vocabularyOf(lang: string): string[] {
	const words = WORDS[lang]!.split(' ')
	const random = numbersFrom(lang.length * 7919 + lang.charCodeAt(0))
	const pairs = words.flatMap((word) => word.match(/.\p{M}*.\p{M}*/gu) ?? [])
	const made = new Set(words)
	while (made.size < VOCABULARY) {
		const length = lang === 'zh-Hans' ? 1 + Math.floor(random() * 2) : 2 + Math.floor(random() * 3)
		made.add(Array.from({ length }, () => pairs[Math.floor(random() * pairs.length)]!).join(''))
		if (made.size > 400 && lang === 'zh-Hans') break
	}
	return [...made]
}

/** Each language with its words, the most common first. */
export const VOCABULARIES = Object.keys(WORDS).map((lang) => ({ lang, words: vocabularyOf(lang) }))

/** Makes texts of some words of a language, the first ones of its vocabulary far more often. */
export function textsFrom(seed: number) {
	const random = numbersFrom(seed)
	return ({ lang, words }: (typeof VOCABULARIES)[number], length: number) =>
		Array.from({ length }, () => words[Math.floor(random() ** 3 * words.length)]!).join(
			lang === 'zh-Hans' ? '' : ' ',
		)
}

/** A word that every fiftieth post or so of its language has. */
export const mediumWord = (lang: string) => VOCABULARIES.find((entry) => entry.lang === lang)!.words[150]!
