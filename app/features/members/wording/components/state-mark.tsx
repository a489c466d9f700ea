import { useTranslation } from 'react-i18next'
import type { WordingState } from '../worded'

/** A shape for each, told apart without colour and on paper: a hole, a dash, half, full. */
const SHAPES: Record<WordingState, string> = { missing: '○', outdated: '◇', drafted: '◐', done: '●' }

/** How far a text is: a shape, and the word beside it, or only to be heard where there is no room. */
export function StateMark({ state, shapeOnly }: { state: WordingState; shapeOnly?: boolean }) {
	const { t } = useTranslation()
	const word = t(`wording:state.${state}`)
	return (
		<span className={`wording-state ${state}`}>
			<span aria-hidden="true">{SHAPES[state]}</span>{' '}
			{shapeOnly ? <span className="sr-only">{word}</span> : <span>{word}</span>}
		</span>
	)
}
