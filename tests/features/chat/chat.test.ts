import { describe, expect, test } from 'vitest'
import { badgeOf, canChange, canLeave, canReport, canWrite } from '~/features/chat/chat.policy'
import { JoinRoom, SendMessage } from '~/features/chat/chat.schema'

const room = '6f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f'
const key = '7f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f'
const family = '👩‍👩‍👧‍👦'

describe('what may be said', () => {
	test.each([
		['a word', 'hello', 'hello'],
		['blanks around it', '  hello \n', 'hello'],
		['lines of Windows', 'one\r\ntwo', 'one\ntwo'],
		['Arabic with its marks', 'مَرْحَبًا', 'مَرْحَبًا'],
		['a joiner inside Persian', 'می‌خواهم', 'می‌خواهم'],
		['only a face', '🙂', '🙂'],
		['an old heart', '❤️', '❤️'],
		['signs alone', '?!', '?!'],
		['markup and templates', '<b>{{x}}</b> $t(a)', '<b>{{x}}</b> $t(a)'],
		['2,000 families', family.repeat(480), family.repeat(480)],
		['2,000 letters', 'a'.repeat(2000), 'a'.repeat(2000)],
	])('%s is kept as shown', (_what, body, kept) => {
		expect(SendMessage.parse({ room, key, body }).body).toBe(kept)
	})

	test.each([
		['nothing', '', 'errors:empty'],
		['blanks', ' \n\t ', 'errors:empty'],
		['what cannot be seen', '\u200b\u200d\u3164\u2800\u00ad\u202e', 'errors:empty'],
		['2,001 letters', 'a'.repeat(2001), 'errors:tooLong'],
		['more than 12 kB', family.repeat(500), 'errors:tooLong'],
		['a NUL', 'a\u0000b', 'errors:strangeCharacters'],
		['half a character', 'a\ud800b', 'errors:strangeCharacters'],
		['a list', ['a'], 'errors:empty'],
		['nothing at all', undefined, 'errors:empty'],
	])('%s is refused with a reason', (_what, body, reason) => {
		const result = SendMessage.safeParse({ room, key, body })
		expect(result.error?.issues[0]?.message).toBe(reason)
	})

	test.each([[-1], [0.5], [2 ** 63], ['7'], [null], [Number.NaN], [Number.POSITIVE_INFINITY]])(
		'a cursor of %s is no cursor',
		(after) => expect(JoinRoom.safeParse({ room, after }).success).toBe(false),
	)
})

test('who may do what', () => {
	const her = { id: 'her' }
	const room = { kind: 'open', spaceId: null } as const
	expect(canChange(her, { authorId: 'her' })).toBe(true)
	expect(canChange(her, { authorId: 'other' })).toBe(false)
	expect(canChange(her, { authorId: null })).toBe(false)
	expect(canReport(her, { authorId: 'other' })).toBe(true)
	expect(canReport(her, { authorId: 'her' })).toBe(false)
	expect(canWrite({ status: 'active', restraints: [] }, { ...room, closed: false })).toBe(true)
	expect(canWrite({ status: 'active', restraints: [] }, { ...room, closed: true })).toBe(false)
	expect(canWrite({ status: 'suspended', restraints: [] }, { ...room, closed: false })).toBe(false)
	expect(canLeave({ kind: 'private' })).toBe(true)
	expect(canLeave({ kind: 'open' })).toBe(false)
})

test.each([
	[[], null],
	[['practitioner'], null],
	[['mentor'], 'mentor'],
	[['mentor', 'moderator'], 'moderator'],
] as const)('the role shown for %j is %s', (roles, badge) => {
	expect(badgeOf(roles.map((role) => ({ role, organisationId: null, spaceId: null, languages: null })))).toBe(
		badge,
	)
})
