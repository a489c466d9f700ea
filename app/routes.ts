import { index, type RouteConfig, route } from '@remix-run/route-config'

/** Every address of the site. What a page does is in `features/<domain>`; the files named here only compose it. */
export default [
	// Everybody
	index('routes/home.tsx'),
	route('help', 'routes/safety/help.tsx'),
	route('rules', 'routes/safety/rules.tsx'),
	route('rules/accept', 'routes/safety/accept-rules.tsx'),
	route('privacy', 'routes/safety/privacy.tsx'),
	route('exit', 'routes/safety/exit.ts'),
	route('language', 'routes/language.ts'),

	// Coming in
	route('join', 'routes/members/join.tsx'),
	route('join/codes', 'routes/members/join-codes.tsx'),
	route('welcome', 'routes/members/welcome.tsx'),
	route('sign-in', 'routes/members/sign-in.tsx'),
	route('sign-in/second', 'routes/members/second-factor.tsx'),
	route('recover', 'routes/members/recover.tsx'),
	route('sign-out', 'routes/members/sign-out.ts'),

	// Her own account
	route('me', 'routes/members/me.tsx'),
	route('me/profile', 'routes/members/profile.tsx'),
	route('me/safety', 'routes/members/safety.tsx'),
	route('me/recovery', 'routes/members/stop-recovery.ts'),
	route('me/devices', 'routes/members/devices.tsx'),
	route('me/data', 'routes/members/data.tsx'),
	route('me/blocked', 'routes/members/blocked.tsx'),
	route('me/vouch', 'routes/members/vouch.tsx'),
	route('me/decisions', 'routes/moderation/my-decisions.tsx'),
	route('me/referrals', 'routes/members/referrals.tsx'),
	route('notices', 'routes/members/notices.tsx'),
	route('notices/:id', 'routes/members/notice.ts'),

	// Forum
	route('search', 'routes/forum/search.tsx'),
	route('forum', 'routes/forum/spaces.tsx'),
	route('forum/waiting', 'routes/forum/waiting.tsx'),
	route('forum/translate', 'routes/forum/translate.tsx'),
	route('forum/translate/wish', 'routes/forum/wish.ts'),
	route('forum/translate/thank', 'routes/forum/thank-translation.ts'),
	route('forum/translate/:post/:language', 'routes/forum/translating.tsx'),
	route('forum/translation/:translation', 'routes/forum/translation.tsx'),
	route('forum/draft', 'routes/forum/draft.ts'),
	route('forum/:space', 'routes/forum/space.tsx'),
	route('forum/:space/new', 'routes/forum/new-topic.tsx'),
	route('forum/:space/:topic', 'routes/forum/topic.tsx'),
	route('forum/:space/:topic/reading', 'routes/forum/reading.ts'),
	route('forum/:space/:topic/manage', 'routes/forum/manage.tsx'),
	route('forum/:space/:topic/edit/:post', 'routes/forum/edit-post.tsx'),
	route('forum/:space/:topic/history/:post', 'routes/forum/post-history.tsx'),

	// Chat
	route('chat', 'routes/chat/rooms.tsx'),
	route('chat/new', 'routes/chat/new.tsx'),
	route('chat/circle', 'routes/chat/circle.tsx'),
	route('chat/:room', 'routes/chat/room.tsx'),
	route('chat/:room/people', 'routes/chat/people.tsx'),
	route('chat/:room/forget', 'routes/chat/forget.tsx'),
	route('chat/:room/taken-back', 'routes/chat/taken-back.tsx'),
	route('chat/:room/lead', 'routes/chat/lead.tsx'),
	route('chat/:room/plan', 'routes/chat/plan.tsx'),

	// Mentoring
	route('mentoring', 'routes/mentoring/overview.tsx'),
	route('mentoring/mentors', 'routes/mentoring/mentors.tsx'),
	route('mentoring/ask', 'routes/mentoring/ask.tsx'),
	route('mentoring/offer', 'routes/mentoring/offer.tsx'),
	route('mentoring/training', 'routes/mentoring/training.tsx'),
	route('mentoring/training/:lesson', 'routes/mentoring/lesson.tsx'),
	route('mentoring/:match', 'routes/mentoring/match.tsx'),
	route('mentoring/:match/meetings/:meeting.ics', 'routes/mentoring/meeting-ics.ts'),

	// Moderation
	route('report/person', 'routes/moderation/report-person.tsx'),
	route('report/:kind/:id', 'routes/moderation/report.tsx'),
	route('moderation', 'routes/moderation/queue.tsx'),
	route('moderation/rota', 'routes/moderation/rota.tsx'),
	route('moderation/log', 'routes/moderation/log.tsx'),
	route('moderation/held', 'routes/moderation/held.tsx'),
	route('moderation/translations', 'routes/moderation/translations.tsx'),
	route('moderation/:case', 'routes/moderation/case.tsx'),

	// Coordination
	route('coordination', 'routes/coordination/overview.tsx'),
	route('coordination/people', 'routes/coordination/people.tsx'),
	route('coordination/organisations', 'routes/coordination/organisations.tsx'),
	route('coordination/rota', 'routes/coordination/rota.tsx'),
	route('coordination/rules', 'routes/coordination/rules.tsx'),
	route('coordination/settings', 'routes/coordination/settings.tsx'),
	route('coordination/invitations', 'routes/coordination/invitations.tsx'),
	route('coordination/referrals', 'routes/coordination/referrals.tsx'),
	route('coordination/recoveries', 'routes/coordination/recoveries.tsx'),
	route('coordination/mentors', 'routes/coordination/mentors.tsx'),
	route('coordination/rounds', 'routes/coordination/rounds.tsx'),
	route('coordination/rounds/:round', 'routes/coordination/round.tsx'),
	route('coordination/mentoring', 'routes/coordination/mentoring.tsx'),
	route('coordination/mentoring/:list', 'routes/coordination/mentoring-csv.ts'),
	route('coordination/moderation', 'routes/coordination/moderation.tsx'),
	route('coordination/moderation/file', 'routes/coordination/moderation-csv.ts'),
	route('coordination/spaces', 'routes/coordination/spaces.tsx'),
	route('coordination/spaces/:space', 'routes/coordination/space.tsx'),
	route('coordination/translators', 'routes/coordination/translators.tsx'),
	route('coordination/watch', 'routes/coordination/watch.tsx'),
	route('coordination/rooms', 'routes/coordination/rooms.tsx'),
	route('coordination/rooms/:room', 'routes/coordination/room.tsx'),

	// Operators
	route('healthz', 'routes/operators/healthz.ts'),
	route('readyz', 'routes/operators/readyz.ts'),
	route('metrics', 'routes/operators/metrics.ts'),

	route('design', 'routes/design.tsx'),
	route('*', 'routes/missing.tsx'),
] satisfies RouteConfig
