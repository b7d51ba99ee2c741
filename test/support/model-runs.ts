/** How often a property is tried against a model. `MODEL_RUNS` sets another number. */
export const modelRuns = (usual: number): number => Number(process.env['MODEL_RUNS'] ?? usual);
