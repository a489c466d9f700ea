import { pagesLike } from './page-patterns'

/**
 * Whether a page offers a second language at its head: those that a woman and a worker read or fill in together. The
 * language menu does on every page.
 */
export const isForTwo = pagesLike([
	'/help',
	'/rules',
	'/rules/accept',
	'/privacy',
	'/join',
	'/join/codes',
	'/welcome',
	'/sign-in',
	'/sign-in/second',
	'/recover',
	'/me/profile',
	'/me/safety',
	'/me/data',
	'/me/vouch',
	'/me/referrals',
	'/me/decisions',
	'/report/person',
	'/report/:kind/:id',
	'/forum/:space/new',
	'/chat/new',
	'/chat/circle',
	'/chat/:room/plan',
	'/mentoring/offer',
	'/mentoring/ask',
	'/mentoring/training',
	'/mentoring/training/:lesson',
	'/mentoring/:match',
	'/coordination/referrals',
	'/coordination/invitations',
])
