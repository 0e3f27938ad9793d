/** What `npm start` says once it listens: where it is, and what to try. README shows the same lines; a test holds it to them. */
import { examples } from './gms/demo-services.js';

export const welcome = (url: string): string => `
Ringback listens on ${url}, with a demo contact centre: six agents, the queues VQ_Billing and VQ_Support, and customers
who behave by the last digit of their number (0 answers, 1 busy, 2 no answer, 3 answering machine, 4 fax, 5 silence, 6 hangs up,
7 busy once, 8 no such number, 9 by chance).

Call a customer back:
  ${examples.start(url)}
See how it stands, with the _id of the answer:
  ${examples.query(url)}

`;
