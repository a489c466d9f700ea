import type { i18n } from 'i18next'
import { createContext } from 'react'

/** What the page inside the frame is said with, where that is more than her language; known to the server alone. */
export const PageSpeechContext = createContext<i18n | undefined>(undefined)
