import { circleSubject } from '~/features/chat/circles/subject.server'
import { sessionSubject } from '~/features/chat/led/subject.server'
import { openRoomSubject } from '~/features/chat/open/subject.server'
import { messageSubject } from '~/features/chat/subject.server'
import { invitationSubject } from '~/features/forum/invitation-subject.server'
import { postSubject } from '~/features/forum/subject.server'
import { translationSubject } from '~/features/forum/translation/subject.server'
import {
	conductSubjects,
	keptFromHelpers,
	matchSubject,
	offerSubject,
} from '~/features/mentoring/subjects.server'
import type { Subject } from '~/features/moderation/subject'
import { memberSubject } from '~/features/moderation/suspension.server'
import { privateRooms } from './private-rooms.server'

/** Everything that can be reported: the features do not know each other, so the routes hand moderation this list. */
export const subjects: readonly Subject[] = [
	postSubject,
	translationSubject,
	keptFromHelpers(messageSubject),
	circleSubject,
	sessionSubject,
	openRoomSubject,
	invitationSubject,
	matchSubject,
	offerSubject,
	memberSubject,
	...conductSubjects(privateRooms),
]
