/** Address of the script every page carries, with its content hash; defined by vite.config.ts. */
declare const __ENHANCE_URL__: string
