import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Form } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Notice } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { CaseShown } from '../cases.server'
import { CLAIM_MINUTES } from '../moderation.policy'

/** Who looks at it now: takes it, gives it back without a reason, or waits for whoever holds it. */
export function Claim({ shown: { claim, status, notHers } }: { shown: CaseShown }) {
	const { t } = useTranslation()
	if (status === 'decided') return null
	if (claim && !claim.mine) {
		return (
			<Notice kind="info">
				<p>
					{t('queue:claim.held')} <Bdi>{claim.by}</Bdi>
				</p>
				<p>
					{t('queue:claim.freeAgain')} <Time at={claim.until} />
				</p>
			</Notice>
		)
	}
	if (notHers) return null
	return claim ? <Held until={claim.until} /> : <Free />
}

function Held({ until }: { until: Date }) {
	const { t } = useTranslation()
	return (
		<Form className="row between">
			<p>
				<IconText name="hand">{t('queue:claim.mine')}</IconText> {t('queue:claim.freeAgain')}{' '}
				<Time at={until} />
			</p>
			<Button kind="quiet" name="intent" value="give-back" icon="undo-2">
				{t('queue:claim.giveBack')}
			</Button>
		</Form>
	)
}

function Free() {
	const { t } = useTranslation()
	return (
		<Form className="row between">
			<p className="muted">{t('queue:claim.hint', { minutes: CLAIM_MINUTES })}</p>
			<Button kind="quiet" name="intent" value="claim" icon="hand">
				{t('queue:claim.take')}
			</Button>
		</Form>
	)
}
