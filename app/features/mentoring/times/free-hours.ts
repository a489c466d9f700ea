/**
 * The boxes of the weekly table, 7 days by 4 parts: each stands for whole hours. A box is named by the hour of the week
 * it begins with (0 is Monday 00:00), so `hours=42` is Tuesday evening.
 */
export const DAY_PARTS = [
	{ part: 'morning', from: 8, to: 12 },
	{ part: 'noon', from: 12, to: 15 },
	{ part: 'afternoon', from: 15, to: 18 },
	{ part: 'evening', from: 18, to: 22 },
] as const
export type DayPart = (typeof DAY_PARTS)[number]

/** Monday to Sunday. */
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const

export const boxOf = (weekday: number, { from }: DayPart) => String(weekday * 24 + from)

export const hoursOf = (weekday: number, { from, to }: DayPart) =>
	Array.from({ length: to - from }, (_, hour) => weekday * 24 + from + hour)

const HOURS_OF_BOX: ReadonlyMap<string, readonly number[]> = new Map(
	WEEKDAYS.flatMap((weekday) =>
		DAY_PARTS.map((part) => [boxOf(weekday, part), hoursOf(weekday, part)] as const),
	),
)

export const BOXES = [...HOURS_OF_BOX.keys()]

/** The hours of ticked boxes, in order, each once. */
export const hoursOfBoxes = (boxes: readonly string[]): number[] =>
	BOXES.filter((box) => boxes.includes(box)).flatMap((box) => HOURS_OF_BOX.get(box)!)

/** The boxes that are ticked for these hours: those with all of theirs among them. */
export const boxesOfHours = (hours: readonly number[]): string[] =>
	BOXES.filter((box) => HOURS_OF_BOX.get(box)!.every((hour) => hours.includes(hour)))
