import { createContext, type ReactNode } from 'react'

/** Has the page inside the frame said with more than her language, where that was asked for; known to the server alone. */
export const PageSpeechContext = createContext((page: ReactNode): ReactNode => page)
