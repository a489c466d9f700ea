/** The part of bidi-js that the tests use; it comes without types. */
declare module 'bidi-js' {
	interface Levels {
		levels: Uint8Array
	}
	export default function bidiFactory(): {
		getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): Levels
		getReorderedString(text: string, levels: Levels): string
	}
}
