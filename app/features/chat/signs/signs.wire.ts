/** How the signs of typing and reading stand in a private room, for one of its people. */
export interface SignsView {
	/** Her own switch. */
	mine: boolean
	/** Everyone has turned theirs on: only then is anything told. */
	on: boolean
	/** How far all the others have read; 0 while it is not told. */
	readTo: number
}
