import { useTranslation } from 'react-i18next'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { Button, ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, TextArea } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead } from '~/ui/page'
import { answerTo } from '../../components/answer'
import type { WordingInSeen } from '../seeing.server'
import { StateMark } from './state-mark'
import { ThingTitle } from './thing-title'
import { StatePills } from './wording-page'

type Thing = WordingInSeen['things'][number]
type FieldSeen = Thing['fields'][number]

interface WordingLanguagePageProps extends WordingInSeen {
	saved: boolean
	result?: FormResult
}

/** What is to be written in one language, each thing with its source beside it. */
export function WordingLanguagePage({
	tag,
	dir,
	state,
	counts,
	page,
	pages,
	things,
	saved,
	result,
}: WordingLanguagePageProps) {
	const { t } = useTranslation()
	const here = `/coordination/wording/${tag}`
	return (
		<>
			<PageHead
				title={
					<bdi lang={tag} dir={dir}>
						{endonym(tag)}
					</bdi>
				}
				back={{ to: '/coordination/wording', label: t('coordination:parts.wording') }}
			/>
			{saved ? <Notice kind="good" title={t('coordination:saved')} /> : null}
			<div className="stack">
				<StatePills to={here} state={state} counts={counts} />
				{things.length === 0 ? <p className="muted">{t('wording:none')}</p> : null}
				<CardList label={t('wording:all')}>
					{things.map((thing) => (
						<ThingCard key={`${thing.kind} ${thing.id}`} thing={thing} tag={tag} result={result} />
					))}
				</CardList>
				{page < pages ? (
					<p>
						<ButtonLink
							to={`${here}?${state ? `state=${state}&` : ''}page=${page + 1}`}
							kind="quiet"
							rel="next"
						>
							{t('wording:next')}
						</ButtonLink>
					</p>
				) : null}
			</div>
		</>
	)
}

function ThingCard({ thing, tag, result }: { thing: Thing; tag: string; result?: FormResult }) {
	const { t } = useTranslation()
	const { kind, id, isOpen, seen, state, fields } = thing
	const answer = answerTo(result, { kind, item: id })
	return (
		<Card as="li" item="worded">
			<div className="stack">
				<p className="row between">
					<span className="meta">{t(thing.kindTitle)}</span>
					<StateMark state={state} />
				</p>
				<h2>
					<ThingTitle title={thing.title} />
				</h2>
				<Form result={answer} id={`${kind}-${id}`}>
					<input type="hidden" name="kind" value={kind} />
					<input type="hidden" name="item" value={id} />
					<input type="hidden" name="seen" value={seen} />
					<input type="hidden" name="intent" value={isOpen ? 'write' : 'done'} />
					{fields.map((field) => (
						<div className="beside" key={field.name}>
							<Source field={field} />
							{isOpen ? (
								<Target field={field} tag={tag} clash={answer?.code === 'conflict'} />
							) : (
								<Words lang={tag}>{field.text}</Words>
							)}
						</div>
					))}
					<Saving isOpen={isOpen} />
				</Form>
			</div>
		</Card>
	)
}

function Saving({ isOpen }: { isOpen: boolean }) {
	const { t } = useTranslation()
	return (
		<div className="row">
			<Button type="submit" name="state" value="done" icon="check">
				{t('wording:saveDone')}
			</Button>
			{isOpen ? (
				<Button type="submit" kind="quiet" name="state" value="drafted">
					{t('wording:saveDraft')}
				</Button>
			) : null}
		</div>
	)
}

/** Points stay one on each line. */
function Words({ children, lang }: { children: string; lang?: string }) {
	return (
		<p className="wording-words" lang={lang} dir={lang ? dirOf(lang) : 'auto'}>
			{children}
		</p>
	)
}

function Source({ field: { label, source } }: { field: FieldSeen }) {
	const { t } = useTranslation()
	if (!source) return null
	return (
		<div>
			<p className="meta">{t(label)}</p>
			<Words lang={source.lang}>{source.text}</Words>
		</div>
	)
}

function Target({ field, tag, clash }: { field: FieldSeen; tag: string; clash: boolean }) {
	const { t } = useTranslation()
	const shared = {
		name: field.name,
		label: t(field.label),
		optional: field.optional,
		defaultValue: field.text,
		lang: tag,
		dir: dirOf(tag),
		autoComplete: 'off',
	}
	return (
		<div>
			{field.long ? <TextArea {...shared} rows={4} /> : <Field {...shared} />}
			{clash && field.text ? (
				<>
					<p className="meta">{t('wording:now')}</p>
					<Words lang={tag}>{field.text}</Words>
				</>
			) : null}
		</div>
	)
}
