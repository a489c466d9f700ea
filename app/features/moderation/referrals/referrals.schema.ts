import { z } from 'zod'
import { OneCase, Words } from '../moderation.schema'

const Id = z.uuid('errors:notUnderstood')

export const Offer = OneCase.extend({ organisation: z.uuid('errors:choose'), words: Words })

export const OneReferral = z.object({ referral: Id })

export const Answer = OneReferral.extend({ answer: z.enum(['yes', 'no'], 'errors:choose'), words: Words })
