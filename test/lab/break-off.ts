import type { Socket } from 'node:net';

/**
 * Breaks a connection without a farewell: the other side gets a RST. One that we have ended already cannot be reset any
 * more; trying to would leave it open for good.
 */
export function breakOff(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
