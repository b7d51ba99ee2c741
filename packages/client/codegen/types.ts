import openapiTS, { astToString, STRING } from 'openapi-typescript';

const DOCUMENT = new URL('../../../docs/openapi.json', import.meta.url);

/** The file with the generated types. */
export const TYPES_FILE = new URL('../src/generated/openapi.ts', import.meta.url);

/**
 * Generates TypeScript types from docs/openapi.json. Exact decimals become strings, as the client returns them, because
 * they can have more digits than a number holds.
 */
export async function typesOfDocument(): Promise<string> {
  const nodes = await openapiTS(DOCUMENT, {
    silent: true,
    // A client may omit a field with a default.
    defaultNonNullable: false,
    transform: ({ type, format }) => (type === 'number' && format === 'decimal' ? STRING : undefined),
  });
  return `// Made from docs/openapi.json by "npm run generate:client".\n\n${astToString(nodes)}`;
}
