import { hasAtMost } from '~/platform/text'
import { MESSAGE } from '../chat.limits'

/** Whether a message may be this long, so that she is told before anything is sent. The server has the last word. */
export const fits = (text: string) =>
	new TextEncoder().encode(text).length <= MESSAGE.bytes && hasAtMost(text, MESSAGE.graphemes)
