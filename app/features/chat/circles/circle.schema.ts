import { z } from 'zod'
import { FindPerson } from '~/features/members/members.schema'
import { isLanguage } from '~/platform/i18n/languages'
import { AnyRoom } from '../chat.schema'
import { line } from '../led/session.schema'
import { CIRCLE } from './circle.limits'

/** `key`: made by the page, so that the form sent twice is one circle. */
export const OpenCircle = z.object({
	key: AnyRoom.shape.room,
	name: line(CIRCLE.name).refine((words) => words !== '', 'errors:empty'),
	language: z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage'),
})

export const Invite = AnyRoom.extend(FindPerson.shape)

/** Something she who opened it does with one of them. */
export const OneInCircle = AnyRoom.extend({ member: AnyRoom.shape.room })
