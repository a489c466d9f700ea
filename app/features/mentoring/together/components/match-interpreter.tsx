import { useTranslation } from 'react-i18next'
import { Field, Form, type FormResult, Submit } from '~/ui/form'
import { Disclosure } from '~/ui/page'
import { Person } from '~/ui/people'
import { Press, refusedOf } from './match-form'

export interface SeatShown {
	id: string
	handle: string
	/** Whose yes is missing; null once she is in the room. */
	waitsFor: 'her' | 'other' | 'interpreter' | null
}

interface InterpreterProps {
	seat: SeatShown | null
	/** Whether someone can be proposed or agreed to now. */
	open: boolean
	result?: FormResult
}

/** The third seat: who interprets, or the form to propose someone. */
export function MatchInterpreter({ seat, open, result }: InterpreterProps) {
	const { t } = useTranslation()
	const refused = refusedOf(result, 'propose-interpreter')
	if (!seat && !open) return null
	return (
		<div id="interpreter">
			<Disclosure
				summary={t('match:interpreter.title')}
				icon="languages"
				open={seat !== null || refused !== undefined}
			>
				<div className="stack">
					{seat ? <Seat seat={seat} open={open} /> : <ProposeForm result={refused} />}
				</div>
			</Disclosure>
		</div>
	)
}

function Seat({ seat, open }: { seat: SeatShown; open: boolean }) {
	const { t } = useTranslation()
	const { waitsFor } = seat
	return (
		<>
			<Person handle={seat.handle} seed={seat.id} />
			<p>{t(waitsFor ? `match:interpreter.waits.${waitsFor}` : 'match:interpreter.seated')}</p>
			<p className="hint">{t('match:interpreter.reads')}</p>
			<div className="row">
				{waitsFor === 'her' && open ? (
					<Press intent="agree-interpreter" kind="primary" icon="check">
						{t('match:interpreter.yes')}
					</Press>
				) : null}
				<Press intent="end-interpreter" icon="x">
					{t(waitsFor === 'her' ? 'match:interpreter.no' : 'match:interpreter.end')}
				</Press>
			</div>
		</>
	)
}

function ProposeForm({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<p>{t('match:interpreter.lead')}</p>
			<p className="hint">{t('match:interpreter.reads')}</p>
			<Form result={result} action="#interpreter">
				<input type="hidden" name="intent" value="propose-interpreter" />
				<Field name="handle" label={t('match:interpreter.name')} autoComplete="off" dir="auto" />
				<Submit icon="send">{t('match:interpreter.propose')}</Submit>
			</Form>
		</>
	)
}
