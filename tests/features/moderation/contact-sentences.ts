/**
 * Sentences written for this measure, in six languages: with somebody's number, e-mail address, street or account, and
 * ordinary ones full of other numbers. Everybody and everything in them is invented.
 */

/** Around what is given away; `%` stands for it. */
const AROUND = [
	'Call me on %, any time.',
	'You can reach me here: %',
	'Chiamami al % quando vuoi.',
	'Scrivimi, ecco: %',
	'Llámame al % por la tarde.',
	'Aquí me encuentras: %',
	'Πάρε με στο % όποτε θέλεις.',
	'Θα με βρεις εδώ: %',
	'Обади ми се на % вечерта.',
	'Ето къде съм: %',
	'اتصلي بي على % متى شئت.',
	'تجدينني هنا: %',
]

const PHONES = [
	...['333 1234567', '+39 347 765 4321', '3471234567', '06 6988 1234', '0039 333 1234567'],
	...['612 345 678', '+34 654 321 098', '911 234 567'],
	...['6912345678', '+30 694 123 4567', '210 123 4567', '694-123-4567'],
	...['0888 123 456', '+359 88 712 3456', '0887123456'],
	...['99 123456', '+357 96 123 456'],
	...['070-123 45 67', '+46 70 123 45 67'],
	...['07700 900123', '+44 7911 123456', '020 7946 0018'],
	...['406 12 345', '+47 912 34 567'],
	...['06 12 34 56 78', '+33 6 12 34 56 78', '06.12.34.56.78'],
	...['٠٦١٢٣٤٥٦٧٨', '+39 (347) 765-4321'],
]
const MAILS = [
	'amina.k@example.org',
	'maria_23@mail.example.it',
	'rosa (at) example.com',
	'n.petrova@пример.бг',
]
const IBANS = [
	'IT60 X054 2811 1010 0000 0123 456',
	'ES9121000418450200051332',
	'GR16 0110 1250 0000 0001 2300 695',
	'BG80BNBG96611020345678',
	'NO93 8601 1117 947',
	'fr14 2004 1010 0505 0001 3m02 606',
]
const STREETS = [
	'via Garibaldi 12, Torino',
	'Viale della Libertà, 45',
	'calle Mayor 7, Madrid',
	'Avenida de América 120',
	'οδός Ερμού 15, Αθήνα',
	'Πατησίων 76, Αθήνα',
	'ул. Иван Вазов 14',
	'бул. „Витоша“ 89',
	'12 Park Road',
	'24 rue Victor Hugo',
	'شارع الحمرا 12',
]

/** Every kind in every language; of the many numbers in turn. */
export const WITH: readonly string[] = [...MAILS, ...IBANS, ...STREETS, ...PHONES].flatMap((given, n) =>
	AROUND.filter((_words, at) => (at + n) % 2 === 0).map((words) => words.replace('%', given)),
)

const ORDINARY = [
	'I have lived here for %1 years and I have %2 children.',
	'The course begins on %d and costs %m.',
	'I waited %1 hours, from %t to %t.',
	'Article %2 of law %l says so.',
	'My permit ends in %y; I asked in %y.',
	'Abito qui da %1 anni e ho %2 figli.',
	'Il corso comincia il %d e costa %m.',
	'L’ufficio è aperto dalle %t alle %t, stanza %2.',
	'Lo dice l’articolo %2 della legge %l.',
	'Ho fatto domanda nel %y, protocollo numero %2.',
	'Vivo aquí desde hace %1 años y tengo %2 hijos.',
	'El curso empieza el %d y cuesta %m.',
	'Me dieron cita a las %t en la sala %2.',
	'La ley %l, artículo %2, lo dice claro.',
	'Pagué %m de alquiler en %y.',
	'Ζω εδώ %1 χρόνια και έχω %2 παιδιά.',
	'Το μάθημα αρχίζει στις %d και κοστίζει %m.',
	'Ανοίγουν στις %t, στον %1 όροφο.',
	'Το λέει ο νόμος %l, άρθρο %2.',
	'Έκανα αίτηση το %y και περίμενα %2 μέρες.',
	'Живея тук от %1 години и имам %2 деца.',
	'Курсът започва на %d и струва %m.',
	'Чаках от %t до %t на %1 етаж.',
	'Така пише в закон %l, член %2.',
	'Подадох молба през %y и чаках %2 дни.',
	'أعيش هنا منذ %1 سنوات ولي %2 أطفال.',
	'تبدأ الدورة في %d وثمنها %m.',
	'انتظرت من الساعة %t حتى %t.',
	'هذا مكتوب في المادة %2 من قانون %l.',
	'قدمت الطلب في %y وانتظرت %2 يوماً.',
	'Take bus %2 to the end, then walk %1 minutes.',
	'Prendi l’autobus %2 e scendi alla fermata %1.',
	'In an emergency call 112, or 116 016.',
	'Il numero antiviolenza è il 1522, l’emergenza il 112.',
]

const VALUES: Record<string, readonly string[]> = {
	'%1': ['2', '3', '7', '11', '15', '4'],
	'%2': ['3', '14', '22', '105', '48', '1'],
	'%d': ['12/03/2026', '5.4.2026', '2026-09-14', '1/10', '03.11.2025', '15 3 2026'],
	'%m': ['1200 €', '€ 350', '1.250,00 euro', '45 euros', '800 лв', '2.500 €'],
	'%t': ['9:30', '14.15', '8', '18:00', '10:45', '16.30'],
	'%l': ['286/1998', '4251/2014', '69/2013', '13/2022', '119/2013', '3500/2006'],
	'%y': ['2019', '2023', '2024/25', '2021-2022', '2026', '2020'],
}

/** Each in as many ways as there are values. */
export const WITHOUT: readonly string[] = ORDINARY.flatMap((sentence) =>
	Array.from({ length: 16 }, (_, n) => {
		let at = n
		return sentence.replace(/%\w/g, (key) => {
			const values = VALUES[key]!
			at += 1 + Math.floor(n / values.length)
			return values[at % values.length]!
		})
	}),
)
