import type { GalleryWords } from './gallery-words'
import { Icon, IconText } from './icon'
import { Avatar } from './people'
import { Connection } from './talk'
import { Bdi, LanguageTag } from './text'

type Words = { words: GalleryWords }

/** Codes as they are handed out; words of no language. */
const CODES = ['kfs9-2mxq', 'p3va-88tn']

/** Facts, points, a band over a translated text, codes on paper, the state of a connection. */
export function ListSamples({ words }: Words) {
	return (
		<div className="stack">
			<p className="band">
				<IconText name="languages">
					<Bdi>{words.other}</Bdi>
				</IconText>
				<a href="#content">{words.plain}</a>
			</p>
			<ul className="points">
				{words.filters.map((filter) => (
					<li key={filter}>
						<Icon name="check" />
						<span>{filter}</span>
					</li>
				))}
			</ul>
			<dl className="facts">
				{words.rows.map(([day, hours]) => (
					<Fact key={day} term={day} value={hours} />
				))}
			</dl>
			<p className="row">
				<LanguageTag tag={words.lang} level={4} levelWord={words.choice} />
				<LanguageTag tag="it" level={2} levelWord={words.choiceTwo} />
			</p>
			<ol className="codes">
				{CODES.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ol>
			<Connection state="connected" />
			<Connection state="trying" />
			<p className="row">
				{Array.from({ length: 8 }, (_, index) => `${words.lang}${index}`).map((seed) => (
					<Avatar key={seed} seed={seed} />
				))}
			</p>
		</div>
	)
}

function Fact({ term, value }: { term: string; value: string }) {
	return (
		<>
			<dt>{term}</dt>
			<dd>{value}</dd>
		</>
	)
}

const TIMES = ['08–12', '12–15', '15–19', '19–22']

/** Boxes to tick in a table that stays a table on a phone: seven days by four times. */
export function CheckTable({ words }: Words) {
	return (
		<table className="check-table">
			<thead>
				<tr>
					<td />
					{TIMES.map((time) => (
						<th key={time} scope="col">
							<bdi>{time}</bdi>
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{words.rows.map(([day]) => (
					<tr key={day}>
						<th scope="row">{day}</th>
						{TIMES.map((time) => (
							<td key={time}>
								<label>
									<input type="checkbox" aria-label={`${day} ${time}`} defaultChecked={time === TIMES[1]} />
								</label>
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	)
}
