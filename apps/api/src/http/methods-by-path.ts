import { URLPattern } from 'node:url';

/** The methods that the routes of each path take. */
export class MethodsByPath {
  readonly #methods = new Map<string, { pattern: URLPattern; methods: Set<string> }>();

  /** @param path of a route, with its parameters, such as `/imports/:id` */
  add(path: string, methods: string | readonly string[]): void {
    const route = this.#methods.get(path) ?? { pattern: new URLPattern({ pathname: path }), methods: new Set() };
    for (const method of [methods].flat()) route.methods.add(method);
    this.#methods.set(path, route);
  }

  /** @param url of a request, which may end with a slash more */
  of(url: string): string[] {
    const [path = ''] = url.split('?', 1);
    const pathname = path.replace(/(?<=.)\/$/, '');
    const found = [...this.#methods.values()].filter(({ pattern }) => pattern.test({ pathname }));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].toSorted();
  }
}
