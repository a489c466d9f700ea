import type { LoaderFunctionArgs } from '@remix-run/node'
import { localeFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { calendarFile } from '~/features/mentoring/together/calendar'
import { readAppointment } from '~/features/mentoring/together/meetings.server'
import { page } from '~/platform/http.server'
import { fixedT } from '~/platform/i18n/i18n.server'

/** A meeting as a file for her calendar. Neither its name nor what is in it says what it is about. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const appointment = await readAppointment(actor, args.params.match, args.params.meeting)
		const summary = fixedT(await localeFor(args))('match:calendar.title')
		return new Response(calendarFile({ ...appointment, summary }), {
			headers: {
				'content-type': 'text/calendar; charset=utf-8',
				'content-disposition': 'attachment; filename="appointment.ics"',
				'cache-control': 'no-store',
			},
		})
	})
