import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { Button } from '~/ui/button'
import { Form } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead, Section } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { InBoth } from '~/ui/said'
import type { NewRules } from '../agreeing.server'
import { EditionName } from './added-rules'

interface NewRulesPageProps {
	rules: NewRules
	/** Where she was going. */
	next: string
	result?: FormResult
}

/** Asks her about new rules: what is new, that she agrees, or later. */
export function NewRulesPage({ rules, next, result }: NewRulesPageProps) {
	const { t, i18n } = useTranslation()
	return (
		<>
			<PageHead title={<Recorded text="editions:ask.title" />} lead={<Recorded text="editions:ask.lead" />} />
			<Section title={<Recorded text="editions:ask.new" />}>
				{rules.product ? (
					<p>
						<Recorded text="editions:ask.product" />
					</p>
				) : null}
				{rules.editions.map((edition) => (
					<div key={edition.number} className="stack">
						<p className="muted small">
							<EditionName edition={edition} />
						</p>
						<p className="prose" lang={edition.lang} dir={edition.dir}>
							<InBoth
								text={edition.news}
								beside={edition.beside && { ...edition.beside, text: edition.beside.news }}
							/>
						</p>
					</div>
				))}
				<p>
					<a href="/rules" target="_blank" rel="noreferrer">
						<Recorded text="editions:ask.all" />
					</a>
				</p>
			</Section>
			{rules.first ? <Notice kind="care" title={<Recorded text="editions:first" />} /> : null}
			<Form result={result} id="answer">
				<input type="hidden" name="version" value={rules.version} />
				<input type="hidden" name="next" value={next} />
				<Button icon="check" name="answer" value="agree">
					<Recorded text="editions:ask.agree" />
				</Button>
				<Button kind="quiet" name="answer" value="later">
					<Recorded text="editions:ask.later" />
				</Button>
				<p className="hint">
					{rules.first ? (
						<Recorded text="editions:ask.laterRead" />
					) : (
						t('editions:ask.laterUntil', { date: formatDate(i18n.language, new Date(rules.until)) })
					)}
				</p>
			</Form>
		</>
	)
}
