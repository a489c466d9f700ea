import { InBoth } from '~/ui/said'
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
