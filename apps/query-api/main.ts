import { createQueryApi } from './query-api.js';

const { app, port } = await createQueryApi(process.env);
await app.listen(port, '0.0.0.0');
