import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Field, Form, type FormResult, Submit } from '~/ui/form'
import { Notice, PageHead, Section } from '~/ui/page'
import { SLOW, VOUCHED_DAYS } from '../vouching.policy'
import type { Standing } from '../vouching.server'

interface VouchPageProps {
	standing: Standing
	/** Whom she came here to vouch for. */
	handle: string
	/** Something was sent; what became of it is for nobody to read. */
	noted: boolean
	result?: FormResult
}

/** How things stand for her, and where she says of others that she knows them. */
export function VouchPage({ standing, handle, noted, result }: VouchPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('vouch:title')}
				lead={t('vouch:lead')}
				back={{ to: '/me', label: t('common:nav.me') }}
			/>
			<div className="stack">
				{noted ? <Notice kind="good">{t('vouch:noted')}</Notice> : null}
				<Own standing={standing} />
				<Section title={t('vouch:others.title')}>
					{standing.mayVouch ? (
						<Form result={result}>
							<p>{t('vouch:others.lead')}</p>
							<Field
								name="handle"
								label={t('vouch:others.handle')}
								defaultValue={handle}
								dir="auto"
								autoComplete="off"
								required
							/>
							<div className="row">
								<Submit icon="handshake">{t('vouch:knowHer')}</Submit>
								<Button kind="plain" name="act" value="back">
									{t('vouch:others.back')}
								</Button>
							</div>
						</Form>
					) : (
						<p>{t('vouch:others.notYet', { count: VOUCHED_DAYS })}</p>
					)}
				</Section>
			</div>
		</>
	)
}

/** Whether somebody vouched for her, what holds until then, and what is missing. */
function Own({ standing: { known, firstPosts, members, needed } }: Pick<VouchPageProps, 'standing'>) {
	const { t } = useTranslation()
	if (known) return <Notice kind="good">{t('vouch:own.known')}</Notice>
	return (
		<Section title={t('vouch:own.title')}>
			<p>{t('vouch:own.new')}</p>
			{firstPosts === 'slow' ? <p>{t('vouch:own.posts', { count: SLOW.postsADay })}</p> : null}
			{firstPosts === 'hold' ? <p>{t('vouch:own.held')}</p> : null}
			{firstPosts === 'open' ? null : <p>{t('vouch:own.messages')}</p>}
			<ul>
				<li>{t('vouch:own.centre')}</li>
				<li>{t('vouch:own.mentor')}</li>
				<li>{t('vouch:own.members', { count: needed, days: VOUCHED_DAYS })}</li>
			</ul>
			<p>{t('vouch:own.missing', { count: needed - members })}</p>
		</Section>
	)
}
