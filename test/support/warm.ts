/** Strategies as they were read and compiled by the servers of this process: a test has another server, and the same strategies. */
import { KeptDocuments } from '../../server/ors/kept.js';
import type { Chart } from '../../engine/chart.js';

export const warm = { documents: new KeptDocuments(), charts: new Map<string, Chart>() };
