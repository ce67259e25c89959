import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { gunzipSync } from 'node:zlib';
import ipaddr from 'ipaddr.js';
import { Agent, request, type Dispatcher } from 'undici';

/** Why a request was not made, or its answer not taken. */
export type EgressReason =
  | 'url.invalid'
  | 'url.scheme'
  | 'url.userinfo'
  | 'url.port'
  | 'url.private'
  | 'url.not_listed'
  | 'url.unresolved'
  | 'redirect.too_many'
  | 'answer.too_large'
  | 'answer.encoding';

export class EgressRefused extends Error {
  constructor(
    readonly reason: EgressReason,
    detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

export interface EgressPolicy {
  /** Networks the operator opens beyond public addresses, as CIDR. */
  readonly allow: readonly string[];
  readonly maxBytes: number;
  readonly maxRedirects: number;
  readonly timeoutMs: number;
  /** Hosts that may be asked, a dot in front for all below a name. Any, where it is empty or left out. */
  readonly hosts?: readonly string[];
  /** Whether plain http is refused beyond the networks of `allow`. */
  readonly httpsOnly?: boolean;
}

export const FEED_EGRESS: Omit<EgressPolicy, 'allow'> = {
  maxBytes: 20_000_000,
  maxRedirects: 3,
  timeoutMs: 30_000,
};
/** A webhook's answer is a receipt: its status counts, and no more of its text than this is read. */
export const WEBHOOK_EGRESS: Omit<EgressPolicy, 'allow'> = {
  maxBytes: 65_536,
  maxRedirects: 0,
  timeoutMs: 15_000,
  httpsOnly: true,
};
const CONNECT_TIMEOUT_MS = 10_000;
const MAX_EXPANSION = 100;
/** `::a.b.c.d`, deprecated by RFC 4291 and no public address: it means the IPv4 address in it, where it means anything. */
const IPV4_COMPATIBLE = ipaddr.parse('::');

/** Finds all addresses of a name, as node:dns does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty on 304. */
  readonly body: Uint8Array;
  readonly url: string;
}

/**
 * The one door for outbound HTTP. An address is checked three times: as written (Node asks no resolver about a literal),
 * as resolved, and both on the very address the socket is opened to, so that no name can change its mind in between.
 * Redirects are followed by hand, each hop checked anew.
 */
export class GuardedClient {
  private readonly agent: Dispatcher;
  private readonly allowed: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

  /** @throws Error when a CIDR of the policy cannot be read. */
  constructor(
    private readonly policy: EgressPolicy,
    private readonly resolve: Resolve = dnsLookup,
  ) {
    this.allowed = policy.allow.map((cidr) => ipaddr.parseCIDR(cidr));
    this.agent = new Agent({
      connect: {
        timeout: CONNECT_TIMEOUT_MS,
        lookup: (hostname, options, callback) => this.lookup(hostname, options, callback),
      },
    });
  }

  /**
   * GET with the given request headers.
   * @throws EgressRefused before a socket is opened to an address that is not allowed, or when the answer exceeds the caps.
   */
  async get(address: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    let url = this.check(address);
    for (let hop = 0; ; hop++) {
      const answer = await request(url, {
        dispatcher: this.agent,
        headers: { 'user-agent': 'faultline', accept: '*/*', 'accept-encoding': 'gzip', ...headers },
        headersTimeout: this.policy.timeoutMs,
        bodyTimeout: this.policy.timeoutMs,
        signal: AbortSignal.timeout(this.policy.timeoutMs),
      });
      const location = flat(answer.headers).location;
      if (answer.statusCode >= 300 && answer.statusCode < 400 && answer.statusCode !== 304 && location) {
        // A body given up is an error event that nobody else would take.
        answer.body.on('error', () => undefined).destroy();
        if (hop >= this.policy.maxRedirects)
          throw new EgressRefused('redirect.too_many', `more than ${this.policy.maxRedirects} from ${address}`);
        url = this.check(new URL(location, url).href);
        continue;
      }
      const body = this.decode(await this.collect(answer.body, url.href), flat(answer.headers)['content-encoding']);
      return { status: answer.statusCode, headers: flat(answer.headers), body, url: url.href };
    }
  }

  /**
   * POST of a body, once: a redirect is an answer like another and is not followed. Of the answer's text at most
   * `maxBytes` are read, and what comes after the timeout is left: its status stands.
   * @throws EgressRefused before a socket is opened to an address that is not allowed.
   */
  async post(address: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const url = this.check(address);
    const answer = await request(url, {
      method: 'POST',
      dispatcher: this.agent,
      headers: { 'user-agent': 'faultline', ...headers },
      body,
      headersTimeout: this.policy.timeoutMs,
      bodyTimeout: this.policy.timeoutMs,
      signal: AbortSignal.timeout(this.policy.timeoutMs),
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
        chunks.push(chunk.subarray(0, this.policy.maxBytes - size));
        size += chunk.length;
        if (size >= this.policy.maxBytes) break;
      }
    } catch {
      // The rest of the text does not come: the status has.
    }
    answer.body.on('error', () => undefined).destroy();
    return { status: answer.statusCode, headers: flat(answer.headers), body: Buffer.concat(chunks), url: url.href };
  }

  /**
   * Whether an address could be reached, without reaching it: its form, and what its name resolves to now.
   * @throws EgressRefused with the named reason.
   */
  async admit(address: string): Promise<void> {
    const url = this.check(address);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (ipaddr.isValid(host)) return;
    await new Promise<void>((settle, reject) => {
      this.lookup(host, {}, (error) => {
        if (error instanceof EgressRefused) reject(error);
        else if (error) reject(new EgressRefused('url.unresolved', `${host}: ${error.code ?? 'no address found'}`));
        else settle();
      });
    });
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private check(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url)
      throw new EgressRefused('url.invalid', `got ${address.slice(0, 200)}, wanted an address with http or https`);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new EgressRefused('url.scheme', `got ${url.protocol}, wanted http or https`);
    if (url.username || url.password)
      throw new EgressRefused('url.userinfo', 'an address must not carry a user or password');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const literal = ipaddr.isValid(host);
    if (literal && !this.permits(host)) throw new EgressRefused('url.private', `${host} is no public address`);
    if (this.policy.httpsOnly && url.protocol === 'http:' && !(literal && this.isOpened(host)))
      throw new EgressRefused('url.scheme', 'got http, wanted https');
    if (!this.isListed(url.hostname))
      throw new EgressRefused('url.not_listed', `${url.hostname} is not among the hosts the operator lists`);
    if (url.port && !literal) throw new EgressRefused('url.port', `got port ${url.port}, wanted the scheme's own`);
    return url;
  }

  private lookup(
    hostname: string,
    options: Omit<LookupAllOptions, 'all'>,
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ): void {
    this.resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const refused = addresses.find(({ address }) => !this.permits(address));
      if (!refused && addresses.length > 0) return callback(null, addresses);
      const detail = `${hostname} resolves to ${refused?.address ?? 'nothing'}`;
      callback(new EgressRefused('url.private', detail), []);
    });
  }

  private permits(address: string): boolean {
    const ip = ipaddr.process(address);
    const isPublic = ip.range() === 'unicast' && !(ip.kind() === 'ipv6' && ip.match(IPV4_COMPATIBLE, 96));
    return isPublic || this.isOpened(address);
  }

  private isListed(host: string): boolean {
    const { hosts = [] } = this.policy;
    const name = host.toLowerCase();
    return hosts.length === 0 || hosts.some((each) => (each.startsWith('.') ? name.endsWith(each) : name === each));
  }

  private isOpened(address: string): boolean {
    const ip = ipaddr.process(address);
    return this.allowed.some(([network, bits]) => ip.kind() === network.kind() && ip.match(network, bits));
  }

  private async collect(body: AsyncIterable<Uint8Array>, url: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > this.policy.maxBytes)
        throw new EgressRefused('answer.too_large', `${url} sent more than ${this.policy.maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  private decode(body: Buffer, encoding: string | undefined): Buffer {
    if (!encoding || encoding === 'identity' || body.length === 0) return body;
    if (encoding !== 'gzip')
      throw new EgressRefused('answer.encoding', `got content-encoding ${encoding}, wanted gzip or none`);
    try {
      return gunzipSync(body, {
        maxOutputLength: Math.min(this.policy.maxBytes * 3, body.length * MAX_EXPANSION + 1024),
      });
    } catch (error) {
      throw new EgressRefused(
        'answer.too_large',
        `the gzip answer does not unpack within its cap: ${(error as Error).message}`,
      );
    }
  }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
