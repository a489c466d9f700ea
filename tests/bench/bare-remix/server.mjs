import { createRequestHandler } from '@remix-run/express'
import express from 'express'
import * as build from './build/server/index.js'

const app = express()
app.all('*', createRequestHandler({ build, mode: 'production' }))
app.listen(Number(process.env.PORT), '127.0.0.1')
