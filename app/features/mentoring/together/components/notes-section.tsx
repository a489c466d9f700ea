import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Choice, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Disclosure, Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { Writing } from '../../components/form-parts'
import { SHARED_TEXT } from '../../mentoring.limits'
import { Words } from '../../offers/components/offer-facts'
import { LanguageField, Press, refusedOf } from './match-form'

export interface NoteShown {
	id: string
	words: string
	lang: string
	dir: 'ltr' | 'rtl'
	shared: boolean
	byHer: boolean
	/** Null where a mentor has left. */
	author: string | null
	at: Date
	edited: boolean
}

interface NotesSectionProps {
	notes: NoteShown[]
	/** Whether notes for both can be written now, and notes for herself. */
	open: boolean
	openOwn: boolean
	writing: Writing
	result?: FormResult
}

/** Notes for both and for herself alone, each marked with who reads it. */
export function NotesSection({ notes, open, openOwn, writing, result }: NotesSectionProps) {
	const { t } = useTranslation()
	if (notes.length === 0 && !openOwn) return null
	return (
		<Section title={t('match:notes.title')} id="notes">
			<div className="stack">
				<CardList label={t('match:notes.title')}>
					{notes.map((note) => (
						<NoteCard key={note.id} note={note} editable={note.shared ? open : openOwn} result={result} />
					))}
				</CardList>
				{openOwn ? <AddNote open={open} writing={writing} result={result} /> : null}
			</div>
		</Section>
	)
}

function NoteCard({ note, editable, result }: { note: NoteShown; editable: boolean; result?: FormResult }) {
	const { t } = useTranslation()
	const { id, words, lang, dir, shared, byHer, author, at, edited } = note
	return (
		<Card as="li" item="note" tone={shared ? 'plain' : 'quiet'}>
			<div className="stack">
				<p className="meta">
					<IconText name={shared ? 'users-round' : 'lock'}>
						{t(shared ? 'match:notes.forBoth' : 'match:notes.forYou')}
					</IconText>
					{byHer ? null : <Bdi>{author ?? t('mentoring:formerMember')}</Bdi>}
					<Time at={at} />
					{edited ? <span>{t('match:notes.edited')}</span> : null}
				</p>
				<Words text={words} lang={lang} dir={dir} />
				{byHer ? (
					<div className="row between">
						{editable ? <EditNote note={note} result={result} /> : null}
						<Press intent="remove-note" at={{ note: id }} kind="plain" icon="trash-2">
							{t('match:notes.remove')}
						</Press>
					</div>
				) : null}
			</div>
		</Card>
	)
}

function EditNote({ note, result }: { note: NoteShown; result?: FormResult }) {
	const { t } = useTranslation()
	const refused = refusedOf(result, 'edit-note', { note: note.id })
	return (
		<Disclosure summary={t('match:notes.edit')} icon="pencil" open={refused !== undefined}>
			<Form result={refused} action="#notes" id={`note-${note.id}`}>
				<input type="hidden" name="intent" value="edit-note" />
				<input type="hidden" name="note" value={note.id} />
				<input type="hidden" name="language" value={note.lang} />
				<TextArea
					name="words"
					label={t('match:notes.words')}
					counter={SHARED_TEXT.graphemes}
					rows={4}
					defaultValue={note.words}
				/>
				<Submit icon="check">{t('match:notes.save')}</Submit>
			</Form>
		</Disclosure>
	)
}

function AddNote({ open, writing, result }: { open: boolean; writing: Writing; result?: FormResult }) {
	const { t } = useTranslation()
	const refused = refusedOf(result, 'add-note')
	return (
		<Disclosure summary={t('match:notes.add')} icon="notebook-pen" open={refused !== undefined}>
			<Form result={refused} action="#notes">
				<input type="hidden" name="intent" value="add-note" />
				<input type="hidden" name="key" value={writing.key} />
				<TextArea name="words" label={t('match:notes.words')} counter={SHARED_TEXT.graphemes} rows={4} />
				<LanguageField writing={writing} />
				{open ? (
					<Choice
						type="checkbox"
						name="shared"
						value="yes"
						icon="users-round"
						label={t('match:notes.share')}
						hint={t('match:notes.shareHint')}
					/>
				) : null}
				<Submit icon="check">{t('match:notes.save')}</Submit>
			</Form>
		</Disclosure>
	)
}
