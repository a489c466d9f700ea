import {
	createContext,
	type FormHTMLAttributes,
	type InputHTMLAttributes,
	type ReactNode,
	type SelectHTMLAttributes,
	type TextareaHTMLAttributes,
	useContext,
	useId,
} from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonKind } from './button'
import { describedBy, FormContext, type FormResult, Reveal, Row, useField, Wrong } from './form-field'
import { Icon } from './icon'
import type { IconName } from './icons'
import { useAsMain, useKept, WEIGHT } from './keeping'

export type { FormResult }

/** Inside a group the group says what is missing; a choice that stands alone says it itself. */
const GroupContext = createContext(false)

type FormProps = {
	result?: FormResult
	children: ReactNode
	action?: string
	/** Of several forms on the page this is the one whose words a change of language keeps, also without scripts. */
	keeps?: boolean
} & Omit<FormHTMLAttributes<HTMLFormElement>, 'action'>

/** A plain form. After a refused submission it shows what to do on top and at each field, with her words kept. */
export function Form({ result, children, id, keeps, ...rest }: FormProps) {
	const own = useId().replaceAll(':', '')
	const formId = id ?? `f${own}`
	const kept = useKept(formId)
	useAsMain(keeps ? formId : undefined, WEIGHT.chosen)
	return (
		<FormContext.Provider value={{ id: formId, result: kept ?? result }}>
			<form method="post" className="form" id={formId} noValidate {...rest}>
				{result && !result.ok ? <Summary id={formId} result={result} /> : null}
				{children}
			</form>
		</FormContext.Provider>
	)
}

function Summary({ id, result }: { id: string; result: FormResult }) {
	const { t } = useTranslation()
	const details = result.details ?? {}
	const fields = Object.entries(result.fields ?? {})
	return (
		<div className="notice care" role="alert" tabIndex={-1} data-summary="">
			<Icon name="triangle-alert" />
			<div>
				<p className="notice-title">{t(`errors:${result.code ?? 'invalid'}`, details)}</p>
				{fields.length > 0 ? (
					<ul>
						{fields.map(([name, key]) => (
							<li key={name}>{name ? <a href={`#${id}-${name}`}>{t(key, details)}</a> : t(key, details)}</li>
						))}
					</ul>
				) : null}
			</div>
		</div>
	)
}

type Common = { label: ReactNode; name: string; hint?: ReactNode; optional?: boolean }

/** One line of text. A passphrase is never written back into the page. */
export function Field({
	label,
	name,
	hint,
	optional,
	type = 'text',
	defaultValue,
	...rest
}: Common & FieldInput) {
	const field = useField(name)
	const secret = type === 'password'
	const input = (
		<input
			className="input"
			id={field.id}
			name={name}
			type={type}
			defaultValue={secret ? undefined : (field.text ?? defaultValue ?? '')}
			aria-invalid={field.error ? true : undefined}
			aria-describedby={describedBy(field.id, hint, field.error)}
			autoCapitalize={secret ? 'none' : undefined}
			spellCheck={secret ? false : undefined}
			{...rest}
		/>
	)
	return (
		<Row id={field.id} label={label} hint={hint} error={field.error} optional={optional}>
			{secret ? <Reveal id={field.id}>{input}</Reveal> : input}
		</Row>
	)
}

type FieldInput = Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id' | 'className'>

type AreaInput = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'id' | 'className'>

/** Longer text. `counter` is the limit in graphemes; the browser script counts as she writes. */
export function TextArea({
	label,
	name,
	hint,
	optional,
	counter,
	rows = 6,
	dir = 'auto',
	defaultValue,
	...rest
}: Common & AreaInput & { counter?: number }) {
	const { t } = useTranslation()
	const field = useField(name, WEIGHT.text)
	const countId = counter ? `${field.id}-count` : undefined
	return (
		<Row id={field.id} label={label} hint={hint} error={field.error} optional={optional}>
			<textarea
				className="input"
				id={field.id}
				name={name}
				rows={rows}
				dir={dir}
				defaultValue={field.text ?? defaultValue}
				data-limit={counter}
				aria-invalid={field.error ? true : undefined}
				aria-describedby={describedBy(field.id, hint, field.error)}
				{...rest}
			/>
			{counter ? (
				<p
					className="count"
					id={countId}
					role="status"
					data-left={t('common:form.left', { n: '{n}' })}
					data-over={t('common:form.over', { n: '{n}' })}
				/>
			) : null}
		</Row>
	)
}

/** `name`: somebody's own, which no translator of a browser may change. */
export type Option = { value: string; label: string; lang?: string; name?: boolean }

type SelectInput = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'id' | 'className'>

/** One of a few things; the phone's own list. */
export function Select({ label, name, hint, optional, options, defaultValue, ...rest }: SelectProps) {
	const field = useField(name)
	return (
		<Row id={field.id} label={label} hint={hint} error={field.error} optional={optional}>
			<select
				className="input"
				id={field.id}
				name={name}
				defaultValue={field.text ?? defaultValue ?? options[0]?.value}
				aria-invalid={field.error ? true : undefined}
				aria-describedby={describedBy(field.id, hint, field.error)}
				{...rest}
			>
				{options.map((option) => (
					<option
						key={option.value}
						value={option.value}
						lang={option.lang}
						translate={option.name ? 'no' : undefined}
					>
						{option.label}
					</option>
				))}
			</select>
		</Row>
	)
}
type SelectProps = Common & SelectInput & { options: Option[] }

type ChoiceProps = {
	type: 'checkbox' | 'radio'
	name: string
	value: string
	label: ReactNode
	hint?: ReactNode
	icon?: IconName
	defaultChecked?: boolean
	required?: boolean
	lang?: string
}

/** A large row to tap: a box or a circle, a word, and what it means. */
export function Choice({
	type,
	name,
	value,
	label,
	hint,
	icon,
	defaultChecked,
	required,
	lang,
}: ChoiceProps) {
	const field = useField(name)
	const grouped = useContext(GroupContext)
	const kept = Array.isArray(field.value) ? field.value.includes(value) : field.value === value
	const error = grouped ? undefined : field.error
	const row = (
		<label className="choice">
			<input
				type={type}
				id={grouped ? undefined : field.id}
				name={name}
				value={value}
				required={required}
				defaultChecked={field.answered ? kept : defaultChecked}
				aria-invalid={error ? true : undefined}
				aria-describedby={describedBy(field.id, undefined, error)}
			/>
			{icon ? <Icon name={icon} /> : null}
			<span className="choice-text">
				<span lang={lang}>{label}</span>
				{hint ? <span className="hint">{hint}</span> : null}
			</span>
		</label>
	)
	if (!error) return row
	return (
		<div className="wrong">
			{row}
			<Wrong id={field.id} error={error} />
		</div>
	)
}

type GroupProps = {
	legend: ReactNode
	hint?: ReactNode
	name: string
	children: ReactNode
	optional?: boolean
	/** Short choices (languages, days) in columns where there is room. */
	sideBySide?: boolean
}

/** Choices that belong together; what is missing is said once for all of them. */
export function ChoiceGroup({ legend, hint, name, children, optional, sideBySide }: GroupProps) {
	const { t } = useTranslation()
	const field = useField(name)
	return (
		<fieldset
			id={field.id}
			tabIndex={-1}
			className={field.error ? 'field wrong' : 'field'}
			aria-describedby={describedBy(field.id, hint, field.error)}
		>
			<legend>
				{legend}
				{optional ? <span className="muted"> {t('common:form.optional')}</span> : null}
			</legend>
			{hint ? (
				<p className="hint" id={`${field.id}-hint`}>
					{hint}
				</p>
			) : null}
			<div className={sideBySide ? 'choices side-by-side' : 'choices'}>
				<GroupContext.Provider value={true}>{children}</GroupContext.Provider>
			</div>
			{field.error ? <Wrong id={field.id} error={field.error} /> : null}
		</fieldset>
	)
}

/** Sends the form it stands in. */
export function Submit({
	children,
	kind = 'primary',
	icon,
}: {
	children: ReactNode
	kind?: ButtonKind
	icon?: IconName
}) {
	return (
		<Button type="submit" kind={kind} icon={icon}>
			{children}
		</Button>
	)
}
