import { pagesLike } from './page-patterns'

/** Whether a page offers to be read to her: those that inform, and those she comes in by. */
export const isHeard = pagesLike([
	'/help',
	'/rules',
	'/rules/accept',
	'/privacy',
	'/join',
	'/welcome',
	'/recover',
	'/me/safety',
	'/mentoring/training',
	'/mentoring/training/:lesson',
])
