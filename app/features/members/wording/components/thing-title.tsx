import { useTranslation } from 'react-i18next'
import { SaidText } from '~/ui/said'
import type { WordedItem } from '../worded'

/** What a thing is called on the pages of those who look after its texts. */
export function ThingTitle({ title }: { title: WordedItem['title'] }) {
	const { t } = useTranslation()
	if ('key' in title) return t(title.key)
	return <SaidText said={'name' in title ? title.name : title} />
}
