import { BlockList, isIP } from 'node:net';

import type * as Undici from 'undici';

import { CommandError } from '../terminal/command-error.ts';
import type { ProxySettings } from './config.ts';

/**
 * Finds the proxy for an address; undefined if it needs none. This machine never does: the proxy of a network does not
 * lead back to it.
 *
 * @throws CommandError if the proxy has no valid address
 */
export function findProxy(url: URL, { http, https, none }: ProxySettings): URL | undefined {
  const [proxy, variable] = url.protocol === 'https:' ? [https, 'HTTPS_PROXY'] : [http, 'HTTP_PROXY'];
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (!proxy || isLoopback(host) || none.split(/[\s,]+/).some((entry) => isCovered(host, url, entry))) return undefined;
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (!/^https?:/i.test(address) || !URL.canParse(address)) {
    throw new CommandError(`${variable} must be the address of an HTTP proxy, such as http://proxy.example:3128.`);
  }
  return new URL(address);
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    host === '[::1]' ||
    /^127(\.\d+){3}$/.test(host)
  );
}

/** Whether an entry of NO_PROXY is a host: `*`, a domain with all below it, an address or a network; with a port or not. */
function isCovered(host: string, { port, protocol }: URL, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = entry, ownPort] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (ownPort !== undefined && ownPort !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  const bare = name
    .replace(/^\*?\./, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (bare === '') return false;
  return bare.includes('/') ? isInNetwork(host, bare) : host === bare || host.endsWith(`.${bare}`);
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(host) === 0 || isIP(address) !== isIP(host) || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 'ipv6' ? 128 : 32)) return false;
  const networks = new BlockList();
  networks.addSubnet(address, Number(bits), family);
  return networks.check(host, family);
}

/** Names a proxy in messages, without its user and password. */
export function nameOf(proxy: URL): string {
  return proxy.origin;
}

/** A proxy has refused to connect, with this status. */
class RefusedError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The proxy has answered ${status}.`);
    this.status = status;
  }
}

/** How undici reports that a proxy has refused to pass on an http: request. */
const UNKNOWN_USER = 'Proxy Authentication Required (407)';

/**
 * Creates a `fetch` that sends requests through a proxy. It passes on http: requests to the proxy, and has it connect to
 * https: addresses. Node's own fetch has no such option in Node 20.
 */
export function fetchThrough(proxy: URL): (request: Request) => Promise<Response> {
  let agent: Undici.ProxyAgent | undefined;
  return async (request) => {
    // Few need it, and it would double the time to start.
    const undici = await import('undici');
    agent ??= createAgent(undici, proxy);
    const { method, url, headers, signal } = request;
    const body = request.body && new Uint8Array(await request.arrayBuffer());
    const redirect = 'manual' as const;
    const options = { method, headers: [...headers], body, signal, redirect, dispatcher: agent };
    const answer = await undici.fetch(url, options).catch((error: unknown) => {
      const status = statusOf(error);
      if (status === undefined) throw error;
      return Response.json({ error: `The proxy ${nameOf(proxy)} refuses it` }, { status });
    });
    // Whoever reads the answer decides how much of it.
    const { status, statusText, body: read } = answer;
    return new Response(read, { status, statusText, headers: [...answer.headers] });
  };
}

function createAgent({ Pool, ProxyAgent: Agent }: typeof Undici, proxy: URL): Undici.ProxyAgent {
  const clientFactory = (origin: URL, options: object) => {
    const pool = new Pool(origin, options);
    // It makes the connections; the one above makes none.
    const tunnels = new Pool(origin, options);
    return Object.assign(pool, {
      // Without this, undici reports a refusal as if the request had been aborted.
      async connect(parameters: Undici.Dispatcher.ConnectOptions) {
        const answer = await tunnels.connect(parameters);
        if (answer.statusCode === 200) return answer;
        answer.socket.destroy();
        throw new RefusedError(answer.statusCode);
      },
    });
  };
  return new Agent({ uri: proxy.href, proxyTunnel: false, clientFactory });
}

/** With which status a proxy has refused a request; undefined if the failure is another. */
function statusOf(error: unknown): number | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof RefusedError) return cause.status;
  return cause instanceof Error && cause.message === UNKNOWN_USER ? 407 : undefined;
}
