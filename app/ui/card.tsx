import type { ReactNode } from 'react'

type CardProps = {
	as?: 'div' | 'article' | 'li' | 'section'
	children: ReactNode
	item?: string
	id?: string
	tone?: 'plain' | 'new' | 'quiet' | 'care'
}

/** One quiet card. `item` names what it holds for tests and the load rig; `tone` new has a mimosa edge. */
export function Card({ as: Tag = 'div', children, item, id, tone = 'plain' }: CardProps) {
	return (
		<Tag className={tone === 'plain' ? 'card' : `card ${tone}`} data-item={item} id={id}>
			{children}
		</Tag>
	)
}

/** A list of cards; its children are `<Card as="li">`. */
export function CardList({ children, label }: { children: ReactNode; label?: string }) {
	return (
		<ul className="cards" aria-label={label}>
			{children}
		</ul>
	)
}
