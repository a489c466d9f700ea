import { chatBelongings } from '~/features/chat/belongings.server'
import { forumBelongings } from '~/features/forum/belongings.server'
import type { Belongings } from '~/features/members/belongings'
import { accountBelongings } from '~/features/members/belongings.server'
import { editionBelongings } from '~/features/members/editions/belongings.server'
import { sentenceBelongings } from '~/features/members/sentences/belongings.server'
import { wordingBelongings } from '~/features/members/wording/belongings.server'
import { mentoringBelongings } from '~/features/mentoring/belongings.server'
import { moderationBelongings } from '~/features/moderation/belongings.server'
import { measureBelongings } from '~/features/moderation/measures/belongings.server'
import { rotaBelongings } from '~/features/moderation/rota/belongings.server'
import { watchBelongings } from '~/features/moderation/watch/belongings.server'
import { privateRooms } from './private-rooms.server'

/** Everything that keeps something of a member: the features do not know each other, so the routes hand on this list. */
export const belongings: readonly Belongings[] = [
	accountBelongings,
	forumBelongings,
	chatBelongings,
	mentoringBelongings(privateRooms),
	moderationBelongings,
	measureBelongings,
	rotaBelongings,
	watchBelongings,
	editionBelongings,
	sentenceBelongings,
	wordingBelongings,
]
