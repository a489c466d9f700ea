/** Where words of hers wait that did not go out yet. */
export interface Shelf {
	read(): string | null
	write(text: string | null): void
}

/** Words live as long as the page. */
export function pageShelf(kept: string | null = null): Shelf {
	return {
		read: () => kept,
		write(text) {
			kept = text
		},
	}
}

const NONCE_BYTES = 12

const encode = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const decode = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

async function seal(key: CryptoKey, text: string) {
	const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
	const words = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
	return encode(new Uint8Array([...iv, ...new Uint8Array(words)]))
}

/** Null for what another session sealed, or nobody did. */
async function unseal(key: CryptoKey, sealed: string) {
	try {
		const bytes = decode(sealed)
		const iv = bytes.subarray(0, NONCE_BYTES)
		const words = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.subarray(NONCE_BYTES))
		return new TextDecoder().decode(words)
	} catch {
		return null
	}
}

/** A shelf in the tab's own storage. What it reads is what stood there when it was opened, and what was written since. */
async function tabShelf(name: string, key: CryptoKey): Promise<Shelf> {
	const before = sessionStorage.getItem(name)
	const page = pageShelf(before && (await unseal(key, before)))
	if (page.read() === null) sessionStorage.removeItem(name)
	let turn = 0
	async function keep(text: string, mine: number) {
		const sealed = await seal(key, text)
		// She is leaving: the page is blank already, and nothing may be kept behind it.
		if (mine === turn && !document.documentElement.hidden) sessionStorage.setItem(name, sealed)
	}
	return {
		read: page.read,
		write(text) {
			if (document.documentElement.hidden) return
			page.write(text)
			turn += 1
			if (text === null) return sessionStorage.removeItem(name)
			// A full storage refuses: then the words live as long as the page.
			keep(text, turn).catch(() => undefined)
		},
	}
}

interface Owner {
	member: string
	room: string
	/** 32 bytes in hex, known to the pages of her session alone; no browser keeps those. */
	tabKey: string
}

/**
 * What waits to be sent and what she has begun to write, for one member and one room: someone else's words are never
 * sent under her name. They survive a reload in this tab, sealed (AES-256-GCM): a browser writes what a tab holds to
 * its disk and leaves it there for a while when it is deleted, also by `Clear-Site-Data`. Private windows, and plain
 * http, may have no storage or no cipher.
 */
export async function openShelves({ member, room, tabKey }: Owner): Promise<{ outbox: Shelf; draft: Shelf }> {
	try {
		const use: KeyUsage[] = ['encrypt', 'decrypt']
		const key = await crypto.subtle.importKey('raw', fromHex(tabKey), 'AES-GCM', false, use)
		const [outbox, draft] = await Promise.all(
			['outbox', 'draft'].map((of) => tabShelf(`${of}:${member}:${room}`, key)),
		)
		return { outbox: outbox!, draft: draft! }
	} catch {
		return { outbox: pageShelf(), draft: pageShelf() }
	}
}
