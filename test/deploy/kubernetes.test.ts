import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { ScaledObject, TriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service, ServiceAccount } from 'kubernetes-models/v1';
import { describe, expect, test } from 'vitest';

import { createDatabase } from '../support/database.ts';
import { allFiles, buildWithKustomize, folder, readKustomization, type Manifest } from './manifests.ts';
import { matches, podsOf, type Pod } from './pods.ts';
import { findSchemaErrors } from './schemas.ts';
import { imageEnvironment, knownSettings } from './settings.ts';

const SERVICES = ['api', 'ops', 'worker'];
const asWritten = await readKustomization('overlays/example');
const asBuilt = await buildWithKustomize('overlays/example');
if (!asBuilt) console.warn('No kubectl found: the manifests are checked as written, not as kustomize builds them.');

const nameOf = ({ metadata }: { metadata?: { name?: string } }) => metadata?.name ?? '';

test('each file belongs to a kustomization, and each that one names is there', async () => {
  expect([...asWritten.named].toSorted()).toEqual((await allFiles()).toSorted());
});

test.skipIf(!asBuilt)('kustomize builds what is written, with the image of the overlay', () => {
  const names = (objects: Manifest[]) =>
    objects.filter((object) => !ConfigMap.is(object)).map((object) => `${object.kind} ${nameOf(object)}`);
  expect(names(asBuilt ?? []).toSorted()).toEqual(names(asWritten.objects).toSorted());
  for (const { container } of podsOf(asBuilt ?? []))
    expect(container.image).toMatch(/^registry\.example\.com\/trackly:\d+\.\d+\.\d+$/);
});

test('all settings are known to the code', async () => {
  const known = await knownSettings();
  const lines = [...asWritten.settings.values()].flat().map((line) => line.split('=')[0]);
  const variables = podsOf(asWritten.objects).flatMap(({ container }) => (container.env ?? []).map(({ name }) => name));
  expect([...lines, ...variables].filter((name = '') => !known.has(name))).toEqual([]);
});

test('workers are scaled by a query that the database answers', async () => {
  await using database = await createDatabase();
  const [trigger] = asWritten.objects.filter(ScaledObject.is).flatMap(({ spec }) => spec.triggers);
  const { rows } = await database.sql.query({ text: trigger?.metadata['query'] ?? '', rowMode: 'array' });
  expect(rows).toEqual([['0']]);
});

const sources = [
  { source: 'as written', objects: asWritten.objects, settings: [...asWritten.settings.keys()] },
  {
    source: 'as kustomize builds them',
    objects: asBuilt ?? [],
    settings: (asBuilt ?? []).filter(ConfigMap.is).map(nameOf),
  },
];

describe.for(sources.filter(({ objects }) => objects.length > 0))(
  'the manifests, $source:',
  ({ objects, settings }) => {
    const pods = podsOf(objects);
    const services = objects.filter(Service.is);
    const selected = (labels: Record<string, string> | undefined) => pods.filter((pod) => matches(labels, pod.labels));
    const selectedNames = (labels: Record<string, string> | undefined) =>
      selected(labels)
        .map(({ name }) => name)
        .toSorted();
    const table = <T extends Manifest | object>(found: T[], column: (each: T) => unknown) =>
      Object.fromEntries(found.map((each) => [nameOf(each), column(each)]));

    test('they fit their schemas, without a field that those do not know', async () => {
      expect(await findSchemaErrors(objects)).toBe('');
    });

    test('each selector selects the pods that are meant', () => {
      expect(table(objects.filter(Deployment.is), ({ spec }) => selectedNames(spec?.selector.matchLabels))).toEqual({
        api: ['api'],
        ops: ['ops'],
        worker: ['worker'],
      });
      expect(table(services, ({ spec }) => selectedNames(spec?.selector))).toEqual({ api: ['api'], ops: ['ops'] });
      expect(
        table(objects.filter(PodDisruptionBudget.is), ({ spec }) => selectedNames(spec?.selector?.matchLabels)),
      ).toEqual({ api: ['api'], worker: ['worker'] });
      expect(
        table(objects.filter(NetworkPolicy.is), ({ spec }) => selectedNames(spec?.podSelector?.matchLabels)),
      ).toEqual({
        'default-deny': ['api', 'migrate', 'ops', 'worker'],
        'to-servers': ['api', 'migrate', 'ops', 'worker'],
        'from-ingress-to-api': ['api'],
        'from-prometheus': ['api', 'migrate', 'ops', 'worker'],
      });
      for (const { spec, labels } of pods)
        for (const { labelSelector } of spec.topologySpreadConstraints ?? [])
          expect(matches(labelSelector?.matchLabels, labels)).toBe(true);
      const monitor = objects.find(PodMonitor.is);
      const [components] = monitor?.spec.selector.matchExpressions ?? [];
      const monitored = selected(monitor?.spec.selector.matchLabels).filter(({ labels }) =>
        components?.values?.includes(labels[components.key] ?? ''),
      );
      expect(monitored.map(({ name }) => name).toSorted()).toEqual(SERVICES);
    });

    test('each reference leads to an object that is there', () => {
      const deployments = objects.filter(Deployment.is).map(nameOf);
      const authentications = objects.filter(TriggerAuthentication.is).map(nameOf);
      const accounts = objects.filter(ServiceAccount.is).map(nameOf);
      for (const { spec } of objects.filter(HorizontalPodAutoscaler.is))
        expect(deployments).toContain(spec?.scaleTargetRef.name);
      for (const { spec } of objects.filter(ScaledObject.is)) {
        expect(deployments).toContain(spec.scaleTargetRef.name);
        for (const { authenticationRef } of spec.triggers) expect(authentications).toContain(authenticationRef?.name);
      }
      for (const { spec, container } of pods) {
        for (const { configMapRef } of container.envFrom ?? []) expect(settings).toContain(configMapRef?.name);
        expect([undefined, ...accounts]).toContain(spec.serviceAccountName);
      }
    });

    test('each port that is named is there, and is where the image listens', async () => {
      const environment = await imageEnvironment();
      const { PORT, OPS_PORT, WORKER_PORT } = environment;
      const ports = pods.filter(({ name }) => name !== 'migrate').map(({ name, container }) => [name, container.ports]);
      expect(Object.fromEntries(ports)).toEqual({
        api: [{ name: 'http', containerPort: Number(PORT) }],
        ops: [{ name: 'http', containerPort: Number(OPS_PORT) }],
        worker: [{ name: 'http', containerPort: Number(WORKER_PORT) }],
      });
      const named = [
        ...services.flatMap(({ spec }) => (spec?.ports ?? []).map(({ targetPort }) => targetPort)),
        ...objects
          .filter(NetworkPolicy.is)
          .flatMap(({ spec }) =>
            (spec?.ingress ?? []).flatMap(({ ports: allowed }) => (allowed ?? []).map(({ port }) => port)),
          ),
        ...objects
          .filter(PodMonitor.is)
          .flatMap(({ spec }) => (spec.podMetricsEndpoints ?? []).map(({ port }) => port)),
        ...pods.flatMap(({ probes }) => probes.map(({ httpGet }) => httpGet?.port)),
      ];
      expect(named.length).toBeGreaterThan(10);
      expect(new Set(named)).toEqual(new Set(['http']));
    });

    test('customers reach the API, and nothing else', () => {
      const rules = objects.filter(Ingress.is).flatMap(({ spec }) => spec?.rules ?? []);
      const paths = rules.flatMap(({ http }) => http?.paths ?? []);
      expect(paths.map((each) => each.path)).toEqual(['/api/v2', '/v2']);
      const api = services.find((service) => nameOf(service) === 'api');
      for (const { backend } of paths) {
        expect(backend.service?.name).toBe('api');
        expect(api?.spec?.ports?.map(({ name }) => name)).toContain(backend.service?.port?.name);
      }
    });

    test('there is no Secret among them, and they take from one what the README says', async () => {
      expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
      const taken = [
        ...pods.flatMap(({ container }) => (container.env ?? []).map(({ valueFrom }) => valueFrom?.secretKeyRef)),
        ...objects.filter(TriggerAuthentication.is).flatMap(({ spec }) => spec.secretTargetRef ?? []),
      ];
      const readme = await readFile(path.join(folder, 'README.md'), 'utf8');
      const documented = readme.matchAll(/^\| `(trackly[a-z-]*)` \| `([A-Z_]+)` \|/gm);
      const names = taken.filter((each) => each !== undefined).map(({ name, key }) => `${name} ${key}`);
      expect(new Set(names)).toEqual(new Set(documented.map(([, name, key]) => `${name} ${key}`)));
    });

    test('only the migration job knows the owner of the tables', () => {
      const secretsOf = ({ container }: Pod) =>
        (container.env ?? []).map(({ valueFrom }) => valueFrom?.secretKeyRef?.name);
      const knowing = pods.filter((pod) => secretsOf(pod).includes('trackly-owner'));
      expect(knowing.map(({ name }) => name)).toEqual(['migrate']);
    });

    test.for(pods)('$name runs with no rights, and only as long as it is well', ({ name, spec, container, probes }) => {
      expect(container).toMatchObject({
        image: expect.stringMatching(/:\d+\.\d+\.\d+$/),
        args: [name],
        resources: {
          requests: { cpu: expect.anything(), memory: expect.anything() },
          limits: { memory: expect.anything() },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      });
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(spec.volumes).toBeUndefined();
      if (!SERVICES.includes(name)) return;
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(30);
      expect(probes.map(({ httpGet }) => httpGet?.path)).toEqual(['/healthz', '/healthz', '/readyz']);
    });

    test('no pod goes before the one that takes its place is ready', () => {
      for (const { spec } of objects.filter(Deployment.is))
        expect(spec?.strategy?.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
    });
  },
);
