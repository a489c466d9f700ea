type Part = 'buttons' | 'forms' | 'cards' | 'people' | 'page' | 'lists' | 'talk' | 'table' | 'colours'

/** What the gallery shows as people's words: invented, and of the length such words really have. */
export type GalleryWords = {
	lang: string
	dir: 'ltr' | 'rtl'
	headings: Record<Part, string>
	title: string
	lead: string
	back: string
	action: string
	second: string
	danger: string
	plain: string
	label: string
	hint: string
	choice: string
	choiceHint: string
	choiceTwo: string
	topic: string
	body: string
	handle: string
	other: string
	filters: [string, string, string]
	empty: string
	info: string
	good: string
	care: string
	fold: string
	message: string
	reply: string
	rows: [string, string][]
}

export const ENGLISH: GalleryWords = {
	lang: 'en',
	dir: 'ltr',
	headings: {
		buttons: 'Buttons and links',
		forms: 'Forms',
		cards: 'Cards',
		people: 'People and languages',
		page: 'Parts of a page',
		lists: 'Lists',
		talk: 'Talking',
		table: 'Tables and steps',
		colours: 'Colours',
	},
	title: 'Papers and the town hall',
	lead: 'Ask how things are done here. Someone who has done it will answer.',
	back: 'All spaces',
	action: 'Ask a question',
	second: 'Look for a mentor',
	danger: 'Remove this',
	plain: 'Answer',
	label: 'Your question',
	hint: 'Do not write names, addresses or phone numbers.',
	choice: 'This phone is mine alone',
	choiceHint: 'You stay signed in for two weeks.',
	choiceTwo: 'Other people use this phone',
	topic: 'Which papers do I need to enrol my daughter at school in October?',
	body: 'We moved in June and I have a rent contract but no residence yet. Did it work for you without it?',
	handle: 'Olivia-river',
	other: 'مريم',
	filters: ['All', 'New for me', 'Without an answer'],
	empty: 'Nobody has asked anything here yet',
	info: 'Times are shown for the town you chose.',
	good: 'Your answer is saved.',
	care: 'Other people use this phone. Leave when you are done.',
	fold: 'What happens after I ask?',
	message: 'Good morning everyone. Shall we begin with the letter from the school?',
	reply: 'Yes please. I have it here.',
	rows: [
		['Monday', '9 to 12'],
		['Wednesday', '14 to 17'],
	],
}

export const ARABIC: GalleryWords = {
	lang: 'ar',
	dir: 'rtl',
	headings: {
		buttons: 'الأزرار والروابط',
		forms: 'الاستمارات',
		cards: 'البطاقات',
		people: 'الأشخاص واللغات',
		page: 'أجزاء الصفحة',
		lists: 'القوائم',
		talk: 'الحديث',
		table: 'الجداول والخطوات',
		colours: 'الألوان',
	},
	title: 'الأوراق والبلدية',
	lead: 'اسألي كيف تجري الأمور هنا، وستجيبك من مرّت بها قبلك.',
	back: 'كل المساحات',
	action: 'اطرحي سؤالاً',
	second: 'ابحثي عن مرشدة',
	danger: 'احذفي هذا',
	plain: 'أجيبي',
	label: 'سؤالك',
	hint: 'لا تكتبي أسماء أو عناوين أو أرقام هواتف.',
	choice: 'هذا الهاتف لي وحدي',
	choiceHint: 'تبقين مسجّلة الدخول أسبوعين.',
	choiceTwo: 'يستعمل آخرون هذا الهاتف',
	topic: 'ما الأوراق التي أحتاجها لتسجيل ابنتي في المدرسة في أكتوبر؟',
	body: 'انتقلنا في يونيو ولديّ عقد إيجار لكن بلا إقامة بعد (Anagrafe). هل نجح الأمر معك من دونها؟',
	handle: 'ياسمين-البحر',
	other: 'Oksana_23',
	filters: ['الكل', 'الجديد لي', 'بلا جواب'],
	empty: 'لم تسأل أي واحدة هنا بعد',
	info: 'الأوقات حسب المدينة التي اخترتها.',
	good: 'حُفظ جوابك.',
	care: 'يستعمل آخرون هذا الهاتف. غادري عندما تنتهين.',
	fold: 'ماذا يحدث بعد أن أسأل؟',
	message: 'صباح الخير جميعاً. هل نبدأ برسالة المدرسة؟',
	reply: 'نعم من فضلك، هي معي هنا.',
	rows: [
		['الاثنين', '9 – 12'],
		['الأربعاء', '14 – 17'],
	],
}
