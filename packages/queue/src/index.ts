export {
  importIdOf,
  jobName,
  NotYetError,
  type Attempt,
  type ChunkJob,
  type JobHandler,
  type JobHandlers,
  type JobName,
} from './catalog.ts';
export { prepareQueueServer, schemaOf, type QueueServer } from './connection.ts';
export { openConsumer, StalledError, type Consumer, type ConsumerOptions, type FailedAttempt } from './consumer.ts';
export { openInspector, type Inspector, type InspectorOptions, type JobCounts, type JobSummary } from './inspector.ts';
export { openProducer, type Producer, type ProducerOptions, type QueuedChunk } from './producer.ts';
export { checkRedis, type RedisCheck } from './redis-check.ts';
export { openWaiter, type Waiter, type WaiterOptions, type WaitOptions } from './waiter.ts';
