import { spacesWorded } from '~/features/forum/space-worded.server'
import { editionsWorded } from '~/features/members/wording/editions-worded.server'
import { organisationsWorded } from '~/features/members/wording/organisations-worded.server'
import type { Worded } from '~/features/members/wording/worded'
import { needsWorded } from '~/features/mentoring/need-words.server'

/** All that the community itself says in several languages: the features do not know each other, so the routes hand on this list. */
export const worded: readonly Worded[] = [editionsWorded, spacesWorded, organisationsWorded, needsWorded]
