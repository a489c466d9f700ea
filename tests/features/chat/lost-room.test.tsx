import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, expect, test, vi } from 'vitest'
import { LostRoom } from '~/features/chat/components/lost-room'
import { type TalkFacts, TalkProvider } from '~/features/chat/components/talk-context'
import type { Pending } from '~/features/chat/live/outbox'
import { pageShelf } from '~/features/chat/live/shelf'
import { i18nFor } from '~/platform/i18n/i18n.server'

afterEach(() => vi.unstubAllGlobals())

/** The page of a browser: what stands in the field, and what was kept of it. */
function render({
	field,
	kept = null,
	pending = [],
}: {
	field?: string
	kept?: string | null
	pending?: Pending[]
}) {
	vi.stubGlobal('document', { querySelector: () => (field === undefined ? null : { value: field }) })
	const facts = { live: { options: { draft: pageShelf(kept) } } } as TalkFacts
	return renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor('en')}>
			<TalkProvider value={facts}>
				<LostRoom pending={pending} />
			</TalkProvider>
		</I18nextProvider>,
	)
}

const words = { key: 'key', body: 'never sent', state: 'not-sent' } as const

test.each([
	['what stands in the field', { field: 'half a sentence' }, 'half a sentence'],
	['what the tab keeps of it', { kept: 'half a sentence' }, 'half a sentence'],
	['what waited to be sent, too', { field: 'and more', pending: [words] }, 'never sent\n\nand more'],
])('says that the room is not open to her, and gives her %s', (_what, given, text) => {
	const html = render(given)
	expect(html).toContain('This room is not open to you any more.')
	expect(html).toContain('You can copy it.')
	expect(html).toMatch(new RegExp(`<textarea[^>]*readOnly=""[^>]*>\n?${text}</textarea>`, 'i'))
})

test('with nothing unsent there is nothing to copy', () => {
	expect(render({ field: ' ' })).not.toContain('<textarea')
})
