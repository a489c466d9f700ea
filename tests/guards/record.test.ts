import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/**
 * Every command of these features, and what it writes to the audit log: all that gives, takes or uses power over others,
 * and all that opens something private. An action that is put together (`referral.${state}`) is named up to there.
 */
const ON_RECORD: Record<string, string> = {
	'members/editions/agreeing#answerRules': 'rules.agreed',
	'members/editions/editions#publish': 'rules.published',
	'members/editions/editions#saveDraft': 'rules.drafted',
	'members/invitation-cards#makeInvitations': 'invitations.made',
	'members/invitations#withdrawInvitation': 'invitation.withdrawn',
	'members/leaving#goAway': 'member.left',
	'members/organisation-list#addOrganisation': 'organisation.added',
	'members/organisation-list#changeOrganisation': 'organisation.changed',
	'members/recover#takeOver': 'account.recovered',
	'members/recoveries#confirm': 'recovery.confirmed',
	'members/recoveries#handOut': 'recovery.handedOut',
	'members/recoveries#start': 'recovery.started',
	'members/recoveries#takeBackRecovery': 'recovery.takenBack',
	'members/roles#giveRole': 'role.given',
	'members/roles#takeRole': 'role.taken',
	'members/running-recovery#stopRecovery': 'recovery.stopped',
	'members/safety#renew': 'codes.renewed',
	'members/safety#replacePassphrase': 'passphrase.changed',
	'members/second-factor#confirm': 'second-factor.set',
	'members/second-factor#forget': 'second-factor.reset',
	'members/sentences/deciding#decideSentence': 'sentence.',
	'members/settings/settings#change': 'setting.changed',
	'members/standing#approvePerson': 'member.approved',
	'members/standing#declinePerson': 'member.declined',
	'members/vouching/vouching#takeVouchBack': 'vouch.ended',
	'members/vouching/vouching#vouch': 'vouch.given',
	'members/wording/writing#markDone': 'wording.done',
	'members/wording/writing#writeTexts': 'wording.written',
	'mentoring/figures/coordinator-lists-quiet#remindBoth': 'mentoring.remindQuiet',
	'mentoring/offers/vetting#decideOffer': 'mentoring.',
	'mentoring/rounds/publish#publishRound': 'mentoring.publishRound',
	'mentoring/rounds/rounds#drawRound': 'mentoring.drawRound',
	'mentoring/rounds/rounds#dropRound': 'mentoring.dropRound',
	'mentoring/rounds/rounds-edit#moveInRound': 'mentoring.moveInRound',
	'moderation/cases#openPrivate': 'moderation.read-private',
	'moderation/decisions#decide': 'moderation.',
	'moderation/decisions#undo': 'moderation.undone',
	'moderation/measures/ending#endMeasure': 'moderation.measure-ended',
	'moderation/referrals/answering#answerReferral': 'referral.',
	'moderation/referrals/answering#withdrawReferral': 'referral.withdrawn',
	'moderation/referrals/offering#offerReferral': 'moderation.referral-offered',
	'moderation/referrals/receiving#closeReferral': 'referral.closed',
	'moderation/referrals/receiving#takeReferral': 'referral.taken',
	'moderation/rota/rota#addShift': 'shift.added',
	'moderation/rota/rota#removeShift': 'shift.removed',
	'moderation/statements#appeal': 'moderation.appealed',
	'moderation/suspension#restorePerson': 'member.restored',
	'moderation/suspension#suspendPerson': 'member.suspended',
	'moderation/translators/naming#endTranslator': 'translator.ended',
	'moderation/translators/naming#nameTranslator': 'translator.named',
	'moderation/translators/translating#promise': 'translator.promised',
	'moderation/translators/translating#takeWish': 'moderation.read-to-translate',
	'moderation/watch/rules#addRule': 'watch.added',
	'moderation/watch/rules#endRule': 'watch.ended',
}

/** What only changes her own things, or what she shares with one other; and what a report must never leave: a trace of who. */
const NOT_ON_RECORD = [
	'members/account#chooseLanguage',
	'members/account#signOut',
	'members/blocks#blockHandle',
	'members/blocks#blockPerson',
	'members/blocks#unblockHandle',
	'members/blocks#unblockPerson',
	'members/devices#end',
	'members/devices#endOthers',
	'members/letters#chooseLetters',
	'members/mutes#mutePerson',
	'members/mutes#unmutePerson',
	'members/notice-list#openNotice',
	'members/notice-list#readAllNotices',
	'members/organisations#leaveOrganisation',
	'members/profile#saveProfile',
	'members/safety#keepCodes',
	'members/second-factor#give',
	'members/sentences/suggesting#suggestSentence',
	'mentoring/finding/asks#askMentor',
	'mentoring/finding/line#moveInLine',
	'mentoring/finding/wishes#saveWishes',
	'mentoring/finding/wishes#stopLooking',
	'mentoring/offers/offers#pauseOffer',
	'mentoring/offers/offers#saveOffer',
	'mentoring/offers/training#answerLesson',
	'mentoring/together/feedback#giveFeedback',
	'mentoring/together/goals#addGoal',
	'mentoring/together/goals#removeGoal',
	'mentoring/together/goals#tickGoal',
	'mentoring/together/interpreters#agreeToInterpreter',
	'mentoring/together/interpreters#endInterpreting',
	'mentoring/together/interpreters#proposeInterpreter',
	'mentoring/together/matches#change',
	'mentoring/together/matches#lookAgain',
	'mentoring/together/meetings#agreeToMeeting',
	'mentoring/together/meetings#cancelMeeting',
	'mentoring/together/meetings#proposeMeeting',
	'mentoring/together/notes#addNote',
	'mentoring/together/notes#editNote',
	'mentoring/together/notes#removeNote',
	// Who reported is in no log.
	'moderation/person-reports#reportPerson',
	'moderation/reports#report',
	'moderation/statements#markSeen',
	// Who looks at what, and for how long, is kept with the case (case_looks, claimed_by, case_notes).
	'moderation/duty#beginDuty',
	'moderation/duty#endDuty',
	'moderation/taking#claim',
	'moderation/taking#giveBack',
	'moderation/taking#handOver',
	'moderation/taking#leaveNote',
	'moderation/translators/asking#askTranslation',
	'moderation/translators/translating#giveWishBack',
	'moderation/translators/translating#sendTranslation',
]

interface Found {
	name: string
	file: string
	body: string
}

/** Every `command({ … })` of a file, with the declaration it is in. */
function commandsIn(feature: string, path: string): Found[] {
	const file = readFileSync(`app/features/${feature}/${path}`, 'utf8')
	const declarations = file.split(/\n(?=(?:export )?(?:async )?(?:const|function|type|interface) )/)
	return declarations.flatMap((body) => {
		const name = /^(?:export )?(?:async )?(?:const|function) (\w+)/.exec(body)?.[1]
		const isCommand = /\bcommand(<[^(]*>)?\(\{/.test(body)
		return name && isCommand
			? [{ name: `${feature}/${path.replace(/(\.server)?\.ts$/, '')}#${name}`, file, body }]
			: []
	})
}

const commands = ['members', 'moderation', 'mentoring'].flatMap((feature) =>
	readdirSync(`app/features/${feature}`, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts'))
		.flatMap((path) => commandsIn(feature, path)),
)

describe('what is on record', () => {
	test('is said for every command, and for no other', () => {
		const said = [...Object.keys(ON_RECORD), ...NOT_ON_RECORD].toSorted()
		expect(commands.map(({ name }) => name).toSorted()).toEqual(said)
	})

	test.each(Object.entries(ON_RECORD))('%s writes %s', (name, action) => {
		const { file } = commands.find((command) => command.name === name)!
		expect(file).toMatch(new RegExp(`['\`]${action.replaceAll('.', '\\.')}`))
		expect(file).toMatch(/\baudit\(/)
	})

	test.each(NOT_ON_RECORD)('%s writes nothing', (name) => {
		expect(commands.find((command) => command.name === name)!.body).not.toMatch(/\baudit\b/)
	})
})
