const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

/** Finds where the answers on a connection end, and copies as little of them as it can. */
export class AnswerReader {
  readonly #onAnswer: (status: string) => void;
  /** What has come of a head. */
  #head = '';
  #status = '';
  /** Bytes of the body that are still to come; of a chunked one, unknown. */
  #remaining = 0;
  #isChunked = false;
  /** The last bytes of a chunked body. */
  #tail = '';

  /** @param onAnswer is told the status of each answer once all of it has come */
  constructor(onAnswer: (status: string) => void) {
    this.#onAnswer = onAnswer;
  }

  read(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0) rest = this.#status === '' ? this.#readHead(rest) : this.#readBody(rest);
  }

  #readHead(bytes: Buffer): Buffer {
    const before = this.#head.length;
    this.#head += bytes.toString('latin1');
    const end = this.#head.indexOf(END_OF_HEAD);
    if (end === -1) return bytes.subarray(bytes.length);
    const head = this.#head.slice(0, end).toLowerCase();
    this.#head = '';
    this.#status = head.slice(9, 12);
    this.#remaining = Number(/\r\ncontent-length: (\d+)/.exec(head)?.[1] ?? 0);
    this.#isChunked = head.includes('\r\ntransfer-encoding: chunked');
    this.#tail = '\r\n';
    if (!this.#isChunked && this.#remaining === 0) this.#end();
    return bytes.subarray(end + END_OF_HEAD.length - before);
  }

  #readBody(bytes: Buffer): Buffer {
    if (this.#isChunked) {
      this.#tail = (this.#tail + bytes.subarray(-LAST_CHUNK.length).toString('latin1')).slice(-LAST_CHUNK.length);
      if (this.#tail === LAST_CHUNK) this.#end();
      return bytes.subarray(bytes.length);
    }
    const taken = Math.min(bytes.length, this.#remaining);
    this.#remaining -= taken;
    if (this.#remaining === 0) this.#end();
    return bytes.subarray(taken);
  }

  #end(): void {
    const status = this.#status;
    this.#status = '';
    this.#onAnswer(status);
  }
}
