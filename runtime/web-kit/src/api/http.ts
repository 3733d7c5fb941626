import { ApiError } from './api_error.ts';
import type { ProblemDocument } from './types.ts';

// The one place that calls fetch. Watches the application version on every reply.

export interface RequestOptions {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  keepalive?: boolean;
}

type VersionListener = (version: number) => void;
let onVersion: VersionListener = () => {};
let onSignedOut: () => void = () => {};

export function listenToReplies(listeners: { version: VersionListener; signedOut: () => void }) {
  onVersion = listeners.version;
  onSignedOut = listeners.signedOut;
}

export function apiUrl(path: string, query?: RequestOptions['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    return {};
  }
}

async function send(
  method: string, path: string, accept: string, options: RequestOptions,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept, ...options.headers };
  let body: BodyInit | null = null;
  if (options.body instanceof Blob) body = options.body;
  else if (options.body !== undefined) {
    headers['Content-Type'] ??= 'application/json';
    body = JSON.stringify(options.body);
  }
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), {
      method, headers, body, signal: options.signal ?? null, credentials: 'same-origin',
      keepalive: options.keepalive ?? false,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, { code: 'offline' });
  }
  const version = Number(response.headers.get('Tenon-Application'));
  if (version > 0) onVersion(version);
  if (!response.ok) {
    const error = new ApiError(response.status, await problemOf(response));
    if (response.status === 401 && !path.startsWith('/session')) onSignedOut();
    throw error;
  }
  return response;
}

export async function request<T>(
  method: string, path: string, options: RequestOptions = {},
): Promise<T> {
  const response = await send(method, path, 'application/json', options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** A file that the server makes, with the name it gives it. */
export async function requestFile(
  path: string, options: RequestOptions = {},
): Promise<{ name: string; bytes: Blob }> {
  const response = await send('GET', path, '*/*', options);
  const told = response.headers.get('Content-Disposition') ?? '';
  const name = /filename\*=UTF-8''([^;]+)/.exec(told)?.[1];
  return { name: name ? decodeURIComponent(name) : 'export', bytes: await response.blob() };
}
