import { start } from './start.js';

start().then((answer) => self.postMessage(answer));
