/** Small drawings in the manner of the sprig: green lines, a few blossoms. All are decoration beside their words. */

/** A question that grows: its mark is a stem, its dot a blossom. */
export function AskPicture() {
	return (
		<svg className="drawing mirror" viewBox="0 0 96 96" aria-hidden="true">
			<path
				className="sheet"
				d="M24 10h48a14 14 0 0 1 14 14v32a14 14 0 0 1-14 14H47L30 86V70h-6A14 14 0 0 1 10 56V24A14 14 0 0 1 24 10z"
			/>
			<path className="stem" d="M34 31c0-9 6-14 14-14s14 5 14 13c0 10-14 11-14 20" />
			<path
				className="leaf"
				d="M61 24c7 0 12-3 15-9c-7-2-13 2-15 9zM34 29c-6 2-11 0-15-5c6-3 12-1 15 5zM52 43c6 4 11 4 16 1c-4-5-11-6-16-1z"
			/>
			<circle cx="48" cy="59" r="5" />
		</svg>
	)
}

/** Two that grow side by side, the taller one bent to the other. */
export function MentorPicture() {
	return (
		<svg className="drawing mirror" viewBox="0 0 96 96" aria-hidden="true">
			<path className="ground" d="M12 84q36-7 72 0" />
			<path className="stem" d="M34 81C30 60 31 42 45 27M66 81c0-12-1-20-4-27" />
			<path
				className="leaf"
				d="M32 66c-9-1-15-6-17-15c9 0 16 6 17 15zM33 54c8-2 13-8 14-17c-9 2-14 9-14 17zM66 72c8-1 13-5 15-13c-8 0-14 5-15 13zM65 64c-6-1-10-5-11-11c7 1 11 5 11 11z"
			/>
			<circle className="behind" cx="53" cy="17" r="7" />
			<circle cx="45" cy="23" r="8" />
			<circle cx="56" cy="27" r="6.5" />
			<circle cx="61" cy="48" r="6.5" />
		</svg>
	)
}

/** A round table from above, with everyone around it. */
export function TablePicture() {
	return (
		<svg className="drawing" viewBox="0 0 96 96" aria-hidden="true">
			<circle className="sheet" cx="48" cy="48" r="21" />
			<path className="stem" d="M39 57c4-8 9-13 17-17" />
			<path
				className="leaf"
				d="M44 50c-5-1-8-4-9-9c5 0 9 4 9 9zM47 47c1-5 4-9 9-10c0 6-4 9-9 10zM48 48c5 1 9 3 11 8c-6 1-10-3-11-8z"
			/>
			<path
				className="leaf"
				d="M66 19c5-3 9-3 13 0c-4 4-9 4-13 0zM82 52c4 3 6 7 5 12c-5-2-7-7-5-12zM30 19c-5-3-9-3-13 0c4 4 9 4 13 0zM14 52c-4 3-6 7-5 12c5-2 7-7 5-12zM42 88q6-5 12 0q-6 5-12 0z"
			/>
			<circle cx="48" cy="14" r="8" />
			<circle cx="80" cy="37" r="8" />
			<circle className="behind" cx="68" cy="76" r="8" />
			<circle cx="28" cy="76" r="8" />
			<circle className="behind" cx="16" cy="37" r="8" />
		</svg>
	)
}
