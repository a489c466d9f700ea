/**
 * How sensitive a column is. Every column of every table carries one; `tests/guards/columns.test.ts` fails on a
 * column without. Exports, retention and logs are decided by class, so a new column cannot slip past them.
 *
 * - `technical`: keys, counters, times of rows that say nothing about a person
 * - `open`: shown to every signed-in member (a handle, the text of a post)
 * - `personal`: about one person, shown to her and to whom she chooses
 * - `intimate`: special category or as harmful (GDPR Art. 9): private talk, who is matched with whom, reports
 * - `secret`: hashes and keys; never leaves the server, never in an export
 */
export type ColumnClass = 'technical' | 'open' | 'personal' | 'intimate' | 'secret'

/** One class for each column name (as in the table object, camel case). */
export type TableClasses = Record<string, ColumnClass>
