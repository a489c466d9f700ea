import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card } from '~/ui/card'
import { Form, type FormResult, TextArea } from '~/ui/form'
import { Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { CaseShown } from '../cases.server'
import { WORDS } from '../moderation.words'

/** What moderators left for each other, and a note of her own: with it she can hand the case over. */
export function Notes({ shown, result }: { shown: CaseShown; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('queue:notes.title')} id="notes">
			<ol className="cards">
				{shown.notes.map((note) => (
					<Card as="li" key={note.id} tone="quiet" item="note">
						<p className="meta">
							<Bdi>{note.author ?? t('moderation:formerMember')}</Bdi>
							<Time at={note.at} />
						</p>
						<p className="bubble-text" dir="auto">
							{note.words}
						</p>
					</Card>
				))}
			</ol>
			{shown.notHers ? null : <Leaving shown={shown} result={result} />}
		</Section>
	)
}

function Leaving({ shown, result }: { shown: CaseShown; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Form result={result} id="note">
			<TextArea
				name="note"
				label={t('queue:notes.label')}
				hint={t('queue:notes.hint')}
				counter={WORDS.graphemes}
				rows={3}
			/>
			<div className="row">
				<Button kind="quiet" name="intent" value="note" icon="pencil">
					{t('queue:notes.leave')}
				</Button>
				{shown.claim?.mine ? (
					<Button kind="quiet" name="intent" value="hand-over" icon="send">
						{t('queue:notes.handOver')}
					</Button>
				) : null}
			</div>
		</Form>
	)
}
