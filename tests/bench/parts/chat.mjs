import { runRig } from '../rig.mjs'

/** The rig's own chat, as the peer was measured: one sender at a steady pace. Leaves chat.json. @param {{ quick: boolean }} how */
export function measureChat({ quick }) {
	const sizes = quick
		? ['--clients=50', '--rates=20', '--rounds=1']
		: ['--clients=50,200,500', '--rates=20,50,100', '--rounds=3']
	runRig(['chat.mjs', '--targets=bare-chat,own', '--room=public', '--out=chat.json', ...sizes])
	runRig(['report.mjs', 'out/chat.json'])
}
