import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Disclosure, PageHead, Section } from '~/ui/page'
import { Time } from '~/ui/text'
import type { Device } from '../devices.server'
import { PassphraseAgain } from './entry-fields'

const ICON: Record<Device['kind'], IconName> = {
	phone: 'smartphone',
	tablet: 'smartphone',
	computer: 'globe',
	other: 'circle-help',
}

/** Where she is signed in, and how to end it. One form: her passphrase, where it is asked, counts for every button. */
export function DevicesPage({
	devices,
	fresh,
	result,
}: {
	devices: Device[]
	fresh: boolean
	result?: FormResult
}) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('auth:devices.title')}
				lead={t('auth:devices.lead')}
				back={{ to: '/me', label: t('auth:devices.back') }}
			/>
			<Form result={result} id="devices">
				{fresh ? null : <Proof />}
				<CardList label={t('auth:devices.label')}>
					{devices.map((device) => (
						<DeviceCard key={device.id} device={device} />
					))}
				</CardList>
				{devices.length > 1 ? (
					<Button kind="danger" icon="log-out" name="intent" value="others">
						{t('auth:devices.endOthers')}
					</Button>
				) : null}
			</Form>
			<div className="section">
				<Disclosure summary={t('auth:devices.limitsTitle')} icon="circle-help">
					<p>{t('auth:devices.limits')}</p>
				</Disclosure>
			</div>
		</>
	)
}

/** First in the form, so that the Enter key only proves who she is and signs nothing out. */
function Proof() {
	const { t } = useTranslation()
	return (
		<Section title={t('auth:devices.proofTitle')}>
			<div className="stack">
				<PassphraseAgain fresh={false} />
				<Button kind="quiet" name="intent" value="prove">
					{t('auth:devices.proofSubmit')}
				</Button>
			</div>
		</Section>
	)
}

function DeviceCard({ device }: { device: Device }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="device" tone={device.current ? 'new' : 'plain'}>
			<div className="row between">
				<div>
					<p className="row">
						<Icon name={ICON[device.kind]} />
						<strong>{t(`auth:devices.kind.${device.kind}`)}</strong>
						{device.current ? <span className="badge">{t('auth:devices.this')}</span> : null}
						<span className="tag">{t(`auth:devices.${device.device}`)}</span>
					</p>
					<p className="meta">
						<span>{t('auth:devices.lastUsed')}</span>
						<Time at={device.lastSeenAt} />
					</p>
				</div>
				<Button kind="quiet" name="session" value={device.id}>
					{device.current ? t('auth:devices.endThis') : t('auth:devices.end')}
				</Button>
			</div>
		</Card>
	)
}
