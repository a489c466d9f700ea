import { matchPath } from '@remix-run/react'
import { expect, test } from 'vitest'
import { pagesLike } from '~/page-patterns'

const PATTERNS = ['/help', '/chat/new', '/report/:kind/:id', '/mentoring/:match']
const PATHS = [
	...['/help', '/help/', '/HELP', '/help/me', '/helpers', '/', '/chat', '/chat/new', '/chat/new/one'],
	...['/report', '/report/post', '/report/post/3f', '/report/post/3f/', '/report//3f', '/report/a/b/c'],
	...['/mentoring', '/mentoring/', '/mentoring/3f', '/mentoring/3f/plan', '/Mentoring/%20'],
]

test.each(PATHS)('%s is one of the pages where the router says so', (path) => {
	expect(pagesLike(PATTERNS)(path)).toBe(PATTERNS.some((pattern) => matchPath(pattern, path) !== null))
})
