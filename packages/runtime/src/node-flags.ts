/**
 * Node flags of the services. By default, V8 lets garbage grow to several times the memory in use before it collects
 * it: under load, the API takes 450 MB for 60 MB in use. With these flags, V8 collects earlier, and the API takes 220
 * MB for 5 % more CPU time. The flags set no limit: the heap can still grow as needed.
 */
export const NODE_FLAGS: readonly string[] = ['--heap-growing-percent=60', '--max-semi-space-size=8'];
