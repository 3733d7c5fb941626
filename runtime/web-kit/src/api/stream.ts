import { openStream } from './stream_source.ts';
import type { StreamEvent } from './types.ts';

const connect = () => new SharedWorker(new URL('./stream_worker.ts', import.meta.url), {
  type: 'module', name: 'tenon-stream',
});

/** Listens to what changed. Shares one connection between windows where the browser can. */
export function listenToStream(tell: (event: StreamEvent) => void): () => void {
  if (typeof SharedWorker === 'undefined') return openStream(tell);
  let worker: SharedWorker;
  try {
    worker = connect();
  } catch {
    return openStream(tell);
  }
  const { port } = worker;
  port.onmessage = ({ data }: MessageEvent<StreamEvent>) => tell(data);
  port.start();
  port.postMessage('open');
  const bye = () => port.postMessage('bye');
  const again = (event: PageTransitionEvent) => event.persisted && port.postMessage('open');
  window.addEventListener('pagehide', bye);
  window.addEventListener('pageshow', again);
  return () => {
    window.removeEventListener('pagehide', bye);
    window.removeEventListener('pageshow', again);
    port.postMessage('bye');
    port.close();
  };
}

/** Ends the shared connection, for every window: the session is over. */
export function endSharedStream() {
  if (typeof SharedWorker === 'undefined') return;
  try {
    const worker = connect();
    worker.port.start();
    worker.port.postMessage('close');
    worker.port.postMessage('bye');
  } catch {
    // No shared connection, nothing to end.
  }
}
