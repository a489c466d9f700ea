/** The process lives. Deliberately asks nothing of the database. */
export const loader = () => new Response('ok\n', { headers: { 'cache-control': 'no-store' } })
