/** The only script on pages without a living part. No framework, no storage that outlives the tab. */

import { offerButtons } from './buttons'
import { countCharacters } from './counter'
import { keepDrafts } from './drafts'
import { watchLeaving } from './exit'
import { watchExitKeys } from './exit-keys'
import { closeMenus, guardForms, showSummary } from './forms'
import { lookAgain } from './looking-again'
import { watchReading } from './reading'
import { followWriting } from './switching'
import { refreshTimes } from './times'

watchLeaving()
watchExitKeys()
guardForms()

// `defer` runs this when the whole page is there; a page that is being restored is there already.
closeMenus()
showSummary()
offerButtons()
countCharacters()
keepDrafts()
followWriting()
refreshTimes()
watchReading()
lookAgain()
