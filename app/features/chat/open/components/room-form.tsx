import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { Choice, Field, Form, type FormResult, Select, Submit } from '~/ui/form'
import { Disclosure } from '~/ui/page'
import { RoomLanguages } from '../../components/room-languages'
import { OPEN_KEEP_DAYS } from '../open.limits'

/** An open room as its form starts. */
export interface RoomFields {
	names: Record<string, string> | null
	about: Record<string, string> | null
	languages: string[]
	keepDays: number | null
	holds: boolean
}

interface RoomFormProps {
	/** Left out for a new room. */
	room?: RoomFields
	/** The languages of these pages, the reader's own first. */
	locales: readonly string[]
	/** For a new room: made by the page, and the spaces it can belong to. */
	anew?: { formKey: string; spaces: { id: string; name: Said }[]; space: string | null }
	result?: FormResult
}

/** Everything a coordinator says about an open room. */
export function RoomForm({ room, locales, anew, result }: RoomFormProps) {
	const { t } = useTranslation()
	const [own = 'en', ...others] = locales
	return (
		<Form result={result} id="room">
			<input type="hidden" name="intent" value={anew ? 'open' : 'save'} />
			{anew ? <input type="hidden" name="key" value={anew.formKey} /> : null}
			<Texts tag={own} room={room} />
			{others.map((tag) => (
				<Disclosure
					key={tag}
					summary={<span lang={tag}>{endonym(tag)}</span>}
					icon="languages"
					open={Boolean(room?.names?.[tag]) || result !== undefined}
				>
					<Texts tag={tag} room={room} />
				</Disclosure>
			))}
			{anew ? (
				<Select
					name="space"
					label={t('rooms:form.space')}
					hint={t('rooms:form.spaceHint')}
					options={[
						{ value: '', label: t('rooms:everyone') },
						...anew.spaces.map(({ id, name }) => ({ value: id, label: name.text, lang: name.lang })),
					]}
					defaultValue={anew.space ?? ''}
				/>
			) : null}
			<RoomLanguages chosen={room?.languages ?? [own]} near={locales} />
			<Select
				name="keepDays"
				label={t('rooms:form.keep')}
				options={OPEN_KEEP_DAYS.map((count) => ({
					value: String(count),
					label: count === 0 ? t('rooms:form.keepAll') : t('sessions:plan.keepDays', { count }),
				}))}
				defaultValue={String(room?.keepDays ?? 0)}
			/>
			<Choice
				type="checkbox"
				name="holds"
				value="yes"
				label={t('rooms:form.holds')}
				hint={t('rooms:form.holdsHint')}
				defaultChecked={room?.holds}
			/>
			<Submit icon={anew ? 'plus' : undefined}>{t(anew ? 'rooms:form.open' : 'common:actions.save')}</Submit>
		</Form>
	)
}

function Texts({ tag, room }: { tag: string; room?: RoomFields }) {
	const { t } = useTranslation()
	return (
		<fieldset className="field">
			<legend>
				<span lang={tag}>{endonym(tag)}</span>
			</legend>
			<Field
				name={`name-${tag}`}
				label={t('rooms:form.name')}
				lang={tag}
				dir={dirOf(tag)}
				defaultValue={room?.names?.[tag]}
				autoComplete="off"
			/>
			<Field
				name={`about-${tag}`}
				label={t('rooms:form.about')}
				optional
				lang={tag}
				dir={dirOf(tag)}
				defaultValue={room?.about?.[tag]}
				autoComplete="off"
			/>
		</fieldset>
	)
}
