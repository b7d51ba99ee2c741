import type { FastifyInstance } from 'fastify';

export interface Address {
  host: string;
  port: number;
  /** Where the port comes from, for whoever has to change it. */
  setting: string;
}

/** Somebody else has the port. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor({ host, port, setting }: Address, cause: unknown) {
    super(`Port ${port} of ${host} is taken: set ${setting} to a free one.`, { cause });
  }
}

/**
 * Has an application take connections.
 *
 * @returns its address as a URL
 * @throws PortTakenError
 */
export async function listen(app: Pick<FastifyInstance, 'listen'>, address: Address): Promise<string> {
  try {
    return await app.listen({ host: address.host, port: address.port });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken ? new PortTakenError(address, error) : error;
  }
}
