import type { StreamEvent } from './types.ts';

// The event stream itself, in a worker or in the page. Comes back by itself, with growing pauses.

const kinds = ['change', 'gone', 'object', 'application', 'tasks'] as const;
const retryMs = [1000, 2000, 5000, 10000, 30000];

export function openStream(tell: (event: StreamEvent) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let stopped = false;

  const connect = () => {
    source = new EventSource('/api/v1/stream', { withCredentials: true });
    source.addEventListener('hello', () => {
      tries = 0;
      tell({ type: 'status', online: true });
      tell({ type: 'hello' });
    });
    for (const type of kinds) {
      source.addEventListener(type, (message: MessageEvent<string>) => {
        tell({ type, ...JSON.parse(message.data) } as StreamEvent);
      });
    }
    source.onerror = () => {
      tell({ type: 'status', online: false });
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      clearTimeout(timer);
      timer = setTimeout(connect, retryMs[Math.min(tries++, retryMs.length - 1)]);
    };
  };
  connect();

  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
