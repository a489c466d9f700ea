import { renderToStaticMarkup } from 'react-dom/server'
import { formatDateTime } from '~/platform/i18n/format'
import { fixedT } from '~/platform/i18n/i18n.server'
import { dirOf } from '~/platform/i18n/languages'
import type { OwnText, Part } from './belongings'

/** Names that say nothing about what is in the file, for whoever looks at her downloads. */
const NAME = 'notes'

const headers = (type: string, ending: string) => ({
	'content-type': `${type}; charset=utf-8`,
	'content-disposition': `attachment; filename="${NAME}.${ending}"`,
	'cache-control': 'no-store',
})

/** Her copy for another machine: every part by its name. */
export const copyAsJson = (parts: Part[]) =>
	new Response(
		JSON.stringify(Object.fromEntries(parts.map(({ name, ...part }) => [name, part])), null, '\t'),
		{
			headers: headers('application/json', 'json'),
		},
	)

/** Her copy to read, in her language: one file that needs no connection. */
export const copyAsHtml = (parts: Part[], locale: string) =>
	new Response(`<!doctype html>${renderToStaticMarkup(<Copy parts={parts} locale={locale} />)}`, {
		headers: headers('text/html', 'html'),
	})

const STYLE =
	'body{font:1rem/1.6 system-ui,sans-serif;max-inline-size:42rem;margin:2rem auto;padding-inline:1rem}' +
	'article{border-block-start:1px solid #ccc;padding-block:.75rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}' +
	'.said{white-space:pre-wrap;overflow-wrap:anywhere}small{color:#555}'

function Copy({ parts, locale }: { parts: Part[]; locale: string }) {
	const t = fixedT(locale)
	const told = parts.filter(({ texts, facts }) => (texts?.length ?? 0) + (facts?.length ?? 0) > 0)
	return (
		<html lang={locale} dir={dirOf(locale)}>
			<head>
				<meta charSet="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>Mimosa</title>
				<style>{STYLE}</style>
			</head>
			<body>
				<h1>{t('members:data.copyTitle')}</h1>
				<p>{t('members:data.copyLead', { date: `${formatDateTime(locale, new Date())} UTC` })}</p>
				{told.map(({ name, texts, facts }) => (
					<section key={name}>
						<h2>{t(`members:data.parts.${name}`)}</h2>
						{texts?.map((text, at) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: a page made once has no other identity for them
							<Said key={at} text={text} locale={locale} />
						))}
						{facts?.length ? (
							<details>
								<summary>{t('members:data.facts')}</summary>
								<pre dir="ltr">{JSON.stringify(facts, null, 2)}</pre>
							</details>
						) : null}
					</section>
				))}
			</body>
		</html>
	)
}

function Said({ text, locale }: { text: OwnText; locale: string }) {
	const own = { lang: text.lang ?? undefined, dir: text.dir ?? 'auto' }
	return (
		<article>
			{text.at ? <small>{formatDateTime(locale, text.at)} UTC</small> : null}
			{text.title ? <h3 {...own}>{text.title}</h3> : null}
			<p className="said" {...own}>
				{text.text}
			</p>
		</article>
	)
}
