/**
 * Busy treatments: what a customer hears while a request waits, from the beginning again when all have ended. They stop when one
 * fails, or when they take no time: nothing would be heard.
 */
import type { ModuleChild } from '../../../../engine/effect.js';
import { runTreatments, type Audience, type DialogServices, type Running } from '../dialog/run.js';

export class Busy {
  #running: Running | undefined;
  #rounds = 0;

  constructor(
    private readonly children: readonly ModuleChild[],
    private readonly audience: Audience,
    private readonly services: DialogServices,
  ) {}

  /** Each round has a key of its own, in every process: what was heard before is played again. */
  start(): void {
    if (this.#running || this.children.length === 0) return;
    const { clock } = this.services;
    const began = clock.now();
    const round = { ...this.audience, key: `${this.audience.key}/busy/${began}/${this.#rounds}`, since: began };
    this.#rounds += 1;
    const running = (this.#running = runTreatments(this.children, round, this.services));
    const over = (again: boolean): void => {
      if (this.#running !== running) return;
      this.#running = undefined;
      if (again) this.start();
    };
    running.ended.then(
      ({ ok }) => {
        over(ok && clock.now() > began);
      },
      // An adapter that breaks: the customer waits in silence, as after a treatment that failed.
      () => {
        over(false);
      },
    );
  }

  stop(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.stop();
  }

  /** The session is over: a prompt goes on with its call. */
  leave(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.leave();
  }
}
