/** The documents of one family as charts, each read once, however many ways it is played in. */
import type { Chart } from '../../../engine/chart.js';
import { compileText } from '../../../engine/index.js';
import { resource } from './family.js';

export class Charts {
  readonly #known = new Map<string, Chart>();

  /** Throws DocumentError when the text is no document. */
  read(text: string): Chart {
    const chart = this.#known.get(text) ?? compileText(text, { trusted: true, uri: 'fuzz', resources: resource });
    this.#known.set(text, chart);
    return chart;
  }
}
