import { CHAT } from './chat'
import { FORUM } from './forum'
import { MEMBERS } from './members'
import { MENTORING } from './mentoring'
import { MODERATION } from './moderation'

/** Every form of every page. */
export const ACTS = [...FORUM, ...CHAT, ...MENTORING, ...MEMBERS, ...MODERATION]
