import { useTranslation } from 'react-i18next'
import { packOf } from '~/platform/i18n/format-packs'
import { Living } from '~/ui/living'
import { RoomPage, type RoomPageProps } from './room-page'
import { roomTexts } from './room-texts'

/** A room as it is now: it goes on in the browser. A page of old messages stands still. */
export function LivingRoom(props: RoomPageProps) {
	const { i18n } = useTranslation()
	const page = <RoomPage {...props} />
	if (!props.last) return page
	return (
		<Living props={props} texts={roomTexts(i18n, props.room.kind)} formats={packOf(i18n.language)}>
			{page}
		</Living>
	)
}
