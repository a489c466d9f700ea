import type { ReactNode } from 'react'
import { PageHead, Section } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
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
	return (
		<>
			<PageHead title={<Recorded text={title} />} lead={<Recorded text={lead} />} />
			{parts.map((part) => (
				<Section key={part.title} title={<Recorded text={part.title} />}>
					<FactList facts={part.facts} />
				</Section>
			))}
			<div className="told-foot">{children}</div>
		</>
	)
}
