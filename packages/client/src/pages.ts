/** Reads page after page, each when the caller asks for it. */
export async function* pagesOf<Page extends { next_cursor: string | null }>(
  read: (start: { cursor?: string }) => Promise<Page>,
): AsyncGenerator<Page, void> {
  let page = await read({});
  yield page;
  while (page.next_cursor !== null) {
    page = await read({ cursor: page.next_cursor });
    yield page;
  }
}
