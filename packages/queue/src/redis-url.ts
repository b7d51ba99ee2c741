/** A host and a port. */
export interface RedisNode {
  host: string;
  port: number;
}

/** User and password for a server; its default user if there is no name. */
export interface RedisCredentials {
  username?: string;
  password?: string;
}

/** The address of Redis in one of its three forms. */
export type RedisAddress =
  | { kind: 'single'; url: string }
  | {
      kind: 'sentinel';
      tls: boolean;
      sentinels: RedisNode[];
      /** The sentinels' name for the group of servers. */
      name: string;
      credentials: RedisCredentials;
      /** For the sentinels, which have their own users. */
      sentinelCredentials: RedisCredentials;
    }
  | { kind: 'cluster'; tls: boolean; nodes: RedisNode[]; credentials: RedisCredentials };

const FORMS =
  'redis://[USER:PASSWORD@]HOST[:6379][/DB], redis+sentinel://[USER:PASSWORD@]HOST[:26379],HOST…/NAME, ' +
  'redis+cluster://[USER:PASSWORD@]HOST[:6379],HOST…, or the same with rediss for TLS; special characters as in %40';

const PARTS = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(\/[^?#]*)?(\?[^#]*)?$/;

const PORTS = { single: 6_379, sentinel: 26_379, cluster: 6_379 };

const SENTINEL_PARAMETERS = ['sentinelUsername', 'sentinelPassword'];

/**
 * Parses a REDIS_URL.
 *
 * @throws Error listing the valid forms. It never quotes the URL, which may contain a password
 */
export function parseRedisUrl(url: string): RedisAddress {
  const [, scheme, kind, userInfo, hosts = '', path = '/', query = ''] =
    PARTS.exec(url) ?? wrong('it is none of these');
  const tls = scheme === 'rediss';
  const name = decode(path.slice(1));
  const parameters = new URLSearchParams(query);
  const credentials = parseUserInfo(userInfo);

  if (kind === 'sentinel') {
    if (name === '') wrong('the name that the sentinels know is missing');
    for (const parameter of parameters.keys()) {
      if (!SENTINEL_PARAMETERS.includes(parameter)) wrong(`only ${SENTINEL_PARAMETERS.join(' and ')} may follow "?"`);
    }
    const sentinelCredentials = credentialsOf(parameters.get('sentinelUsername'), parameters.get('sentinelPassword'));
    return { kind, tls, sentinels: parseNodes(hosts, PORTS[kind]), name, credentials, sentinelCredentials };
  }
  if (kind === 'cluster') {
    if (name !== '' || query !== '') wrong('a cluster has no databases and takes no parameters');
    return { kind, tls, nodes: parseNodes(hosts, PORTS[kind]), credentials };
  }
  if (parseNodes(hosts, PORTS.single).length > 1) wrong('several hosts are a sentinel or cluster');
  if (!URL.canParse(url) || !/^\d*$/.test(name)) wrong('the database is not a number');
  return { kind: 'single', url };
}

function parseNodes(hosts: string, defaultPort: number): RedisNode[] {
  return hosts.split(',').map((host) => {
    // Not http: URL would drop its default port.
    const url = URL.parse(`redis://${host}`);
    if (!url?.hostname || url.port === '0') wrong('a host or a port is not what it should be');
    // Remove the brackets around IPv6 addresses.
    return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? defaultPort : Number(url.port) };
  });
}

function parseUserInfo(userInfo: string | undefined): RedisCredentials {
  const [username, ...password] = userInfo?.split(':') ?? [];
  return credentialsOf(username && decode(username), password.length > 0 ? decode(password.join(':')) : undefined);
}

function credentialsOf(username: string | null | undefined, password: string | null | undefined): RedisCredentials {
  return { ...(username && { username }), ...(password && { password }) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return wrong('a "%" in it is followed by something else than two hexadecimal digits');
  }
}

function wrong(reason: string): never {
  throw new Error(`REDIS_URL cannot be read: ${reason}. It takes ${FORMS}.`);
}
