import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Choice, ChoiceGroup, Form } from '~/ui/form'
import { Disclosure, Notice } from '~/ui/page'
import type { Act } from '../../mentoring.policy'

interface ActFormProps {
	act: Act
	/** Why a mentor cannot say yes now. */
	whyNotAccept?: 'full' | 'paused'
}

/** One thing she can do with the match. What ends it stands in a fold, a step away from an accident. */
export function ActForm({ act, whyNotAccept }: ActFormProps) {
	const { t } = useTranslation()
	if ((act === 'accept' || act === 'yes') && whyNotAccept) {
		return <Notice kind="info" title={t(`mentoring:whyNotAccept.${whyNotAccept}`)} />
	}
	if (act === 'end') {
		return (
			<Disclosure summary={t('mentoring:acts.end')} icon="log-out">
				<EndForm />
			</Disclosure>
		)
	}
	if (act === 'pause') {
		return (
			<Disclosure summary={t('match:acts.pause')} icon="pause">
				<ActButton act="pause" />
			</Disclosure>
		)
	}
	return <ActButton act={act} />
}

/** She chooses which of two sentences the other one reads; more is never said. */
function EndForm() {
	const { t } = useTranslation()
	return (
		<Form>
			<p className="hint">{t('match:end.hint')}</p>
			<ChoiceGroup name="quietly" legend={t('match:end.reads')}>
				<Choice type="radio" name="quietly" value="no" label={t('match:ended.she')} defaultChecked />
				<Choice type="radio" name="quietly" value="yes" label={t('match:ended.quietly')} />
			</ChoiceGroup>
			<div className="row">
				<Button kind="danger" icon="log-out" name="intent" value="end">
					{t('mentoring:acts.end')}
				</Button>
			</div>
		</Form>
	)
}

type Pressed = Exclude<Act, 'end'>

const LOOK = {
	yes: { kind: 'primary', icon: 'check', label: 'mentoring:acts.accept', hint: 'match:acts.yesHint' },
	accept: { kind: 'primary', icon: 'check', label: 'mentoring:acts.accept', hint: null },
	no: { kind: 'quiet', icon: 'x', label: 'mentoring:acts.decline', hint: 'match:acts.noHint' },
	decline: { kind: 'quiet', icon: 'x', label: 'mentoring:acts.decline', hint: 'mentoring:acts.declineHint' },
	withdraw: {
		kind: 'quiet',
		icon: 'undo-2',
		label: 'mentoring:acts.withdraw',
		hint: 'mentoring:acts.withdrawHint',
	},
	settle: {
		kind: 'primary',
		icon: 'heart-handshake',
		label: 'match:acts.settle',
		hint: 'match:acts.settleHint',
	},
	resume: { kind: 'primary', icon: 'play', label: 'match:acts.resume', hint: null },
	pause: { kind: 'quiet', icon: 'pause', label: 'match:acts.pauseNow', hint: 'match:acts.pauseHint' },
} as const satisfies Record<Pressed, object>

function ActButton({ act }: { act: Pressed }) {
	const { t } = useTranslation()
	const { kind, icon, label, hint } = LOOK[act]
	return (
		<Form>
			<div className="stack">
				{hint ? <p className="hint">{t(hint)}</p> : null}
				<div className="row">
					<Button kind={kind} icon={icon} name="intent" value={act}>
						{t(label)}
					</Button>
				</div>
			</div>
		</Form>
	)
}
