const base = (tag: string) => tag.split('-')[0]!.toLowerCase()

/** Android writes "it_IT". */
const tagOf = ({ lang }: SpeechSynthesisVoice) => lang.replace(/_/g, '-')

/** Written differently, or meant by the plain tag. */
const USUAL: Record<string, string> = { zh: 'zh-CN', 'zh-Hans': 'zh-CN' }

/**
 * The device's own voice for a language. Voices that live on somebody's server are left out: they would be sent what she
 * listens to, and that she does.
 */
export function voiceFor(lang: string, voices: readonly SpeechSynthesisVoice[]) {
	const own = voices.filter((voice) => voice.localService && base(tagOf(voice)) === base(lang))
	const wanted = (USUAL[lang] ?? lang).toLowerCase()
	return (
		own.find((voice) => tagOf(voice).toLowerCase() === wanted) ?? own.find((voice) => voice.default) ?? own[0]
	)
}
