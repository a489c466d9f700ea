import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageHead, Section } from '~/ui/page'
import type { ToldPart } from '../told'
import { FactList } from './fact-list'

interface ToldPageProps {
	title: string
	lead: string
	parts: readonly ToldPart[]
	/** What stands below the last part: its version, ways on. */
	children: ReactNode
}

/** A page that tells something in parts: the rules, and privacy. */
export function ToldPage({ title, lead, parts, children }: ToldPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t(title)} lead={t(lead)} />
			{parts.map((part) => (
				<Section key={part.title} title={t(part.title)}>
					<FactList facts={part.facts} />
				</Section>
			))}
			<div className="told-foot">{children}</div>
		</>
	)
}
