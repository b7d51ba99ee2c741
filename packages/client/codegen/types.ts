import openapiTS, { astToString, STRING } from 'openapi-typescript';

const DOCUMENT = new URL('../../../docs/openapi.json', import.meta.url);

/** Where the types are kept. */
export const TYPES_FILE = new URL('../src/generated/openapi.ts', import.meta.url);

/**
 * The types of all that docs/openapi.json describes, as TypeScript. An exact decimal has more digits than a number can
 * hold: it becomes a string, as the client hands it out.
 */
export async function typesOfDocument(): Promise<string> {
  const nodes = await openapiTS(DOCUMENT, {
    silent: true,
    // A field with a default may be left out of what is sent.
    defaultNonNullable: false,
    transform: ({ type, format }) => (type === 'number' && format === 'decimal' ? STRING : undefined),
  });
  return `// Made from docs/openapi.json by "npm run generate:client".\n\n${astToString(nodes)}`;
}
