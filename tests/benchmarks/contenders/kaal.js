import { start } from './start.js';

start().then(window.meter.answered, window.meter.failed);
