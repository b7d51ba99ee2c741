import { expect, test } from 'vitest';

import { findProxy, nameOf } from './proxy.ts';

const settings = { http: 'http://proxy:3128', https: 'http://secure:3128', none: '' };

test.each([
  ['http://service.example/', '', 'http://proxy:3128'],
  ['https://service.example/', '', 'http://secure:3128'],
  ['https://service.example/', 'other.example, ervice.example,example:80', 'http://secure:3128'],
  ['https://service.example/', '*', undefined],
  ['https://service.example/', 'other.example service.example', undefined],
  ['https://service.example/', 'example', undefined],
  ['https://service.example/', '.EXAMPLE', undefined],
  ['https://service.example/', '*.example', undefined],
  ['https://service.example/', 'service.example:443', undefined],
  ['https://service.example/', 'service.example:8443', 'http://secure:3128'],
  ['http://service.example:3000/', 'service.example:3000', undefined],
  ['http://10.1.2.3/', '10.0.0.0/8', undefined],
  ['http://11.1.2.3/', '10.0.0.0/8,11.0.0.0/99,11/8,x/8', 'http://proxy:3128'],
  ['http://[fd00::1]:80/', 'fd00::/8', undefined],
  ['http://[fd00::1]/', '[fd00::1]:80', undefined],
  ['http://[fd00::1]/', 'fd00::1', undefined],
  ['http://[fe00::1]/', 'fd00::/8', 'http://proxy:3128'],
  ['http://localhost:3000/', '', undefined],
  ['http://127.0.0.1:3000/', '', undefined],
  ['http://127.1.2.3/', '', undefined],
  ['http://[::1]:3000/', '', undefined],
  ['http://localhost.example/', '', 'http://proxy:3128'],
])('%s with NO_PROXY=%j goes through %s', (url, none, expected) => {
  expect(findProxy(new URL(url), { ...settings, none })?.origin).toBe(expected);
});

test('a proxy can be without http://, and its password is nowhere shown', () => {
  const url = new URL('https://service.example');
  const find = (https: string | undefined) => findProxy(url, { ...settings, https });
  expect(find('proxy.example:8080')?.href).toBe('http://proxy.example:8080/');
  expect(find('')).toBeUndefined();
  expect(find(undefined)).toBeUndefined();
  expect(nameOf(new URL('http://user:secret@proxy:3128/'))).toBe('http://proxy:3128');
  for (const wrong of ['socks5://user:secret@proxy', 'http://user:secret@pro xy', 'http://']) {
    expect(() => find(wrong)).toThrow(
      'HTTPS_PROXY must be the address of an HTTP proxy, such as http://proxy.example:3128.',
    );
  }
});
