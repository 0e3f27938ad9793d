/** What the commands ask of a server, and what they say when it does not answer as it should. */
import { plain } from './plain.js';

/** What is wrong and what to do, for who sits at the terminal. */
export class CentreError extends Error {
  override readonly name = 'CentreError';
  constructor(
    message: string,
    /** The server's word for it; undefined: it is not the server's. */
    readonly code?: string,
    /** Another time it may go well. */
    readonly passing = false,
  ) {
    super(plain(message));
  }
}

/** A secret, and the variable that it is from. */
export interface Token {
  readonly value: string;
  readonly variable: 'RINGBACK_ADMIN_TOKEN' | 'RINGBACK_AGENT_TOKENS';
}

export interface Asked {
  readonly url: string;
  readonly path: string;
  readonly token: Token;
  /** Makes it a POST, if nothing else is said. */
  readonly body?: object;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly signal?: AbortSignal;
}

const PATIENCE_MS = 5_000;

/** The object that the server answers. Rejects with CentreError. */
export const ask = async ({
  url,
  path,
  token,
  body,
  method = body ? 'POST' : 'GET',
  signal,
}: Asked): Promise<object> => {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token.value}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    throw unreachable(url, error, patience.aborted);
  }
  const said = objectIn(text);
  if (status === 200 && said) return said;
  throw refusal(url, token, status, said);
};

/** An address without a `/` at the end. Throws CentreError. */
export const addressOf = (text: string): string => {
  const { protocol, username, password } = URL.canParse(text) ? new URL(text) : { protocol: '' };
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '')
    throw new CentreError(
      'the address of the server must be a URL as http://127.0.0.1:8080, without a user: see --url',
    );
  return text.replace(/\/+$/, '');
};

const unreachable = (url: string, error: unknown, isLate: boolean): CentreError => {
  if (isLate) return new CentreError(`${url} does not answer within ${PATIENCE_MS / 1000} s`, undefined, true);
  const { cause } = error as { cause?: { code?: string; message?: string } };
  const why = cause?.code ?? cause?.message ?? String(error);
  return new CentreError(
    `nobody answers at ${url} (${why}): start the server with "npm start", or say where it is with --url`,
    undefined,
    true,
  );
};

const objectIn = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

const refusal = (url: string, { variable }: Token, status: number, said: object = {}): CentreError => {
  const { code, message } = said as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code !== 'string' || typeof message !== 'string' || code === 'NOT_FOUND')
    return new CentreError(
      `${url} answers with status ${status}, not as Ringback does: say where the server is with --url`,
      undefined,
      status >= 500,
    );
  if (code === 'ADMIN_CLOSED' || code === 'AGENTS_CLOSED')
    return new CentreError(`the server at ${url} has no ${variable}: start it with one, the same as here`, code);
  if (code === 'ADMIN_TOKEN_INVALID' || code === 'AGENT_TOKEN_INVALID')
    return new CentreError(`${variable} is not what the server at ${url} has: set it to the same as there`, code);
  return new CentreError(message, code, status >= 500);
};
