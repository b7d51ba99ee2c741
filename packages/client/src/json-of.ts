/** The JSON of a body that openapi-typescript describes. */
export type JsonOf<Body> = Body extends { content: { 'application/json': infer Json } } ? Json : never;
