import { type ReactNode, useId } from 'react'
import { Button, ButtonLink, CopyButton, PrintButton } from './button'
import { Card, CardList } from './card'
import { Choice, ChoiceGroup, Field, Form, type FormResult, Select, Submit, TextArea } from './form'
import { CheckTable, ListSamples } from './gallery-more'
import { ARABIC, ENGLISH, type GalleryWords } from './gallery-words'
import { Columns, Disclosure, Empty, Notice, PageHead, Pager, Pill, Pills, Section } from './page'
import { Person } from './people'
import { Prose } from './prose'
import { ComposerBar, MessageBubble, MessageGroup, Talk } from './talk'
import { Bdi, LanguageTag, Time } from './text'

type Words = { words: GalleryWords }

const COLOURS = [
	'bg-paper',
	'bg-surface',
	'bg-sand',
	'bg-ink',
	'bg-muted',
	'bg-leaf',
	'bg-mimosa',
	'bg-clay',
	'bg-link',
	'bg-line',
	'bg-hair',
]

/** Every part once in each direction and theme: the page `/design` of the example community. */
export function Gallery() {
	return (
		<div className="gallery">
			{[ENGLISH, ARABIC].flatMap((words) =>
				(['light', 'dark'] as const).map((theme) => (
					<div key={words.lang + theme} data-theme={theme} lang={words.lang} dir={words.dir}>
						<Parts words={words} theme={theme} />
					</div>
				)),
			)}
		</div>
	)
}

function Parts({ words, theme }: Words & { theme: string }) {
	const { headings } = words
	return (
		<Columns aside={<Aside words={words} />} asideLabel={`${headings.people} · ${theme}`}>
			<PageHead
				title={words.title}
				lead={words.lead}
				back={{ to: '#content', label: words.back }}
				actions={<ButtonLink to="#content">{words.action}</ButtonLink>}
			/>
			<Section title={headings.buttons}>
				<Buttons words={words} />
			</Section>
			<Section title={headings.page}>
				<PageParts words={words} theme={theme} />
			</Section>
			<Section title={headings.cards}>
				<Topics words={words} />
			</Section>
			<Section title={headings.forms}>
				<Forms words={words} />
			</Section>
			<Section title={headings.lists}>
				<ListSamples words={words} />
			</Section>
			<Section title={headings.talk}>
				<Room words={words} />
			</Section>
			<Section title={headings.table}>
				<Table words={words} />
			</Section>
		</Columns>
	)
}

function Aside({ words }: Words) {
	return (
		<>
			<Section title={words.headings.people}>
				<div className="stack">
					{['mentor', 'moderator', 'practitioner', 'coordinator'].map((role) => (
						<Person key={role} handle={words.handle} seed={words.lang + role} badge={role} />
					))}
					<Person handle={words.other} seed={words.other} />
					<p className="row">
						{['ar', 'bg', 'uk', 'zh-Hans', 'ti'].map((tag) => (
							<LanguageTag key={tag} tag={tag} />
						))}
					</p>
				</div>
			</Section>
			<Section title={words.headings.colours}>
				<ul className="swatches">
					{COLOURS.map((name) => (
						<li key={name}>
							<span className={`swatch ${name}`} />
							<span translate="no">{name.slice('bg-'.length)}</span>
						</li>
					))}
				</ul>
			</Section>
		</>
	)
}

function Buttons({ words }: Words) {
	return (
		<div className="stack">
			<div className="row">
				<Button type="button" icon="send">
					{words.action}
				</Button>
				<Button type="button" kind="quiet" icon="search">
					{words.second}
				</Button>
				<Button type="button" kind="danger" icon="trash-2">
					{words.danger}
				</Button>
				<Button type="button" kind="plain" icon="reply">
					{words.plain}
				</Button>
			</div>
			<div className="row">
				<CopyButton of="content">{words.plain}</CopyButton>
				<PrintButton>{words.second}</PrintButton>
			</div>
		</div>
	)
}

function PageParts({ words, theme }: Words & { theme: string }) {
	// Four panels on one page: each landmark needs a name of its own.
	const label = `${words.headings.page} · ${theme}`
	return (
		<div className="stack">
			<Pills label={label}>
				{words.filters.map((filter, index) => (
					<Pill key={filter} to="#content" current={index === 0}>
						{filter}
					</Pill>
				))}
			</Pills>
			<Notice kind="info">
				<p>{words.info}</p>
			</Notice>
			<Notice kind="good" title={words.good} />
			<Notice kind="care" title={words.care}>
				<p>{words.hint}</p>
			</Notice>
			<Disclosure summary={words.fold} icon="circle-help">
				<p>{words.lead}</p>
			</Disclosure>
			<Empty title={words.empty} action={<ButtonLink to="#content">{words.action}</ButtonLink>}>
				<p>{words.lead}</p>
			</Empty>
			<Pager olderTo="#content" newerTo="#content" label={`${label} ↔`} />
		</div>
	)
}

function Topics({ words }: Words) {
	return (
		<CardList>
			<Card as="li" tone="new">
				<h3 className="title">
					<a href="#content">
						<Bdi>{words.topic}</Bdi>
					</a>
				</h3>
				<Meta>
					<LanguageTag tag={words.lang} />
					<Time at={SOME_TIME} />
				</Meta>
			</Card>
			<Card as="li">
				<div className="stack">
					<div className="row between">
						<Person handle={words.handle} seed={words.handle} badge="mentor" />
						<span className="muted small">
							<Time at={SOME_TIME} />
						</span>
					</div>
					<Prose html={`<p>${words.body}</p>`} lang={words.lang} dir={words.dir} />
				</div>
			</Card>
			<Card as="li" tone="quiet">
				<p>{words.info}</p>
			</Card>
		</CardList>
	)
}

const SOME_TIME = '2026-11-22T09:00:00Z'

function Meta({ children }: { children: ReactNode }) {
	return <div className="row muted small">{children}</div>
}

function Forms({ words }: Words) {
	const wrong: FormResult = {
		ok: false,
		code: 'invalid',
		fields: { title: 'errors:empty' },
		values: { title: '', body: words.body, language: words.lang, device: 'own' },
	}
	return (
		<Form result={wrong}>
			<Field label={words.label} name="title" hint={words.hint} />
			<TextArea label={words.plain} name="body" counter={100} />
			<Select
				label={words.headings.people}
				name="language"
				options={[
					{ value: 'en', label: 'English', lang: 'en' },
					{ value: 'ar', label: 'العربية', lang: 'ar' },
				]}
			/>
			<ChoiceGroup legend={words.choiceTwo} name="device">
				<Choice
					type="radio"
					name="device"
					value="own"
					label={words.choice}
					hint={words.choiceHint}
					icon="smartphone"
				/>
				<Choice type="radio" name="device" value="shared" label={words.choiceTwo} icon="users-round" />
			</ChoiceGroup>
			<Submit icon="send">{words.action}</Submit>
		</Form>
	)
}

function Room({ words }: Words) {
	const id = useId()
	return (
		<div>
			<Talk label={words.headings.talk}>
				<MessageGroup own={false} handle={words.handle} seed={words.handle} badge="mentor">
					<MessageBubble id={`${id}1`} body={words.message} at={SOME_TIME} />
					<MessageBubble id={`${id}2`} body={words.reply} at={SOME_TIME} />
				</MessageGroup>
				<MessageGroup own handle={words.other} seed={words.other}>
					<MessageBubble id={`${id}3`} body={words.reply} at={SOME_TIME} />
					<MessageBubble id={`${id}4`} body={words.reply} state="not-sent">
						<Button type="button" kind="plain">
							{words.plain}
						</Button>
					</MessageBubble>
				</MessageGroup>
			</Talk>
			<ComposerBar>
				<Form>
					<TextArea label={words.plain} name="body" rows={1} />
					<Submit icon="send">{words.plain}</Submit>
				</Form>
			</ComposerBar>
		</div>
	)
}

function Table({ words }: Words) {
	return (
		<div className="stack">
			<table className="data-table">
				<tbody>
					{words.rows.map(([day, hours]) => (
						<tr key={day}>
							<th scope="row">{day}</th>
							<td>{hours}</td>
						</tr>
					))}
				</tbody>
			</table>
			<ol className="steps">
				<li>{words.choice}</li>
				<li>{words.lead}</li>
			</ol>
			<CheckTable words={words} />
		</div>
	)
}
