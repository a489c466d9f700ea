import type { ShownEdition } from '../editions.server'

/** The points of one edition, in the language they are there in. */
export function EditionPoints({ edition: { points, lang, dir } }: { edition: ShownEdition }) {
	return (
		<ul className="told" lang={lang} dir={dir}>
			{points.map((point) => (
				<li key={point}>
					<p>{point}</p>
				</li>
			))}
		</ul>
	)
}
