import { afterEach, expect, test } from 'vitest'
import { visitCookie } from '~/features/members/visit.server'
import { cookieIn, setCookie } from '~/platform/cookies.server'
import { env } from '~/platform/env.server'
import { alsoCookie } from '~/platform/i18n/also.server'
import { languageCookie } from '~/platform/switching.server'

afterEach(() => {
	env().https = false
})

test('is found among others, by its whole name and only in its shape', () => {
	const header = 'my-visit=aaaa; visit=bbbb; visit2=cccc'
	expect(cookieIn(header, 'visit', '\\w{4}')).toBe('bbbb')
	expect(cookieIn(header, 'visit', '\\w{3}')).toBeUndefined()
	for (const none of [null, undefined, '', 'visit=', 'xvisit=bbbb'])
		expect(cookieIn(none, 'visit', '\\w{4}')).toBeUndefined()
})

test('over https each of ours is for this host alone, and one that a neighbour has set is not read', () => {
	env().https = true
	for (const cookie of [languageCookie('it'), visitCookie('v'.repeat(22)), alsoCookie('it'), alsoCookie()]) {
		expect(cookie).toMatch(/^__Host-\w+=\w*; Path=\/; HttpOnly; SameSite=Lax; Secure(; Max-Age=\d+)?$/)
		expect(cookie).not.toContain('Domain')
	}
	expect(cookieIn('visit=bbbb', 'visit', '\\w{4}')).toBeUndefined()
	expect(cookieIn('visit=bbbb; __Host-visit=cccc', 'visit', '\\w{4}')).toBe('cccc')
	expect(setCookie('visit', 'bbbb')).toBe('__Host-visit=bbbb; Path=/; HttpOnly; SameSite=Lax; Secure')
})
