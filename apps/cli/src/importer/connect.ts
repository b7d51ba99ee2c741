import { createClient, type TracklyClient } from '@trackly/client';

import { CommandError } from '../terminal/command-error.ts';
import { readProxySettings } from './config.ts';
import { notice } from '../terminal/notice.ts';
import { fetchThrough, findProxy, isLoopback, nameOf } from './proxy.ts';
import { retryNotice } from './retry-notice.ts';

const API_KEY = /^trk_[0-9A-Za-z]{32}$/;

/** The options of every command that reaches the service. */
export interface ServiceFlags {
  url: string;
  apiKey: string;
}

/**
 * Creates a client of the service, through the proxy that the environment names, if any. The client reports retries on
 * stderr.
 *
 * @param onRetry called before each retry of a request
 * @throws CommandError if an option is not valid
 */
export function connect({ url, apiKey }: ServiceFlags, onRetry?: () => void): TracklyClient {
  if (!/^https?:/.test(url) || !URL.canParse(url)) {
    throw new CommandError('--url must be an address such as http://127.0.0.1:3000.');
  }
  if (!API_KEY.test(apiKey)) {
    throw new CommandError('--api-key must be trk_ and 32 letters or digits, as "trackly keys create" prints it.');
  }
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !isLoopback(hostname)) {
    notice(`The API key and all records go to ${hostname} unencrypted: use https unless you trust the network.`);
  }
  const proxy = findProxy(new URL(url), readProxySettings());
  const notify = retryNotice();
  return createClient({
    url,
    apiKey,
    ...(proxy && { fetch: fetchThrough(proxy), proxy: nameOf(proxy) }),
    onRetry: (error) => {
      onRetry?.();
      notify(error);
    },
  });
}
