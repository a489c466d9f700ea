import { Choice, Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { DeviceChoice, HandleField } from './entry-fields'
import { PassphraseChoice, type PassphraseOffer } from './passphrase-choice'

interface JoinFormProps {
	offer: PassphraseOffer
	/** The code of the address, an empty field to write one in, or null where none is asked for. */
	code: string | null
	needsApproval: boolean
	result?: FormResult
}

/** The page to join on: a name, a passphrase, two ticks, and whose device this is. */
export function JoinForm({ offer, code, needsApproval, result }: JoinFormProps) {
	return (
		<>
			<PageHead title={<Recorded text="auth:join.title" />} lead={<Recorded text="auth:join.lead" />} />
			<Form result={result} id="join">
				{needsApproval ? (
					<Notice kind="info">
						<p>
							<Recorded text="auth:join.waitNote" />
						</p>
					</Notice>
				) : null}
				{code === null ? null : <InvitationCode code={code} />}
				<HandleField isNew />
				<PassphraseChoice name="passphrase" offer={offer} />
				<DeviceChoice />
				<div className="choices">
					<Choice
						type="checkbox"
						name="rules"
						value="yes"
						label={<Recorded text="auth:join.rules" />}
						hint={
							// In a window of its own: what she has written so far must not be lost.
							<a href="/rules" target="_blank" rel="noreferrer">
								<Recorded text="auth:join.rulesLink" />
							</a>
						}
					/>
					<Choice type="checkbox" name="age" value="yes" label={<Recorded text="auth:join.age" />} />
				</div>
				<Submit icon="arrow-right">
					<Recorded text="auth:join.submit" />
				</Submit>
			</Form>
			<p className="section">
				<a href="/sign-in">
					<Recorded text="auth:join.toSignIn" />
				</a>
			</p>
		</>
	)
}

function InvitationCode({ code }: { code: string }) {
	return (
		<Field
			name="code"
			label={<Recorded text="auth:join.code" />}
			hint={
				<>
					<Recorded text="auth:join.codeHint" /> <Recorded text="auth:join.codeCentre" />
				</>
			}
			defaultValue={code}
			autoComplete="off"
			autoCapitalize="characters"
			spellCheck={false}
			dir="ltr"
		/>
	)
}
