import ipaddr from 'ipaddr.js';

/** The bytes of an IPv6 address that one subscriber has for all of its machines: https://www.rfc-editor.org/rfc/rfc6177 */
const NETWORK_BYTES = 8;

/**
 * Names whoever is at an address. An IPv6 network counts as one address.
 *
 * @param address undefined for a connection that is closed already
 */
export function strangerAt(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'address unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return `address ${parsed.toString()}`;
  return `network ${Buffer.from(parsed.toByteArray().slice(0, NETWORK_BYTES)).toString('hex')}`;
}
