/** In bytes, after decompression. No answer of the API comes near it; proxies and other servers may send anything. */
export const LONGEST_ANSWER = 16 * 1024 * 1024;

/** Reads the body of an answer. Returns undefined if it is longer than {@link LONGEST_ANSWER}, and ends its connection. */
export async function readText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > LONGEST_ANSWER) {
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
