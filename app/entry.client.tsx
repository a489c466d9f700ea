import { Component, type ReactNode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { RoomPage, type RoomPageProps } from '~/features/chat/components/room-page'
import { keepPack, type Pack } from '~/platform/i18n/format-packs'
import { speak, type Texts } from '~/platform/i18n/living-texts'
import { type Keeping, KeepingContext } from '~/ui/keeping'
import { Trouble } from '~/ui/trouble'

/** A fault of ours leaves her a sentence and a way on, not an empty page. */
class Caught extends Component<{ children: ReactNode }> {
	override readonly state = { failed: false }

	static getDerivedStateFromError = () => ({ failed: true })

	override render() {
		return this.state.failed ? <Trouble code="unavailable" /> : this.props.children
	}
}

/** What the page says of its living part (app/ui/living.tsx). */
type Living = Keeping & { texts: Texts; formats: Pack; props: RoomPageProps }

/** Goes on with the living part of the page (app/ui/living.tsx): today that is always a room. */
function live() {
	const place = document.getElementById('living')
	const data = document.getElementById('living-data')?.textContent
	// She has left before the script came: nothing comes to life on an empty page.
	if (!place || !data) return
	const { texts, formats, props, kept } = JSON.parse(data) as Living
	const { lang } = document.documentElement
	keepPack(lang, formats)
	speak(lang, texts)
	// Needed as soon as the page is drawn, and fetched meanwhile; who needs it sees whether it came.
	import('socket.io-client').catch(() => undefined)
	// In small pieces, so that a tap never waits: above all the one that leaves.
	startTransition(() => {
		hydrateRoot(
			place,
			<Caught>
				<KeepingContext.Provider value={{ kept }}>
					<RoomPage {...props} />
				</KeepingContext.Provider>
			</Caught>,
		)
	})
}

live()
