import { type RefObject, useEffect } from 'react'
import type { LiveRoom } from './live-room'

/** One of the hidden fields of the form she writes in, by which the others are found. */
export type InForm = RefObject<HTMLInputElement | null>

/** The field of a name in the same form. */
export const fieldOf = <T extends Element = HTMLTextAreaElement>(inForm: InForm, name = 'body') =>
	(inForm.current?.form?.elements.namedItem(name) ?? null) as T | null

/** Tells what listens to the field (its counter, the draft) that its words were changed for her. */
export function fill(area: HTMLTextAreaElement, text: string) {
	area.value = text
	area.dispatchEvent(new Event('input', { bubbles: true }))
}

/** What she has begun to write survives a reload: in this tab, until it is sent or she leaves. */
export function useDraft(inForm: InForm, live: LiveRoom | undefined) {
	useEffect(() => {
		const field = fieldOf(inForm)
		if (!live || !field) return
		const shelf = live.options.draft
		const kept = shelf.read()
		if (kept && field.value === '') fill(field, kept)
		const keep = () => shelf.write(field.value === '' ? null : field.value)
		field.addEventListener('input', keep)
		return () => field.removeEventListener('input', keep)
	}, [inForm, live])
}
