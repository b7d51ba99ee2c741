import { Deployment } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import type { IContainer, IPodSpec, IProbe } from 'kubernetes-models/v1';

import type { Manifest } from './manifests.ts';

export interface Pod {
  /** Of what makes it. */
  name: string;
  labels: Record<string, string>;
  spec: IPodSpec;
  container: IContainer;
  /** Startup, liveness and readiness, those that there are. */
  probes: IProbe[];
}

/** The pods that deployments and jobs make, one of each. */
export function podsOf(objects: Manifest[]): Pod[] {
  return [...objects.filter(Deployment.is), ...objects.filter(Job.is)].map(({ metadata, spec }) => {
    const { labels = {} } = spec?.template.metadata ?? {};
    const podSpec = spec?.template.spec;
    const [container, ...others] = podSpec?.containers ?? [];
    if (!podSpec || !container || others.length > 0) throw new Error(`${metadata?.name} must have one container.`);
    const { startupProbe, livenessProbe, readinessProbe } = container;
    const probes = [startupProbe, livenessProbe, readinessProbe].filter((probe) => probe !== undefined);
    return { name: metadata?.name ?? '', labels, spec: podSpec, container, probes };
  });
}

/** Whether labels are those that a selector asks for; an empty one asks for none. */
export function matches(wanted: Record<string, string> | undefined, labels: Record<string, string>): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => labels[name] === value);
}
