import { kinds } from '@trackly/db';
import { beforeAll, expect, test } from 'vitest';

import { apiKinds } from '../../apps/api/src/kinds/index.ts';
import { eventually } from '../support/eventually.ts';
import { get, importIdOf, post, postRecords, undoImport, type Answer } from '../support/http.ts';
import { describeOnEachQueue } from '../support/queues.ts';
import { useStack } from '../support/suite.ts';
import { apiSightings, createSightings, MYTHICAL, sightings } from './sightings.ts';

const bothKinds = { ...apiKinds, sightings: apiSightings };
/** A species, with the defaults that an error repeats. */
const named = (species: string) => ({ species, is_young: false });
const ofPlace = (place: string, ...species: string[]) => species.map((each) => ({ place, species: each }));

describeOnEachQueue('an API with two kinds', (createQueue) => {
  const stack = useStack({ createQueue, chunkSize: 2, apiKinds: bothKinds, workerKinds: [kinds.revenue, sightings] });
  beforeAll(() => createSightings(stack().database.sql));

  const send = (body: unknown, headers: Record<string, string> = {}, query = ''): Promise<Answer> => {
    const { url, account } = stack();
    return post(url, JSON.stringify(body), { path: `/api/v2/sightings/bulk${query}`, apiKey: account.apiKey, headers });
  };
  const read = (path: string, accept?: string) => {
    const { url, account } = stack();
    return get(`${url}/api/v2/history/imports${path}`, account.apiKey, accept);
  };
  const placeNames = async () => {
    const { rows } = await stack().database.sql.query<{ name: string }>('SELECT name FROM places ORDER BY name');
    return rows.map(({ name }) => name);
  };

  test('each is sent to its own path, in its own array, and answered in its own words', async () => {
    const { url, account } = stack();
    const first = await send({ sightings: ofPlace('Loch Ness', 'eel', 'otter') });
    expect(first).toMatchObject({
      status: 200,
      json: { success_count: 2, seen_before: 0, places_created: 1, error_count: 0, errors: [] },
    });
    const records = [...ofPlace('Loch Ness', 'eel', MYTHICAL, 'heron', 'impossible'), { place: 'Loch Ness' }, 7];
    const second = await send({ sightings: records });
    expect(second.json).toEqual({
      success_count: 1,
      error_count: 4,
      unknown_species: 2,
      seen_before: 1,
      young_animals: 0,
      places_created: 0,
      photos_taken: 0,
      errors: [
        { index: 1, ...named(MYTHICAL), code: 'invalid_species', error: 'There is no such species.' },
        { index: 3, species: 'impossible', is_young: null, code: 'save_error', error: 'It could not be saved.' },
        { index: 4, species: null, is_young: null, code: 'missing_species', error: 'What?' },
        { index: 5, species: null, is_young: null, code: 'invalid_record', error: 'Not an object.' },
      ],
    });
    const state = await read(`/${importIdOf(second)}`);
    expect(state.json).toMatchObject({ kind: 'sightings', status: 'completed', result: second.json });

    const money = await postRecords(url, account.apiKey, [{ message_id: 'm0', offer_id: 'o0', revenue: 1.5 }]);
    expect(money.json).toEqual({ success_count: 1, error_count: 0, total_revenue: 1.5, errors: [] });
  });

  test('a request without its array is refused', async () => {
    for (const body of [{}, { records: ofPlace('Loch Ness', 'eel') }, { sightings: [] }]) {
      expect(await send(body)).toMatchObject({ status: 400, json: { code: 'missing_records' } });
    }
    const tooMany = { sightings: Array.from({ length: 1001 }, () => ({})) };
    expect(await send(tooMany)).toMatchObject({ status: 413, json: { code: 'too_many_records' } });
  });

  test('keys, waiting, dry runs and atomic imports are those of every kind', async () => {
    const { url, account } = stack();
    const keyed = { 'idempotency-key': 'k1' };
    const body = { sightings: ofPlace('Keyed', 'eel') };
    const first = await send(body, keyed);
    const again = await send(body, keyed);
    expect(again).toMatchObject({ status: 200, json: first.json });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(importIdOf(again)).toBe(importIdOf(first));
    expect(await send({ sightings: ofPlace('Keyed', 'pike') }, keyed)).toMatchObject({ status: 422 });
    expect((await read('?idempotency_key=k1')).json).toMatchObject({ imports: [{ import_id: importIdOf(first) }] });
    // A key is of one kind.
    const money = [{ message_id: 'm0', offer_id: 'o0', revenue: 1 }];
    expect(await postRecords(url, account.apiKey, money, keyed)).toMatchObject({ status: 200 });

    const accepted = await send({ sightings: ofPlace('Later', 'eel') }, { prefer: 'respond-async' });
    expect(accepted.status).toBe(202);
    await eventually(async () =>
      expect(await read(`/${importIdOf(accepted)}`)).toMatchObject({ json: { result: { success_count: 1 } } }),
    );

    const dryRun = await send({ sightings: ofPlace('Dry run', 'eel', 'eel') }, {}, '?dry_run=true');
    expect(dryRun.json).toMatchObject({ success_count: 1, seen_before: 1 });
    const refused = await send({ sightings: ofPlace('Refused', 'eel', MYTHICAL) }, {}, '?atomic=true');
    expect(refused.json).toMatchObject({ success_count: 0, seen_before: 0, error_count: 1 });
    expect(await placeNames()).toEqual(['Keyed', 'Later', 'Loch Ness']);
  });

  test('every error has the record, and the fields that the errors of the kind repeat', async () => {
    const answer = await send({ sightings: [...ofPlace('Errors', MYTHICAL), { species: 'eel' }] });
    const path = `/${importIdOf(answer)}/errors`;
    expect((await read(path)).json).toEqual({
      errors: [
        {
          index: 0,
          ...named(MYTHICAL),
          code: 'invalid_species',
          error: 'There is no such species.',
          record: { place: 'Errors', ...named(MYTHICAL) },
        },
        {
          index: 1,
          species: 'eel',
          is_young: null,
          code: 'missing_place',
          error: 'Where?',
          record: { species: 'eel' },
        },
      ],
      next_cursor: null,
    });
    const table = await read(path, 'text/csv');
    expect(table.text.split('\n').slice(0, 2)).toEqual([
      'index,code,error,warning,place,place_number,species,seen_at,is_young,details,record',
      `0,invalid_species,There is no such species.,,Errors,,${MYTHICAL},,false,,` +
        `"{""place"":""Errors"",""species"":""${MYTHICAL}"",""is_young"":false}"`,
    ]);
  });

  test('values of every type are saved as they were sent, and come back so if they are rejected', async () => {
    const details = { a: null, 'b"\\': ['é', { c: -0.5 }], d: {} };
    const eel = { place_number: 7, species: 'eel', is_young: true, details };
    const answer = await send({ sightings: [eel, { ...eel, species: MYTHICAL }, { ...eel, details: { a: '\0' } }] });
    expect(answer.json).toMatchObject({
      success_count: 1,
      young_animals: 1,
      errors: [
        { index: 1, species: MYTHICAL, is_young: true },
        { index: 2, species: 'eel', is_young: true, code: 'invalid_details' },
      ],
    });
    const { rows } = await stack().database.sql.query(
      `SELECT is_young, details::text FROM sightings WHERE place = 'No. 7'`,
    );
    expect(rows).toEqual([{ is_young: true, details: JSON.stringify(details) }]);

    const path = `/${importIdOf(answer)}/errors`;
    expect((await read(path)).json).toMatchObject({
      errors: [{ record: { ...eel, species: MYTHICAL } }, { record: { ...eel, details: { a: '\0' } } }],
    });
    const [line = ''] = (await read(path, 'application/x-ndjson')).text.split('\n');
    expect(line).toContain(`"record":${JSON.stringify({ ...eel, species: MYTHICAL })}}`);
    const [, row = ''] = (await read(path, 'text/csv')).text.split('\n');
    const cell = (value: unknown) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
    expect(row).toBe(
      `1,invalid_species,There is no such species.,,,7,${MYTHICAL},,true,${cell(details)},${cell({ ...eel, species: MYTHICAL })}`,
    );
  });

  test('a warning is listed among the errors, and counted as a notice, but it is no error', async () => {
    await send({ sightings: ofPlace('Warned', 'eel', 'otter') });
    const young = { place: 'Warned', is_young: true };
    const records = [
      { ...young, species: 'heron' },
      { ...young, species: 'otter' },
      ...ofPlace('Warned', 'otter', MYTHICAL, 'otter'),
      { ...young, species: 'eel' },
    ];
    const answer = await send({ sightings: records });
    expect(answer.json).toMatchObject({ success_count: 1, error_count: 1, seen_before: 4, errors: [{ index: 3 }] });
    expect(answer.headers.get('import-notices')).toBe('seen_otherwise=2');
    const path = `/${importIdOf(answer)}`;
    expect((await read(path)).json).toMatchObject({ result: answer.json, notices: { seen_otherwise: 2 } });

    const warning = {
      code: 'seen_otherwise',
      error: 'It was seen before, but was not as old.',
      warning: true,
      record: null,
    };
    const errors = [
      { index: 1, species: 'otter', is_young: true, ...warning },
      expect.objectContaining({ index: 3, code: 'invalid_species', record: { place: 'Warned', ...named(MYTHICAL) } }),
      { index: 5, species: 'eel', is_young: true, ...warning },
    ];
    expect((await read(`${path}/errors`)).json).toEqual({ errors, next_cursor: null });
    expect((await read(`${path}/errors`)).text.match(/"warning"/g)).toHaveLength(2);
    const first = await read(`${path}/errors?limit=1`);
    expect(first.json).toEqual({ errors: errors.slice(0, 1), next_cursor: '1' });
    expect((await read(`${path}/errors?limit=2&cursor=1`)).json).toEqual({
      errors: errors.slice(1),
      next_cursor: null,
    });
    const lines = (await read(`${path}/errors`, 'application/x-ndjson')).text.trim().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(errors);
    const rows = (await read(`${path}/errors`, 'text/csv')).text.split('\n').map((row) => row.split(',').slice(0, 5));
    expect(rows[0]?.slice(3)).toEqual(['warning', 'place']);
    expect(rows[2]?.slice(3)).toEqual(['', 'Warned']);
    // The text of the warning has a comma.
    expect(rows[1]).toEqual(['1', 'seen_otherwise', '"It was seen before', ' but was not as old."', 'true']);

    const refused = await send({ sightings: records }, {}, '?atomic=true');
    expect(refused.json).toMatchObject({ success_count: 0, seen_before: 0, error_count: 1 });
    expect(refused.headers.get('import-notices')).toBeNull();
    const dryRun = await send({ sightings: records }, {}, '?dry_run=true');
    expect(dryRun.headers.get('import-notices')).toBe('seen_otherwise=2');
    expect((await read(`/${importIdOf(dryRun)}/errors`)).json).toMatchObject({ errors: [{}, {}, {}] });
  });

  test('a record needs one of two fields', async () => {
    const records = [{ species: 'swan' }, { species: 'swan', place: null, place_number: null }];
    const answer = await send({ sightings: [...records, { species: 'swan', place_number: 8 }] });
    expect(answer.json).toMatchObject({
      success_count: 1,
      errors: [
        { index: 0, code: 'missing_place' },
        { index: 1, code: 'missing_place' },
      ],
    });
  });

  test('the list has both, each with what its kind counts, and can be asked for one', async () => {
    const { url, account } = stack();
    await send({ sightings: ofPlace('Listed', 'eel', 'eel') });
    await postRecords(url, account.apiKey, [{ message_id: 'm0', offer_id: 'o0', revenue: 2.25 }]);
    expect((await read('?limit=2')).json).toMatchObject({
      imports: [
        { kind: 'revenue', success_count: 1, total_revenue: 2.25 },
        { kind: 'sightings', success_count: 1, seen_before: 1, places_created: 1, photos_taken: 0 },
      ],
    });
    expect((await read('?limit=1&kind=sightings')).json).toMatchObject({ imports: [{ seen_before: 1 }] });
    expect(await read('?kind=dreams')).toMatchObject({ status: 400, json: { code: 'invalid_parameter' } });
  });

  test('each is undone by itself', async () => {
    const { url, account, database } = stack();
    const first = await send({ sightings: ofPlace('Undone', 'eel') });
    const second = await send({ sightings: ofPlace('Undone', 'otter') });
    const money = await postRecords(url, account.apiKey, [{ message_id: 'm1', offer_id: 'o0', revenue: 3 }]);
    const undone = await undoImport(url, importIdOf(first), account.apiKey);
    expect(undone).toMatchObject({ status: 200, json: { status: 'undone', undo: { removed_count: 1 } } });
    const { rows } = await database.sql.query(`SELECT species FROM sightings WHERE place = 'Undone'`);
    expect(rows).toEqual([{ species: 'otter' }]);
    const taken = await undoImport(url, importIdOf(money), account.apiKey);
    expect(taken.json).toMatchObject({ undo: { removed_count: 1, removed_revenue: 3 } });
    expect((await read(`/${importIdOf(second)}`)).json).toMatchObject({ status: 'completed' });
  });

  test('the description has both', async () => {
    const { json } = await get(`${stack().url}/openapi.json`);
    const paths = ['/api/v2/history/revenue', '/api/v2/sightings/bulk'];
    for (const path of paths) expect(json).toHaveProperty(['paths', path, 'post']);
    expect(json).toHaveProperty(['components', 'schemas', 'SightingImportRequest', 'properties', 'sightings']);
    // What an import of one of them lacks is not promised of both.
    for (const [schema, ...fields] of [
      ['ListedImport', 'total_revenue', 'seen_before', 'places_created', 'photos_taken'],
      ['UndoProgress', 'removed_revenue'],
      ['ImportError', 'species', 'is_young', 'warning'],
    ] as const) {
      const at = ['components', 'schemas', schema];
      for (const field of fields) expect(json).toHaveProperty([...at, 'properties', field]);
      expect(json).toHaveProperty([...at, 'required'], expect.not.arrayContaining([...fields]));
    }
  });
});
