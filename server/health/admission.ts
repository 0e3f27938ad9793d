/**
 * Requests while the server stops: new ones are turned away, and connections end with the answer that they wait for. A part of
 * `operations.ts`.
 */
import type { RequestHandler, Response } from 'express';
import { problem } from '../problems.js';

export class Admission {
  readonly #unanswered = new Set<Response>();
  #stopping = false;

  /** Every request passes here first. */
  readonly noted: RequestHandler = (_request, response, next) => {
    if (this.#stopping) response.setHeader('Connection', 'close');
    this.#unanswered.add(response);
    response.once('close', () => this.#unanswered.delete(response));
    next();
  };

  /** And here when it is not about the server itself. */
  readonly admitted: RequestHandler = (_request, _response, next) => {
    if (this.#stopping) throw problem('NOT_READY');
    next();
  };

  stop(): void {
    this.#stopping = true;
    for (const response of this.#unanswered) if (!response.headersSent) response.setHeader('Connection', 'close');
  }
}
