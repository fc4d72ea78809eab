const worker = new Worker(new URL('kaal-in-worker.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => window.meter.answered(data);
worker.onerror = ({ message }) => window.meter.failed(message);
