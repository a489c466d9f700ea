import type { Tx } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { isUuid } from '~/platform/text'
import type { Subject } from './subject'

/** What the content features handed in. */
export type Subjects = readonly Subject[]

/** The subject of a kind that is registered. Throws `not-found`. */
export function subjectOf(subjects: Subjects, kind: string): Subject {
	const subject = subjects.find((one) => one.kind === kind)
	if (!subject) throw new AppError('not-found')
	return subject
}

interface Named {
	kind: string
	id: string
}

/**
 * A thing of somebody else that she can see and so report. Throws `not-found` for unknown kinds, and for hidden, missing
 * and her own things alike.
 */
export async function accessReportable(tx: Tx, subjects: Subjects, actor: Actor, { kind, id }: Named) {
	const subject = subjectOf(subjects, kind)
	if (actor.status !== 'active' || !isUuid(id) || !(await subject.mayReport(tx, actor, id))) {
		throw new AppError('not-found')
	}
	const reported = await subject.find(tx, id)
	if (!reported || reported.authorId === actor.id) throw new AppError('not-found')
	return { subject, reported }
}
