import {
  BadRequestException,
  Catch,
  HttpException,
  StandardSchemaValidationPipe,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { AsOfError } from '@faultline/evidence';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What an answer says of an error, beside RFC 9457's own members. */
interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors?: unknown;
}

const STATUS_OF_AS_OF: Record<AsOfError['code'], number> = {
  'asof.format': 400,
  'asof.conflict': 400,
  'asof.future': 400,
  'asof.apart': 400,
  'asof.not_yet': 409,
};

/** An expected failure with its stable code. */
export class ProblemException extends HttpException {
  constructor(status: number, code: string, detail: string, errors?: readonly unknown[]) {
    super({ code, detail, ...(errors === undefined ? {} : { errors }) }, status);
  }
}

/** Every error as application/problem+json, RFC 9457, with a stable `code` and no stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemOf(error);
    if (problem.status >= 500) request.log.error(error);
    else note(request, problem);
    void http
      .getResponse<FastifyReply>()
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send({ type: 'about:blank', instance: request.url.split('?')[0], ...problem });
  }
}

/** Who is not let in, or asks too much, may be trying: that is a warning. */
const ATTEMPTS = new Set([401, 403, 429]);

/** Writes down that a request was refused and why, and nothing of what was sent with it. */
function note({ log, method, url, ip }: FastifyRequest, { status, code }: Problem): void {
  const refusal = { status, code, method, path: url.split('?')[0], from: ip };
  if (ATTEMPTS.has(status)) log.warn(refusal, 'refused');
  else log.info(refusal, 'refused');
}

function problemOf(error: unknown): Problem {
  if (error instanceof AsOfError) {
    const status = STATUS_OF_AS_OF[error.code];
    return {
      status,
      code: error.code,
      title: 'These coordinates cannot be answered',
      detail: error.message,
      errors: [{ parameter: error.parameter, detail: error.message }],
    };
  }
  if (error instanceof HttpException) {
    const body = error.getResponse();
    const given =
      typeof body === 'string'
        ? { detail: body }
        : (body as { code?: string; detail?: string; message?: string; errors?: unknown });
    const status = error.getStatus();
    const message = 'message' in given && typeof given.message === 'string' ? given.message : undefined;
    return {
      status,
      code: 'code' in given && given.code ? given.code : `http.${status}`,
      title: TITLES[status] ?? 'The request failed',
      detail: given.detail ?? message,
      ...('errors' in given && given.errors ? { errors: given.errors } : {}),
    };
  }
  // Fastify's own refusals: a body too large, a wrong content type, a malformed address.
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    return {
      status,
      code: `http.${status}`,
      title: TITLES[status] ?? 'The request failed',
      detail: (error as Error).message,
    };
  }
  return {
    status: 500,
    code: 'internal',
    title: 'Something failed here',
    detail: 'The failure has been logged; the request may be tried again.',
  };
}

const TITLES: Record<number, string> = {
  400: 'The request cannot be understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'There is no such thing',
  409: 'It is not as it was taken to be',
  413: 'The request is too large',
  415: 'Another content type is wanted',
  429: 'Too much was asked',
  422: 'What was sent cannot be taken',
  503: 'Not available now',
};

/** Validates queries and bodies against their zod schema; each issue with its pointer. */
export const validation = () =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new BadRequestException({
        code: 'query.invalid',
        errors: issues.map((issue) => ({
          pointer: '/' + (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('/'),
          detail: issue.message,
        })),
      }),
  });
