import { matchPath } from '@remix-run/react'

/** Pages that inform, and those she comes in by: who does not read well can hear them. */
const HEARD = [
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
]

/** Whether a page offers to be read to her. */
export const isHeard = (path: string) => HEARD.some((pattern) => matchPath(pattern, path) !== null)
