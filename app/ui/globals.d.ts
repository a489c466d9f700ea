/** Address of the script every page carries, with its content hash; defined by vite.config.ts. */
declare const __ENHANCE_URL__: string
/** Address of the script of pages that can be heard. */
declare const __LISTEN_URL__: string
