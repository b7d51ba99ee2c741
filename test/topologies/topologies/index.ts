import type { Topology } from '../topology.ts';
import { pgbouncer } from './pgbouncer.ts';
import { postgresFailover, postgresFailoverRedis } from './postgres-failover.ts';
import { postgresTls } from './postgres-tls.ts';
import { postgres15, postgres18 } from './postgres-versions.ts';
import { redisCluster } from './redis-cluster.ts';
import { redisSentinel } from './redis-sentinel.ts';
import { redisTlsAcl } from './redis-tls-acl.ts';
import { valkey } from './valkey.ts';

/** All topologies, in the order in which they are played: those that take longest first. */
export const topologies: readonly Topology[] = [
  postgresFailover,
  postgres15,
  redisSentinel,
  redisCluster,
  postgresFailoverRedis,
  postgres18,
  valkey,
  postgresTls,
  pgbouncer,
  redisTlsAcl,
];
