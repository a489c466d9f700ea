import { useTranslation } from 'react-i18next'
import { Icon } from './icon'

/** The buttons to hear this page. Hidden until the script knows whether the device can; nothing ever sounds by itself. */
export function Listen({ nonce }: { nonce?: string }) {
	const { t } = useTranslation()
	return (
		<div className="listen no-print" hidden>
			<div data-listen="buttons" className="row" hidden>
				<button type="button" className="btn plain" data-listen="play">
					<Icon name="volume-2" />
					<span data-while="off">{t('common:listen.play')}</span>
					<span data-while="on" hidden>
						{t('common:listen.pause')}
					</span>
					<span data-while="paused" hidden>
						{t('common:listen.goOn')}
					</span>
				</button>
				<button type="button" className="btn plain" data-listen="stop" hidden>
					<Icon name="x" />
					<span>{t('common:listen.stop')}</span>
				</button>
				<span className="hint">{t('common:listen.care')}</span>
			</div>
			<script src={__LISTEN_URL__} nonce={nonce} defer />
		</div>
	)
}

/** Where the device has no voice for the page's language. It comes late, so it stands where nothing is pushed away by it. */
export function NoVoice() {
	const { t } = useTranslation()
	return (
		<p className="hint no-print" data-listen="none" role="status" hidden>
			{t('common:listen.none')}
		</p>
	)
}
