import { db } from '~/db/client.server'
import { forgetHeldNames } from '~/features/members/held-names.server'
import { endDueSuspensions } from '~/features/members/shut-out.server'
import { keepDoing } from '~/platform/aside.server'

const EVERY_MS = 60_000

/**
 * Ends suspensions whose time has come, and forgets the names that were held, every minute for as long as the process
 * runs. Who comes before is let in by her own request. What only slows or silences her is asked for its time wherever it
 * is looked at, and needs no ending.
 */
export function keepEndingMeasures() {
	keepDoing('moderation.measures', EVERY_MS, () => endDueSuspensions())
	keepDoing('members.heldNames', EVERY_MS, () => forgetHeldNames(db))
}
