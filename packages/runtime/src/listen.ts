import type { FastifyInstance } from 'fastify';

export interface Address {
  host: string;
  port: number;
  /** Name of the setting with the port, for the error message. */
  setting: string;
}

/** Another process uses the port. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor({ host, port, setting }: Address, cause: unknown) {
    super(`Port ${port} of ${host} is taken: set ${setting} to a free one.`, { cause });
  }
}

/**
 * Makes an application listen.
 *
 * @returns the address as a URL
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
