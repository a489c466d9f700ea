interface About {
	id: string
	/** The woman who is passed on. */
	memberId: string
}

/** What was done with a referral, as the record has it: never what was said. */
export const recordOf = (action: string, { id, memberId }: About) => ({
	action,
	subjectKind: 'referral',
	subjectId: id,
	memberId,
})
