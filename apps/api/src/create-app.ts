import helmet from '@fastify/helmet';
import type { LoggerService } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { Logger as Pino } from 'pino';
import { ACCESS_SETTINGS, isSecure, type AccessSettings } from './http/access-settings.js';
import { EtagInterceptor } from './http/etag.interceptor.js';
import { ProblemFilter, validation } from './http/problem.filter.js';

const BODY_LIMIT = 256 * 1024;
/** For the whole of a request to arrive: who sends it drop by drop keeps no connection. */
const REQUEST_TIMEOUT_MS = 30_000;
const YEAR_SECONDS = 31_536_000;
const UNUSED_CHECK_MS = 100;
/** An asset's id has at most 200 characters, and a character at most nine when it is percent-encoded. */
const LONGEST_PARAMETER = 2_000;

/** Nest's log lines through pino; requests are logged by Fastify's own pino. */
export function nestLogger(log: Pino): LoggerService {
  const at =
    (level: 'info' | 'warn' | 'error' | 'debug' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
      log[level]({ context }, String(message));
    };
  return { log: at('info'), warn: at('warn'), error: at('error'), debug: at('debug'), fatal: at('fatal') };
}

/** @param trustedProxies networks, as CIDR, whose word on where a request comes from is taken */
export const adapter = (log?: Pino, trustedProxies: readonly string[] = []) =>
  new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    ...(log ? { loggerInstance: log } : {}),
  });

export function openApi(app: NestFastifyApplication): OpenAPIObject {
  const description =
    'Every read takes asOf, validAt, publicAt and position, and says which it answered at. Errors are RFC 9457.';
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder().setTitle('Faultline').setDescription(description).setVersion('1').build(),
    { operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '').toLowerCase()}_${method}` },
  );
  listNulls(document);
  return document;
}

/** OpenAPI 3.0.3: an enum that may be null must list null, which the converter leaves out. */
function listNulls(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  const { nullable, enum: values } = schema as { nullable?: boolean; enum?: unknown[] };
  if (nullable === true && Array.isArray(values) && !values.includes(null)) values.push(null);
  Object.values(schema).forEach(listNulls);
}

/**
 * At the end whatever is being answered is answered, and no longer waited: connections that are kept alive, or were
 * opened and never asked anything, would hold the end up for a minute.
 */
function closeUnusedConnectionsAtTheEnd(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let answering = 0;
  fastify.server.on('request', (_, reply) => {
    answering++;
    reply.once('close', () => answering--);
  });
  fastify.addHook('preClose', (done) => {
    const { server } = fastify;
    const closing = setInterval(() => {
      if (answering === 0) server.closeAllConnections();
      else server.closeIdleConnections();
    }, UNUSED_CHECK_MS).unref();
    server.once('close', () => clearInterval(closing));
    done();
  });
}

/** The same set-up for the process and for the tests. */
export async function configure(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  closeUnusedConnectionsAtTheEnd(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // Over plain http it says nothing to a browser; the name must be ours to say it of.
    strictTransportSecurity: isSecure(app.get<AccessSettings>(ACCESS_SETTINGS))
      ? { maxAge: YEAR_SECONDS, includeSubDomains: true }
      : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.useGlobalPipes(validation());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new EtagInterceptor());
  const document = JSON.stringify(openApi(app));
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(document));
  return app;
}
