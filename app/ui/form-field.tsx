import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon'
import { useAsMain, WEIGHT } from './keeping'

/** What an action answers: `fields` holds a catalogue key for each field, `values` what she had typed. */
export type FormResult = {
	ok: boolean
	code?: string
	fields?: Record<string, string>
	details?: Record<string, unknown>
	values?: Record<string, string | string[]>
}

type FormState = { id: string; result?: FormResult; loose?: boolean }

/** Tells each field which form it stands in and what the last answer to that form was. */
export const FormContext = createContext<FormState>({ id: 'f', loose: true })

/** What a field of this name shows: her value, and the sentence about it. `weight`: how much it is her own words. */
export function useField(name: string, weight: number = WEIGHT.field) {
	const { t } = useTranslation()
	const { id, result, loose } = useContext(FormContext)
	useAsMain(loose ? undefined : id, weight)
	const key = result?.fields?.[name]
	const value = result?.values?.[name]
	return {
		id: `${id}-${name}`,
		error: key ? t(key, result?.details ?? {}) : undefined,
		answered: result?.values !== undefined,
		value,
		text: Array.isArray(value) ? value[0] : value,
	}
}

type RowProps = {
	id: string
	label: ReactNode
	hint?: ReactNode
	error?: string
	optional?: boolean
	children: ReactNode
}

/** Label, hint, control and what is missing, in this order, so that they are read in this order. */
export function Row({ id, label, hint, error, optional, children }: RowProps) {
	const { t } = useTranslation()
	return (
		<div className={error ? 'field wrong' : 'field'}>
			<label htmlFor={id}>
				{label}
				{optional ? <span className="muted"> {t('common:form.optional')}</span> : null}
			</label>
			{hint ? (
				<p className="hint" id={`${id}-hint`}>
					{hint}
				</p>
			) : null}
			{children}
			{error ? <Wrong id={id} error={error} /> : null}
		</div>
	)
}

/** What to change, beside where to change it. */
export function Wrong({ id, error }: { id: string; error: string }) {
	return (
		<p className="error" id={`${id}-error`}>
			<Icon name="triangle-alert" />
			<span>{error}</span>
		</p>
	)
}

/** Long passphrases on small keyboards: she may look at what she types. Needs the browser script. */
export function Reveal({ id, children }: { id: string; children: ReactNode }) {
	const { t } = useTranslation()
	return (
		<div className="reveal">
			{children}
			<button
				type="button"
				className="btn quiet"
				hidden
				data-reveal=""
				aria-controls={id}
				aria-pressed="false"
			>
				<Icon name="eye" />
				<Icon name="eye-off" />
				<span>{t('common:form.show')}</span>
			</button>
		</div>
	)
}

/** The ids a control is described by, for `aria-describedby`. */
export function describedBy(id: string, hint: unknown, error: unknown, more?: string) {
	const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : '', more ?? ''].filter(Boolean)
	return ids.length > 0 ? ids.join(' ') : undefined
}
