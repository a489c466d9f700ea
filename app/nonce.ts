import { createContext } from 'react'

/** The nonce this response's Content-Security-Policy allows scripts by; undefined in the browser. */
export const NonceContext = createContext<string | undefined>(undefined)
