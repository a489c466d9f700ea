/**
 * Where forms are decided upon, other than in their route, and the routes that hand theirs to it: the test reads what
 * can be asked for there, and wants a row for each.
 */
export const DOORS: Record<string, readonly string[]> = {
	'features/forum/translation/acts.server.ts': ['forum/translate/:post/:language'],
	'features/forum/topic-actions.server.ts': ['forum/:space/:topic'],
	'features/forum/reading.server.ts': ['forum/:space', 'forum/:space/:topic/reading'],
	'features/forum/tools/manage.server.ts': ['forum/:space/:topic/manage'],
	'features/chat/circles/acting.server.ts': ['chat', 'chat/:room/people'],
	'features/chat/led/session.intents.ts': ['chat/:room', 'chat/:room/lead'],
	'features/chat/talk-acts.server.ts': ['chat/:room'],
	'features/mentoring/finding/wishes.schema.ts': ['mentoring/ask'],
	'features/mentoring/mentoring.policy.ts': ['mentoring/:match'],
	'features/mentoring/offers/offer.schema.ts': ['mentoring/offer'],
	'features/mentoring/offers/vetting.policy.ts': ['coordination/mentors'],
	'features/mentoring/together/match-forms.server.ts': ['mentoring/:match'],
}

/** These read an intent that one of the files above has decided upon. */
export const DECIDED_ALREADY: readonly string[] = [
	'features/chat/led/acting.server.ts',
	'features/chat/led/use-session.ts',
	'features/forum/tools/marks.server.ts',
	'features/forum/tools/tools.schema.ts',
	'features/mentoring/offers/vetting.server.ts',
	'features/mentoring/together/match.schema.ts',
	'features/mentoring/together/matches.server.ts',
]
