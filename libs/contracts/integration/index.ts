export * from './async-api.js';
export * from './channels.js';
export * from './cloud-event.js';
export * from './watermark.js';
