import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import type { FormResult } from '~/ui/form-field'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { Bdi } from '~/ui/text'
import type { SpaceAccess } from '../forum.limits'
import { SpaceForm } from './space-form'

interface SpaceSetting {
	id: string
	icon: string
	name: Said
	access: SpaceAccess
	organisation: string | null
	aliasAllowed: boolean
}

interface SpaceSettingsPageProps {
	spaces: SpaceSetting[]
	locales: readonly string[]
	organisations: { id: string; name: string }[]
	formKey: string
	result?: FormResult
}

/** The spaces as coordinators see them: names, order and doors, never what is said behind them. */
export function SpaceSettingsPage({ spaces, result, formKey, ...choices }: SpaceSettingsPageProps) {
	const { t } = useTranslation()
	const making = result?.values?.intent === 'make' ? result : undefined
	return (
		<>
			<PageHead
				title={t('spaces:title')}
				lead={t('spaces:lead')}
				back={{ to: '/coordination', label: t('spaces:back') }}
			/>
			{result && !result.ok && !making ? (
				<Notice kind="care" title={t(`errors:${result.code ?? 'invalid'}`, result.details ?? {})} />
			) : null}
			<CardList label={t('spaces:listLabel')}>
				{spaces.map((space, at) => (
					<SettingCard key={space.id} space={space} at={at} last={at === spaces.length - 1} />
				))}
			</CardList>
			<Section title={t('spaces:makeTitle')} id="make-space">
				<Disclosure summary={t('spaces:makeFold')} icon="plus" open={making !== undefined}>
					<SpaceForm {...choices} which={{ name: 'key', value: formKey }} intent="make" result={making} />
				</Disclosure>
			</Section>
		</>
	)
}

function SettingCard({ space, at, last }: { space: SpaceSetting; at: number; last: boolean }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="space" id={`s-${space.id}`}>
			<div className="row between">
				<div>
					<a className="row-link" href={`/coordination/spaces/${space.id}`}>
						<Icon name={space.icon as IconName} className="row-icon" />
						<span className="row-title">
							<SaidText said={space.name} />
						</span>
					</a>
					<p className="row">
						<span className="badge">{t(`spaces:access.${space.access}`)}</span>
						{space.organisation ? <Bdi>{space.organisation}</Bdi> : null}
						{space.aliasAllowed ? <span className="badge">{t('spaces:aliasBadge')}</span> : null}
					</p>
				</div>
				<div className="row">
					{at > 0 ? <Move space={space} at={at} way="up" /> : null}
					{last ? null : <Move space={space} at={at} way="down" />}
				</div>
			</div>
		</Card>
	)
}

function Move({ space, at, way }: { space: SpaceSetting; at: number; way: 'up' | 'down' }) {
	const { t } = useTranslation()
	return (
		<form method="post">
			<input type="hidden" name="intent" value="move" />
			<input type="hidden" name="space" value={space.id} />
			<input type="hidden" name="from" value={at} />
			<Button kind="quiet" name="way" value={way}>
				{t(`spaces:move.${way}`)}
				<span className="sr-only">
					{' '}
					<SaidText said={space.name} />
				</span>
			</Button>
		</form>
	)
}
