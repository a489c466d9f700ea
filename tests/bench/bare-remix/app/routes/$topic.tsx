import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TopicPage } from '~/features/forum/components/topic-page'
import { topics } from '../topics.server'

export const loader = ({ params }: LoaderFunctionArgs) => topics[Number(params.topic) % topics.length]!

export default function Topic() {
	return <TopicPage {...useLoaderData<typeof loader>()} />
}
