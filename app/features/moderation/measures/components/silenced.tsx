import { useTranslation } from 'react-i18next'
import { Notice } from '~/ui/page'
import { Time } from '~/ui/text'
import type { Silence } from '../restraints'

/** Stands where a woman would write who only reads for now: until when, and where she reads why. */
export function Silenced({ silence }: { silence: Silence }) {
	const { t } = useTranslation()
	return (
		<Notice
			kind="info"
			title={t(silence.everywhere ? 'measures:silenced.everywhere' : 'measures:silenced.here')}
		>
			{silence.until ? (
				<p>
					{t('measures:silenced.until')} <Time at={silence.until} />
				</p>
			) : null}
			<p>
				<a href="/me/decisions">{t('measures:silenced.why')}</a>
			</p>
		</Notice>
	)
}
