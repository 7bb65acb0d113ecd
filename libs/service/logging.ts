import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LoggerModule } from 'nestjs-pino';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace that a request belongs to by W3C trace context, else a new one. */
export const traceIdOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string =>
  TRACEPARENT.exec(String(headers.traceparent ?? ''))?.[1] ?? randomUUID().replaceAll('-', '');

/** JSON lines, or something for the eye on a terminal. Requests are told where they failed, at level debug all of them. */
export const logging = (level: string) =>
  LoggerModule.forRoot({
    pinoHttp: {
      level,
      ...(process.stdout.isTTY && { transport: { target: 'pino-pretty', options: { singleLine: true } } }),
      base: null,
      genReqId: traceIdOf,
      quietReqLogger: true,
      customAttributeKeys: { reqId: 'traceId' },
      customLogLevel: (_request, { statusCode }, error) => (error || statusCode >= 500 ? 'error' : 'debug'),
      serializers: {
        req: ({ method, url }: { method: string; url: string }) => ({ method, url }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
    },
  });
