import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'

/** By the key of a text, where its recording is: none on pages that cannot be heard. */
export const NO_CLIPS: Readonly<Record<string, string>> = {}

export const ClipsContext = createContext(NO_CLIPS)

/** A text of the catalogue which somebody may have spoken: where a recording is, it is played instead of the device's voice. */
export function Recorded({ text }: { text: string }) {
	const { t } = useTranslation()
	const clip = useContext(ClipsContext)[text]
	return clip ? <span data-clip={clip}>{t(text)}</span> : t(text)
}
