import { openStream } from './stream_source.ts';

// One event stream for all windows of this browser. Pages say hello and goodbye through their port.

interface WorkerScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

const ports = new Set<MessagePort>();
const tell = (message: unknown) => ports.forEach((port) => port.postMessage(message));
let close: (() => void) | null = null;

(globalThis as unknown as WorkerScope).onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  ports.add(port);
  port.onmessage = ({ data }: MessageEvent<string>) => {
    if (data === 'bye') ports.delete(port);
    if (data === 'close' || ports.size === 0) {
      close?.();
      close = null;
    }
    if (data === 'open') close ??= openStream(tell);
  };
  port.start();
};
