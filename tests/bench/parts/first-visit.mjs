import { findBrowser } from '../../../scripts/browser.mjs'
import { runRig } from '../rig.mjs'

/**
 * A member's first visit to a topic page in a browser that has nothing kept, on a fast line and on a slow one, beside the
 * bare page. Leaves first-visit.json.
 * @param {{ quick: boolean }} how
 */
export async function measureFirstVisit({ quick }) {
	const { executablePath } = await findBrowser()
	runRig(
		[
			'page.mjs',
			'--targets=bare-react,own',
			'--auth=user',
			'--pages=topic',
			'--out=first-visit.json',
			`--rounds=${quick ? 1 : 6}`,
		],
		{ CHROMIUM: executablePath },
	)
}
