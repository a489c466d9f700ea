import { leaveSharedRooms, seenInRooms } from '~/features/chat/blocks.server'
import { endInvitations } from '~/features/chat/circles/invitations.server'
import { forgetNotices, seenInForum } from '~/features/forum/blocks.server'
import type { BlockDoors } from '~/features/members/blocks.server'
import { endSharedMatches, seenInMentoring } from '~/features/mentoring/blocks.server'
import { privateRooms } from './private-rooms.server'

/** Matches before rooms: whoever ends a match takes them in this order, too. */
const partings = [endSharedMatches(privateRooms), leaveSharedRooms, endInvitations, forgetNotices]

/** Where people are seen, and what ends between two of them: the features do not know each other. */
export const blockDoors: BlockDoors = { sightings: [seenInForum, seenInRooms, seenInMentoring], partings }
