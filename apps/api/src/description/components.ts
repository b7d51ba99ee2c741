import { responseHeaders } from './headers.ts';

/**
 * Names what a description repeats. A schema with a title is a component of that name, and the headers of responses are
 * the components of their names. What validates stays free of references.
 */
export function withComponents<T extends { paths?: object; components?: object }>(document: T): T {
  const schemas: Record<string, object> = {};
  const paths = JSON.parse(JSON.stringify(document.paths), (key, value: unknown) => {
    if (isTitledSchema(value)) {
      schemas[value.title] = value;
      return { $ref: `#/components/schemas/${value.title}` };
    }
    if (key !== 'headers' || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.keys(value).map((name) => [name, { $ref: `#/components/headers/${name}` }]));
  });
  return { ...document, paths, components: { ...document.components, headers: responseHeaders, schemas } };
}

function isTitledSchema(value: unknown): value is { title: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    'title' in value &&
    typeof value.title === 'string'
  );
}
