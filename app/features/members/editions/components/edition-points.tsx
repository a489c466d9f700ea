import type { ShownEdition } from '../editions.server'

/** The points of one edition, in the language they are there in; below each the same in the page's second language. */
export function EditionPoints({ edition: { points, lang, dir, beside } }: { edition: ShownEdition }) {
	return (
		<ul className="told" lang={lang} dir={dir}>
			{points.map((point, at) => (
				<li key={point}>
					<p>
						<InBoth text={point} beside={beside && { ...beside, text: beside.points[at] ?? '' }} />
					</p>
				</li>
			))}
		</ul>
	)
}

/** A text of an edition, and below it the same in a second language, where it is asked for and there. */
export function InBoth({
	text,
	beside,
}: {
	text: string
	beside?: { text: string; lang: string; dir: string }
}) {
	if (!beside?.text) return text
	return (
		<span className="both">
			{text}{' '}
			<span className="with" lang={beside.lang} dir={beside.dir}>
				{beside.text}
			</span>
		</span>
	)
}
