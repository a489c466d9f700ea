import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import type { Version } from '../translation/reading.server'

/** Thanks for a translation, counted; pressed again, it takes them back. */
export function ThankForm({ version }: { version: Pick<Version, 'id' | 'thanks' | 'thanked'> }) {
	const { t } = useTranslation()
	return (
		<form method="post" action="/forum/translate/thank">
			<input type="hidden" name="translation" value={version.id} />
			<Button
				kind="plain"
				icon={version.thanked ? 'check' : 'heart'}
				name="thanks"
				value={version.thanked ? 'no' : 'yes'}
				aria-pressed={version.thanked}
			>
				{version.thanks > 0
					? t('translation:thanks.count', { count: version.thanks })
					: t('translation:thanks.give')}
			</Button>
		</form>
	)
}
