import type { Server as HttpServer } from 'node:http'
export function openSocketServer(_http: HttpServer, _features: unknown[]) {}
export function closeSockets() {}
