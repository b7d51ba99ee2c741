/** What the environment says about proxies, as curl and others read it. */
export interface ProxySettings {
  /** The proxy for addresses that begin with http: or https:. */
  http: string | undefined;
  https: string | undefined;
  /** The hosts that need none, with commas between them. */
  none: string;
}

/** Reads the variables for proxies. The one in lower case counts if there are both. */
export function readProxySettings(): ProxySettings {
  const read = (name: string) => process.env[name] ?? process.env[name.toUpperCase()];
  return { http: read('http_proxy'), https: read('https_proxy'), none: read('no_proxy') ?? '' };
}
