import { circlePlaces } from '~/features/chat/circles/invitations.server'
import { type NoticePlace, noticePlaces } from '~/features/forum/notice-places.server'
import type { ListedNotice } from '~/features/members/notice-list.server'
import { mentoringPlaces } from '~/features/mentoring/notice-places.server'
import { meetingPlaces } from '~/features/mentoring/together/meeting-notices.server'
import { reportPlaces } from '~/features/moderation/my-reports.server'
import { referralPlaces } from '~/features/moderation/referrals/answering.server'
import type { Actor } from '~/platform/actor'

/** Where her notices lead, each as the feature it comes from says; what she may no longer see is left out. */
export async function placesOf(actor: Actor, locale: string, notices: readonly ListedNotice[]) {
	const ofForum = notices.filter(({ kind }) => !isOfAnother(kind) && !isOfAccount(kind))
	const ofAccount = notices.filter(({ kind }) => isOfAccount(kind))
	const [forum, mentoring, meetings, circles] = await Promise.all([
		noticePlaces(actor, locale, ofForum),
		mentoringPlaces(actor, notices),
		meetingPlaces(actor, locale, notices),
		circlePlaces(actor, notices),
	])
	const account = ofAccount.map(({ id }) => [id, { path: '/me/safety' }] as const)
	return new Map<string, NoticePlace>([
		...mentoring,
		...meetings,
		...circles,
		...reportPlaces(notices),
		...referralPlaces(notices),
		...forum,
		...account,
	])
}

const isOfAnother = (kind: string) => /^(mentoring|circle|report|referral)\./.test(kind)
const isOfAccount = (kind: string) => kind.startsWith('account.')
