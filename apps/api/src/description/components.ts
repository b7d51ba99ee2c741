import { responseHeaders } from './headers.ts';

/**
 * Moves what the description repeats into components: each schema with a title, under that title, and the headers of
 * responses, under their names. The schemas that validate requests stay free of references.
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
