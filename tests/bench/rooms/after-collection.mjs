// Loaded before a measured server: it answers how much memory it holds once its garbage is collected, since what was
// thrown away and still lies about says more about the moment than about the server. Needs --expose-gc.
process.on('message', (message) => {
	if (message !== 'memory') return
	globalThis.gc?.()
	globalThis.gc?.()
	process.send?.({ memory: process.memoryUsage() })
})
// Whoever measures is gone, and nobody else would end it.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
