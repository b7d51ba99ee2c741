const WELL_FORMED = /^[\w.:/+=@-]{1,128}$/;

/** Whether a text is a valid request id: 1 to 128 harmless characters. */
export function isRequestId(text: string): boolean {
  return WELL_FORMED.test(text);
}
