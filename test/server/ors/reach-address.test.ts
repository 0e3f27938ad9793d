import { expect } from 'chai';
import { networkOf, reachable } from '../../../server/ors/reach-address.js';

describe('reachable', () => {
  const inside = [
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.8.9.1'],
    ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
    ...['198.51.100.7', '203.0.113.7', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '0:0:0:0:0:0:0:1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:10.0.0.1'],
    ...['0:0:0:0:0:ffff:a9fe:a9fe', '64:ff9b::10.0.0.1', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1'],
    ...['2002:7f00:1::', '3fff::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
    ...['', 'example.com', '127.1', '0x7f000001', '1.2.3.4.5', '[::1]'],
  ];
  for (const address of inside)
    it(`does not take ${address || 'nothing'} for public`, () => {
      expect(reachable([])(address)).to.equal(false);
    });

  const outside = [
    ...['1.1.1.1', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1'],
    ...['192.167.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001::8', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'],
  ];
  for (const address of outside)
    it(`takes ${address} for public`, () => {
      expect(reachable([])(address)).to.equal(true);
    });

  it('opens the networks of the operator, in every form of their addresses, and nothing beside them', () => {
    const may = reachable(['10.1.0.0/16', '::1', 'fd00::/8']);
    const answers = ['10.1.2.3', '::ffff:10.1.2.3', '0:0::1', 'fdab::1', '10.2.0.1', '::2', 'fe80::1'].map(may);
    expect(answers).to.deep.equal([true, true, true, true, false, false, false]);
  });

  const networks: [text: string, bits: number | undefined][] = [
    ['10.0.0.0/8', 8],
    ['10.0.0.1', 32],
    ['::1', 128],
    ['fd00::/8', 8],
    ['10.0.0.0/33', undefined],
    ['::/129', undefined],
    ['10.0.0/8', undefined],
    ['localhost', undefined],
    ['10.0.0.0/', undefined],
  ];
  for (const [text, bits] of networks)
    it(`reads ${text} as ${bits === undefined ? 'no network' : `a network of ${bits} bits`}`, () => {
      expect(networkOf(text)?.bits).to.equal(bits);
    });
});
